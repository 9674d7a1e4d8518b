import assert from "node:assert/strict";
import { test } from "node:test";
import type { EffectTrack, ExperimentEffect } from "../api/types";
import { change, findingOf, interval, isShare, pWords } from "./model";

function row(value: number, lower: number, upper: number): ExperimentEffect {
  return { arm: "treatment", method: "difference", n: 900, errors: "cr1", reached: null,
           variance_explained: null, effect: { value, lower, upper, se: 0.01, p: 0.02 } };
}
const track = (known: number | null, more: number | null): EffectTrack => ({
  arm: "treatment", known_at_units: known, known_at: null, more_units: more,
  points: [{ at: "2026-10-20T16:00:00Z", units: 50, value: 0, lower: -1, upper: 1,
             fixed_lower: -0.5, fixed_upper: 0.5 }],
});

test("an interval without zero is a find; one look alone is said to be one", () => {
  const sure = findingOf(row(0.05, 0.01, 0.09), track(400, 0), null, true);
  assert.equal(sure.verdict, "better");
  assert.match(sure.sentences[0] ?? "", /works: it changed the outcome by \+5\.0 points/);
  assert.equal(sure.sentences.length, 1);
  const once = findingOf(row(0.05, 0.01, 0.09), track(null, 0), null, true);
  assert.match(once.sentences[1] ?? "", /always-valid band/);
});

test("zero inside is said plainly, with how much is missing", () => {
  const open = findingOf(row(0.01, -0.02, 0.04), track(null, 5200.2), null, true);
  assert.equal(open.verdict, "open");
  assert.match(open.sentences.join(" "), /cannot be told from zero.*5,201 more answers/);
});

test("harm is called harm", () => {
  assert.equal(findingOf(row(-0.05, -0.09, -0.01), undefined, null, true).verdict, "worse");
});

test("what each one won costs has an open end while the effect may be nothing", () => {
  const cost = { gained: 30, cents: 450, lower_cents: 210, upper_cents: null };
  const said = findingOf(row(0.01, -0.02, 0.04), undefined, cost, true).sentences.join(" ");
  assert.match(said, /\$4\.50 \(95 % interval \$2\.10 to no upper end\)/);
});

test("shares are in points, scales in their own unit", () => {
  assert.equal(isShare({ kind: "vote", key: "x", choices: [], after_contacts: false }), true);
  assert.equal(isShare({ kind: "answer", key: "x", choices: [], after_contacts: false }), false);
  assert.equal(change(-0.0312, true), "−3.1 points");
  assert.equal(change(0.314, false), "+0.31");
  assert.equal(interval({ value: 0, lower: -0.1, upper: 0.2, se: 1, p: 1 }, true),
    "−10.0 to +20.0");
  assert.equal(pWords(0.00001), "< 0.0001");
});
