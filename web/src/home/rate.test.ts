import assert from "node:assert/strict";
import { test } from "node:test";
import { callRates, withSample } from "./rate";
import type { Sample } from "./rate";

test("rates are calls per minute in each span", () => {
  const samples: Sample[] = [
    { at: 0, calls: 100 }, { at: 10_000, calls: 105 }, { at: 20_000, calls: 105 },
    { at: 30_000, calls: 120 }];
  assert.deepEqual(callRates(samples, 30_000, 10_000, 60), [30, 0, 90]);
});

test("no more spans than asked for", () => {
  const samples = Array.from({ length: 50 }, (_, i) => ({ at: i * 1_000, calls: i }));
  assert.equal(callRates(samples, 49_000, 1_000, 20).length, 20);
});

test("without samples there are no rates", () => {
  assert.deepEqual(callRates([], 5_000, 1_000, 20), []);
});

test("a total that falls starts anew, and old samples go", () => {
  assert.deepEqual(withSample([{ at: 1, calls: 9 }], { at: 2, calls: 3 }), [{ at: 2, calls: 3 }]);
  const kept = withSample([{ at: 0, calls: 1 }], { at: 31 * 60_000, calls: 2 });
  assert.equal(kept.length, 1);
});
