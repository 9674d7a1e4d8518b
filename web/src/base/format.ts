// Numbers, times and names as a reader wants them.
import { language } from "./language";

const locale = language === "de" ? "de-DE" : "en-US";
const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const clockTime = new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit" });
const dayAndTime = new Intl.DateTimeFormat(locale,
  { month: "short", day: "numeric", hour: "numeric", minute: "2-digit" });
const fullDay = new Intl.DateTimeFormat(locale,
  { year: "numeric", month: "short", day: "numeric" });

export const none = "–";

export function number(value: number | null | undefined): string {
  return value === null || value === undefined ? none : whole.format(value);
}

/// `digits` decimals at most.
export function decimal(value: number, digits: number): string {
  return value.toLocaleString(locale,
    { maximumFractionDigits: digits, minimumFractionDigits: digits });
}

/// 0.4231 -> "42.3 %"
export function percent(share: number | null | undefined, digits = 1): string {
  return share === null || share === undefined ? none : `${decimal(share * 100, digits)} %`;
}

export function bytes(count: number): string {
  if (count < 1000) return `${count} B`;
  const units = ["kB", "MB", "GB", "TB"];
  let value = count;
  let unit = -1;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    ++unit;
  }
  return `${decimal(value, value < 10 ? 1 : 0)} ${units[unit]}`;
}

/// "1 h 5 min", "2 min 10 s", "8 s"
export function duration(seconds: number): string {
  const s = Math.max(0, Math.round(seconds));
  if (s < 60) return `${s} s`;
  if (s < 3600) return s % 60 ? `${Math.floor(s / 60)} min ${s % 60} s` : `${s / 60} min`;
  const minutes = Math.round((s % 3600) / 60);
  return minutes ? `${Math.floor(s / 3600)} h ${minutes} min` : `${Math.floor(s / 3600)} h`;
}

/// How long ago, from milliseconds: "0.3 s ago", "12 s ago", "5 min ago"
export function ago(ageMs: number): string {
  if (ageMs < 10_000) return `${decimal(Math.max(0, ageMs) / 1000, 1)} s ago`;
  if (ageMs < 60_000) return `${Math.round(ageMs / 1000)} s ago`;
  if (ageMs < 3_600_000) return `${Math.round(ageMs / 60_000)} min ago`;
  if (ageMs < 86_400_000) return `${Math.round(ageMs / 3_600_000)} h ago`;
  return `${Math.round(ageMs / 86_400_000)} days ago`;
}

const instant = (text: string | null | undefined) => (text ? new Date(text) : null);

export function time(text: string | null | undefined): string {
  const at = instant(text);
  return at ? clockTime.format(at) : none;
}

/// "3:40 PM" today, else "Nov 3, 3:40 PM"
export function moment(text: string | null | undefined): string {
  const at = instant(text);
  if (!at) return none;
  const sameDay = at.toDateString() === new Date().toDateString();
  return sameDay ? clockTime.format(at) : dayAndTime.format(at);
}

/// A day without a time: "2022-11-08" stays that day in every zone.
export function day(text: string | null | undefined): string {
  if (!text) return none;
  const at = text.length === 10 ? new Date(`${text}T12:00:00`) : new Date(text);
  return Number.isNaN(at.getTime()) ? text : fullDay.format(at);
}

/// "no_answer" -> "No answer": for words of the server that have no text of their own
export function words(code: string): string {
  const text = code.replace(/_/g, " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/// "WAKE FOREST" -> "Wake Forest", "1 MAIN ST, CARY, NC 27511" -> "1 Main St, Cary, NC 27511";
/// text in mixed case stays.
export function place(text: string | null | undefined): string {
  if (!text) return none;
  if (text !== text.toUpperCase()) return text;
  return text.toLowerCase().replace(/(^|[\s'-])\p{L}/gu, (start) => start.toUpperCase())
    .replace(/(, |^)(Po|P\.o\.) Box/g, "$1PO Box")
    .replace(/ (Ne|Nw|Se|Sw)\b/g, (word) => word.toUpperCase())
    .replace(/([, ] ?)(\p{L}\p{L})(?= \d{5}(-?\d{4})?$)/gu, (state) => state.toUpperCase());
}

/// count(1, "voter") -> "1 voter"; count(2, "list") -> "2 lists"
export function count(value: number, one: string, many = `${one}s`): string {
  return `${number(value)} ${value === 1 ? one : many}`;
}
