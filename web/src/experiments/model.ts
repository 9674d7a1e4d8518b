// What an experiment's numbers say in a sentence.
import type {
  CostPerEffect, EffectTrack, ExperimentEffect, ExperimentOutcome, Figure,
} from "../api/types";
import { decimal, number, percent } from "../base/format";
import { t } from "./texts";

/// Whether the outcome is a share of voters: effects are then points of a hundred.
export function isShare(outcome: ExperimentOutcome): boolean {
  return outcome.kind === "vote" || outcome.kind === "disposition" ||
    (outcome.kind === "answer" && (outcome.choices ?? []).length > 0);
}

const signed = (text: string, value: number) => (value > 0 ? `+${text}` : text.replace("-", "−"));

/// +3.2 points, or +0.32 where the outcome is no share.
export function change(value: number, share: boolean): string {
  return share ? t.points(short(value, true)) : short(value, false);
}

/// The same without a unit, for axes and tables.
export function short(value: number, share: boolean): string {
  return signed(share ? decimal(value * 100, 1) : decimal(value, 2), value);
}

export function interval(of: Figure, share: boolean): string {
  if (of.lower === null || of.upper === null) return "–";
  return `${short(of.lower, share)} to ${short(of.upper, share)}`;
}

export function pWords(p: number | null): string {
  if (p === null) return "–";
  return p < 0.0001 ? "< 0.0001" : decimal(p, p < 0.001 ? 4 : 3);
}

export type Verdict = "better" | "worse" | "early" | "open";

export function verdictOf(effect: Figure): Verdict {
  if (effect.lower !== null && effect.lower > 0) return "better";
  if (effect.upper !== null && effect.upper < 0) return "worse";
  return "open";
}

/// While answers come in and pages are watched, a find is one only once the band that allows for
/// that has left zero out too.
export function liveVerdict(effect: Figure, bandHoldsZero: boolean, ended: boolean): Verdict {
  const verdict = verdictOf(effect);
  return verdict !== "open" && bandHoldsZero && !ended ? "early" : verdict;
}

/// A chance that is never called certain.
export function chance(of: number): string {
  if (of > 0.99) return t.overNinetyNine;
  return of < 0.01 ? t.underOne : percent(of, 0);
}

export function dollars(cents: number): string {
  return `$${decimal(cents / 100, cents < 100_000 ? 2 : 0)}`;
}

/// With an open end while the effect may be nothing.
export function costSentence(cost: CostPerEffect): string {
  const low = cost.lower_cents === null ? t.openEnd : dollars(cost.lower_cents);
  const high = cost.upper_cents === null ? t.openEnd : dollars(cost.upper_cents);
  const range = cost.lower_cents === null ? t.openEnd : `${low} to ${high}`;
  return cost.cents === null ? t.costsOpen(range) : t.costs(dollars(cost.cents), range);
}

export interface Finding {
  verdict: Verdict;
  sentences: string[];
}

/// What can be said of one arm, in the order in which people ask.
export function findingOf(
  row: ExperimentEffect, track: EffectTrack | undefined, cost: CostPerEffect | null,
  as: { share: boolean; ended: boolean }): Finding {
  const { share } = as;
  const last = track?.points[track.points.length - 1];
  const holdsZero = last !== undefined && last.lower <= 0 && last.upper >= 0;
  const verdict = liveVerdict(row.effect, holdsZero, as.ended);
  const say = { better: t.isBetter, worse: t.isWorse, early: t.isEarly, open: t.isOpen }[verdict];
  const sentences = [say(row.arm, change(row.effect.value, share), interval(row.effect, share))];
  const more = track?.more_units ?? null;
  if (verdict === "open" && more !== null && more >= 1) {
    sentences.push(t.more(number(Math.ceil(more))));
  }
  if (cost) sentences.push(costSentence(cost));
  return { verdict, sentences };
}
