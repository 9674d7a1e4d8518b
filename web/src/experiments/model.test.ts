import assert from "node:assert/strict";
import { test } from "node:test";
import type { EffectTrack, ExperimentEffect } from "../api/types";
import { change, findingOf, interval, isShare, pWords } from "./model";

function row(value: number, lower: number, upper: number): ExperimentEffect {
  return { arm: "treatment", method: "difference", n: 900, errors: "cr1", reached: null,
           variance_explained: null, effect: { value, lower, upper, se: 0.01, p: 0.02 } };
}
const track = (lower: number, more: number | null): EffectTrack => ({
  arm: "treatment", known_at_units: null, known_at: null, more_units: more,
  points: [{ at: "2026-10-20T16:00:00Z", units: 50, value: 0.05, lower, upper: 1,
             fixed_lower: -0.5, fixed_upper: 0.5 }],
});
const running = { share: true, ended: false };

test("a find is one once the always-valid band has left zero out, or at the end", () => {
  const sure = findingOf(row(0.05, 0.01, 0.09), track(0.001, 0), null, running);
  assert.equal(sure.verdict, "better");
  assert.match(sure.sentences[0] ?? "", /works: it changed the outcome by \+5\.0 points/);
  assert.equal(sure.sentences.length, 1);
  const early = findingOf(row(0.05, 0.01, 0.09), track(-0.02, 0), null, running);
  assert.equal(early.verdict, "early");
  assert.match(early.sentences[0] ?? "", /always-valid band still holds zero/);
  const ended = { share: true, ended: true };
  assert.equal(findingOf(row(0.05, 0.01, 0.09), track(-0.02, 0), null, ended).verdict, "better");
});

test("zero inside is said plainly, with how much is missing", () => {
  const open = findingOf(row(0.01, -0.02, 0.04), track(-1, 5200.2), null, running);
  assert.equal(open.verdict, "open");
  assert.match(open.sentences.join(" "), /cannot be told from zero.*5,201 more answers/);
});

test("harm is called harm", () => {
  assert.equal(findingOf(row(-0.05, -0.09, -0.01), undefined, null, running).verdict, "worse");
});

test("what each one won costs has an open end while the effect may be nothing", () => {
  const cost = { gained: 30, cents: 450, lower_cents: 210, upper_cents: null };
  const said = findingOf(row(0.01, -0.02, 0.04), undefined, cost, running).sentences.join(" ");
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
