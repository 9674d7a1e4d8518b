import type { PhonebankProgress } from "../api/types";

const minuteMs = 60_000;
const shownMin = 30;  // so that the first call does not stand alone
const shownMax = 120;

/// The server names only the minutes that had calls. Gives every minute from the first one with
/// calls (half an hour back at least, two hours at most) up to the last whole one. The running
/// minute would look like a fall; it is there only while no other has calls.
export function wholeMinutes(progress: PhonebankProgress, now: number): PhonebankProgress {
  const running = Math.floor(now / minuteMs);
  const known = new Map(progress.minutes.map(
    (minute) => [Math.floor(new Date(minute.at).getTime() / minuteMs), minute]));
  const last = [...known.keys()].some((minute) => minute < running) ? running - 1 : running;
  const first = Math.max(last - shownMax + 1, Math.min(last - shownMin + 1, ...known.keys()));
  const minutes: PhonebankProgress["minutes"] = [];
  for (let minute = first; minute <= last; ++minute) {
    minutes.push(known.get(minute) ??
      { at: new Date(minute * minuteMs).toISOString(), calls: 0, conversations: 0 });
  }
  return { minutes };
}
