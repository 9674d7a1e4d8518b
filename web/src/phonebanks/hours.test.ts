import assert from "node:assert/strict";
import { test } from "node:test";
import { byHourOfDay, isHasty } from "./hours";

test("hours of several days are one, in their order", () => {
  const at = (day: number, hour: number) => new Date(2026, 9, day, hour).toISOString();
  assert.deepEqual(byHourOfDay([
    { at: at(20, 18), calls: 10, conversations: 3 }, { at: at(21, 9), calls: 4, conversations: 1 },
    { at: at(21, 18), calls: 10, conversations: 5 }]), [
    { hour: 9, calls: 4, conversations: 1 }, { hour: 18, calls: 20, conversations: 8 }]);
});

test("hasty is said of many calls only", () => {
  assert.equal(isHasty({ calls: 5, hasty: 5, unspoken: 5 }), false);
  assert.equal(isHasty({ calls: 20, hasty: 5, unspoken: 10 }), false);
  assert.equal(isHasty({ calls: 20, hasty: 6, unspoken: 10 }), true);
});
