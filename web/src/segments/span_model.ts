import type { Condition, SpanOfTime } from "../api/rule";

// The times that a statement on answers, contacts or the last contact may carry.

export type SpanMode = "any" | "within" | "since" | "until" | "between";
export type Unit = "h" | "d" | "w";

export interface Within {
  count: number;
  unit: Unit;
}

const hoursOf: Record<Unit, number> = { h: 1, d: 24, w: 168 };
const unitSeconds: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/// "36h" in seconds; null for what is no duration.
function secondsOf(text: string): number | null {
  const found = /^(\d+)([smhdw])$/.exec(text);
  return found ? Number(found[1]) * (unitSeconds[found[2] ?? ""] ?? 0) : null;
}

/// As the editor shows it: weeks and days where they fit, else hours (rounded up).
export function withinOf(span: SpanOfTime): Within | null {
  const days = span.within_days;
  if (days !== undefined) {
    return days > 0 && days % 7 === 0 && days > 7 ? { count: days / 7, unit: "w" }
      : { count: days, unit: "d" };
  }
  if (span.within === undefined) return null;
  const seconds = secondsOf(span.within);
  if (seconds === null) return { count: NaN, unit: "h" };
  if (seconds % unitSeconds.d! === 0) return { count: seconds / unitSeconds.d!, unit: "d" };
  return { count: Math.ceil(seconds / unitSeconds.h!), unit: "h" };
}

export function fromWithin(within: Within): SpanOfTime {
  const hours = within.count * hoursOf[within.unit];
  return within.unit === "h" && hours % 24 !== 0
    ? { within: `${within.count}h` } : { within_days: hours / 24 };
}

export function spanModeOf(span: SpanOfTime): SpanMode {
  if (span.within !== undefined || span.within_days !== undefined) return "within";
  if (span.since !== undefined && span.until !== undefined) return "between";
  if (span.since !== undefined) return "since";
  return span.until !== undefined ? "until" : "any";
}

/// The condition without its times.
export function withoutSpan(condition: Condition): Condition {
  const { since: _s, until: _u, within: _w, within_days: _d, ...rest } = condition;
  return rest;
}

export function emptySpan(mode: SpanMode): SpanOfTime {
  switch (mode) {
    case "any": return {};
    case "within": return { within_days: 14 };
    case "since": return { since: "" };
    case "until": return { until: "" };
    case "between": return { since: "", until: "" };
  }
}

export const hasSpan = (span: SpanOfTime) => spanModeOf(span) !== "any";

export function isSpanComplete(span: SpanOfTime): boolean {
  if (span.since === "" || span.until === "") return false;
  const within = withinOf(span);
  return within === null || (Number.isFinite(within.count) && within.count > 0);
}
