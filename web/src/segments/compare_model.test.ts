import assert from "node:assert/strict";
import { test } from "node:test";
import { comparedRows } from "./compare_model";

const cell = (value: string, count: number | null) =>
  ({ state: "", value, count, support_mean: null });

test("shares stand side by side, what one lacks as 0, what is hidden as nothing", () => {
  const rows = comparedRows({ by: "party", cells: [cell("DEM", 30), cell("UNA", null)] },
                            { by: "party", cells: [cell("DEM", 10), cell("REP", 30)] },
                            { a: 60, b: 40 });
  assert.deepEqual(rows.map((row) => [row.value, row.a, row.b, row.difference]), [
    ["DEM", 0.5, 0.25, -0.25], ["UNA", null, 0, null], ["REP", 0, 0.75, 0.75]]);
});

test("without a size there are no shares", () => {
  const rows = comparedRows({ by: "party", cells: [cell("DEM", 30)] }, undefined,
                            { a: null, b: 40 });
  assert.deepEqual(rows.map((row) => [row.a, row.b]), [[null, 0]]);
});
