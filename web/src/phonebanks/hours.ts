import type { CallsAt } from "../api/types";

export interface HourOfDay {
  hour: number;  // 0 to 23, in the lead's own time
  calls: number;
  conversations: number;
}

/// All days together, by the hour of the day; hours without calls are left out.
export function byHourOfDay(rows: readonly CallsAt[]): HourOfDay[] {
  const hours = new Map<number, HourOfDay>();
  for (const row of rows) {
    const hour = new Date(row.at).getHours();
    const one = hours.get(hour) ?? { hour, calls: 0, conversations: 0 };
    one.calls += row.calls;
    one.conversations += row.conversations;
    hours.set(hour, one);
  }
  return [...hours.values()].sort((a, b) => a.hour - b.hour);
}

export interface Signs {
  calls: number;
  hasty: number;
  unspoken: number;
}

/// Whether a caller hardly lets it ring: more than half of the unanswered calls, of ten at least.
export function isHasty(of: Signs): boolean {
  return of.unspoken >= 10 && of.hasty > of.unspoken / 2;
}
