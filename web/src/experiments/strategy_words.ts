// What a strategy does, in plain sentences.
import type { Strategy } from "../api/types";
import { number } from "../base/format";
import {
  chance, change, costSentence, dollars, interval, isShare, liveVerdict, verdictOf,
} from "./model";
import type { Verdict } from "./model";
import { t } from "./texts";

export type StrategyRow = Strategy["items"][number];

export function strategyWords(row: StrategyRow): { verdict: Verdict; sentences: string[] } {
  const share = isShare(row.outcome);
  const sentences = [t.reachedOf(number(row.contacted), number(row.assigned))];
  if (!row.effect || row.effect.lower === null) {
    return { verdict: "open", sentences: [...sentences, t.notYet] };
  }
  const holdsZero = row.always !== null && verdictOf(row.always) === "open";
  const verdict = liveVerdict(row.effect, holdsZero, row.state === "ended");
  const say = { better: t.moves, worse: t.harms, early: t.early, open: t.cannotTell }[verdict];
  sentences.push(say(change(row.effect.value, share), interval(row.effect, share)));
  if (verdict === "open" && row.more_units !== null && row.more_units >= 1) {
    sentences.push(t.more(number(Math.ceil(row.more_units))));
  }
  if (row.gained !== null && row.gained.lower !== null && row.gained.upper !== null && share) {
    sentences.push(t.gained(number(Math.round(row.gained.value)),
      `${number(Math.round(row.gained.lower))} to ${number(Math.round(row.gained.upper))}`));
  }
  if (row.chance_better !== null) {
    sentences.push(t.isBetterThanNothing(chance(row.chance_better)));
  }
  if (row.spent_cents !== null) sentences.push(t.spent(dollars(row.spent_cents)));
  if (row.conversation_cents !== null) {
    sentences.push(t.talkCosts(dollars(row.conversation_cents)));
  }
  if (row.cost) sentences.push(costSentence(row.cost));
  if (row.chance_best !== null && row.rival !== null) {
    sentences.push(t.isBest(chance(row.chance_best)));
  }
  sentences.push(...besideWords(row, share));
  if (row.leaked > 0) sentences.push(t.leaked(number(row.leaked)));
  return { verdict, sentences };
}

/// Whether it is better than the best of the others, and how many answers that takes.
function besideWords(row: StrategyRow, share: boolean): string[] {
  const beside = row.beside_rival;
  if (row.rival === null || !beside || beside.lower === null || beside.upper === null) return [];
  const words = interval(beside, share);
  if (beside.lower > 0) return [t.beatsRival(row.rival, words)];
  if (beside.upper < 0) return [t.losesToRival(row.rival, words)];
  const said = t.likeRival(row.rival, words);
  return row.more_beside_rival === null
    ? [said] : [said, t.moreBesideRival(number(row.more_beside_rival))];
}
