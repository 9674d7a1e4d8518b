import type { Phonebank, PhonebankProgress } from "../api/types";

export type Cause = "paused" | "closed" | "done" | "hours" | "waiting" | "held" | "stuck";

export interface Alarm {
  cause: Cause;
  lines: number;  // that the cause is about
}

const quietMinutes = 3;

function isQuiet(progress: PhonebankProgress | null): boolean {
  if (!progress || progress.minutes.length < quietMinutes) return false;
  return progress.minutes.slice(-quietMinutes).every((minute) => minute.calls === 0);
}

export interface Seen {
  bank: Pick<Phonebank, "state" | "counts">;
  callersReady: number;
  progress: PhonebankProgress | null;
  watchedMs: number;  // for how long it has been open, with callers ready, under the page's eyes
}

/// Why callers who are ready get nothing; null when there is nothing to worry about.
export function alarmOf(of: Seen): Alarm | null {
  if (of.callersReady === 0) return null;
  const { ready, held, waiting, outside_hours: outside } = of.bank.counts;
  if (of.bank.state === "paused") return { cause: "paused", lines: ready };
  if (of.bank.state === "closed") return { cause: "closed", lines: ready };
  if (ready > 0) {
    const isLong = of.watchedMs >= quietMinutes * 60_000;
    const isStuck = isLong && held === 0 && isQuiet(of.progress);
    return isStuck ? { cause: "stuck", lines: ready } : null;
  }
  if (outside > 0 && outside >= waiting) return { cause: "hours", lines: outside };
  if (waiting > 0) return { cause: "waiting", lines: waiting };
  return held > 0 ? { cause: "held", lines: held } : { cause: "done", lines: 0 };
}
