import assert from "node:assert/strict";
import { test } from "node:test";
import { emptySpan, fromWithin, isSpanComplete, spanModeOf, withinOf, withoutSpan }
  from "./span_model";
import type { SpanMode } from "./span_model";

test("a duration goes through the editor unchanged in meaning", () => {
  for (const [span, within] of [
    [{ within_days: 14 }, { count: 2, unit: "w" }], [{ within_days: 10 }, { count: 10, unit: "d" }],
    [{ within: "36h" }, { count: 36, unit: "h" }], [{ within: "48h" }, { count: 2, unit: "d" }],
    [{ within: "90m" }, { count: 2, unit: "h" }]] as const) {
    assert.deepEqual(withinOf(span), within);
  }
  assert.deepEqual(fromWithin({ count: 36, unit: "h" }), { within: "36h" });
  assert.deepEqual(fromWithin({ count: 48, unit: "h" }), { within_days: 2 });
  assert.deepEqual(fromWithin({ count: 3, unit: "w" }), { within_days: 21 });
});

test("each way of saying when is told from the others", () => {
  const modes: SpanMode[] = ["any", "within", "since", "until", "between"];
  for (const mode of modes) assert.equal(spanModeOf(emptySpan(mode)), mode);
  assert.equal(isSpanComplete(emptySpan("between")), false);
  assert.equal(isSpanComplete({ since: "2026-10-01" }), true);
  const timed = { field: "contacts", at_least: 1, within: "3h", since: "2026-10-01" };
  assert.deepEqual(withoutSpan(timed), { field: "contacts", at_least: 1 });
});
