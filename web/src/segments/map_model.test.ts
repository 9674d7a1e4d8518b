import assert from "node:assert/strict";
import { test } from "node:test";
import { boundsOf, levelOf, rowsOf } from "./map_model";

const cell = (value: string, count: number | null, support: number | null = null) =>
  ({ state: "NC", value, count, support_mean: support });

test("a share is of the county's voters, and nothing where either is hidden", () => {
  const rows = rowsOf({ by: "county", cells: [cell("WAKE", 50), cell("HYDE", null)] },
    { by: "county", cells: [cell("WAKE", 200), cell("HYDE", 4)] }, "share", () => null);
  assert.deepEqual(rows.map((row) => row.value), [0.25, null]);
});

test("levels hold about as many counties each, and equal values one level", () => {
  const rows = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((count) =>
    ({ id: null, cell: cell("X", count), value: count }));
  const bounds = boundsOf(rows);
  assert.deepEqual(bounds, [3, 5, 7, 9]);
  assert.deepEqual([1, 3, 4, 10].map((value) => levelOf(value, bounds)), [0, 1, 1, 4]);
  const same = boundsOf(rows.map((row) => ({ ...row, value: 7 })));
  assert.deepEqual(same, []);
  assert.equal(levelOf(7, same), 4);
});
