/// "2022-11-08", as it is where the reader sits: what a field of a day takes.
export function isoDay(at: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}
