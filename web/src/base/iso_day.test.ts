import assert from "node:assert/strict";
import { test } from "node:test";
import { isoDay } from "./iso_day";

test("a day is that of the reader's clock, not of Greenwich's", () => {
  assert.equal(isoDay(new Date(2022, 10, 8, 23, 30)), "2022-11-08");
  assert.equal(isoDay(new Date(2022, 0, 1, 0, 5)), "2022-01-01");
});
