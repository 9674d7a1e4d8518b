import type { DayHours } from "../api/types";

const isClosed = (day: DayHours) => day.opens >= day.closes;

export interface Words {
  days: readonly string[];
  closed: string;
  everyDay: (opens: string, closes: string) => string;
}

/// "every day 08:00 to 21:00", or the runs of equal days: "Mon–Sat 08:00–20:00, Sun no calls".
export function weekWords(week: readonly DayHours[], words: Words): string {
  const first = week[0];
  if (!first) return "";
  const same = (a: DayHours, b: DayHours) =>
    (isClosed(a) && isClosed(b)) || (a.opens === b.opens && a.closes === b.closes);
  if (!isClosed(first) && week.every((day) => same(day, first))) {
    return words.everyDay(first.opens, first.closes);
  }
  const parts: string[] = [];
  for (let from = 0; from < week.length;) {
    const day = week[from]!;
    let to = from;
    while (to + 1 < week.length && same(week[to + 1]!, day)) ++to;
    const name = to > from ? `${words.days[from]}–${words.days[to]}` : words.days[from];
    parts.push(`${name} ${isClosed(day) ? words.closed : `${day.opens}–${day.closes}`}`);
    from = to + 1;
  }
  return parts.join(", ");
}
