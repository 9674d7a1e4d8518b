/// "09:30" -> 570
export function minutesOf(time: string): number {
  const [hours, minutes] = time.split(":").map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0);
}

const stepMinutes = 30;
const earliestAheadMinutes = 15;

/// The half hours of a day (0 today, 1 tomorrow, …) within calling hours and ahead of now, in the
/// browser's own time zone.
export function slotsOf(
  of: { opens: string; closes: string; now: Date; day: number }): Date[] {
  const first = Math.ceil(minutesOf(of.opens) / stepMinutes) * stepMinutes;
  const last = minutesOf(of.closes);
  const earliest = of.now.getTime() + earliestAheadMinutes * 60_000;
  const slots: Date[] = [];
  for (let minute = first; minute < last; minute += stepMinutes) {
    const at = new Date(of.now);
    at.setDate(at.getDate() + of.day);
    at.setHours(0, minute, 0, 0);
    if (at.getTime() >= earliest) slots.push(at);
  }
  return slots;
}
