import { useEffect, useState } from "preact/hooks";
import { portraySegment } from "../api/client";
import type { Rule } from "../api/rule";
import type { SegmentBreakdown, SegmentPortrait } from "../api/types";
import { ApiError, isAborted } from "../base/problem";

const pauseMs = 40;  // after the last edit
const repeatMs = 2_000;  // the feed moves on while nobody edits

export const scores = ["support_score", "turnout_score", "persuadability"];
/// What is always asked for; the page may add one more.
export const composition = ["party", "age_band", "gender", "county"];

export type Whose = { rule: Rule } | { segment: string };

export interface Portrayed {
  result: SegmentPortrait | null;
  receivedAt: number;
  pending: boolean;  // the result is of an older rule
  error: unknown;
  groupError: unknown;  // of the further breakdown alone
}

const tooMany = (error: unknown) => error instanceof ApiError && error.code === "over_limit";

async function ask(whose: Whose, groupBy: string, signal: AbortSignal) {
  const wish = (breakdowns: string[]) => portraySegment({ ...whose, breakdowns, scores }, signal);
  if (groupBy === "" || composition.includes(groupBy)) {
    return { result: await wish(composition), groupError: null };
  }
  try {
    return { result: await wish([...composition, groupBy]), groupError: null };
  } catch (error) {
    if (!tooMany(error)) throw error;
    return { result: await wish(composition), groupError: error };
  }
}

/// The numbers of a rule: a moment after each edit, an older request aborted, and every 2 s. What
/// was there stays until the newer is, and is marked as older.
export function usePortrait(whose: Whose, groupBy = ""): Portrayed {
  const text = JSON.stringify([whose, groupBy]);
  const [shown, setShown] = useState<Omit<Portrayed, "pending"> & { of: string }>(
    { of: "", result: null, receivedAt: 0, error: null, groupError: null });
  useEffect(() => {
    const abort = new AbortController();
    let timer = 0;
    const turn = () => {
      if (document.hidden) {
        timer = window.setTimeout(turn, repeatMs);
        return;
      }
      void ask(whose, groupBy, abort.signal).then(
        (got) => setShown({ ...got, of: text, receivedAt: Date.now(), error: null }),
        (error) => {
          if (!isAborted(error)) setShown((before) => ({ ...before, of: text, error }));
        })
        .finally(() => { if (!abort.signal.aborted) timer = window.setTimeout(turn, repeatMs); });
    };
    timer = window.setTimeout(turn, pauseMs);
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [text]);
  return { ...shown, pending: shown.of !== text };
}

export function breakdownOf(
  result: SegmentPortrait | null, by: string): SegmentBreakdown | undefined {
  return result?.breakdowns.find((one) => one.by === by);
}
