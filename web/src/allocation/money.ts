/// Whole cents as people write them: "1,234.50"; without decimals from 10,000 on where asked.
export function money(cents: number, currency = "USD", round = false): string {
  const digits = round && Math.abs(cents) >= 1_000_000 ? 0 : 2;
  return new Intl.NumberFormat("en-US", {
    style: "currency", currency, minimumFractionDigits: digits, maximumFractionDigits: digits,
  }).format(cents / 100);
}

/// "1,234.50", "$12" as whole cents; null for anything else. The server reads amounts alike.
export function cents(text: string): number | null {
  const match = /^\s*\$?(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?\s*$/.exec(text);
  if (!match) return null;
  const whole = Number(match[1]!.replaceAll(",", ""));
  const value = whole * 100 + Number((match[2] ?? "").padEnd(2, "0"));
  return Number.isSafeInteger(value) ? value : null;
}

/// A gain in the words of its objective.
export function gainText(objective: string, gain: number): string {
  if (objective === "net_votes") return `${Math.round(gain).toLocaleString("en-US")} net votes`;
  if (objective === "expected_weight") return `${gain.toPrecision(3)} expected electoral votes`;
  return `${Number((gain * 100).toPrecision(3))} points of the chance to win`;
}

/// The same where there is little room.
export function gainShort(objective: string, gain: number): string {
  if (objective === "net_votes") return Math.round(gain).toLocaleString("en-US");
  const value = objective === "expected_weight" ? gain : gain * 100;
  return Number(value.toPrecision(3)).toLocaleString("en-US", { maximumSignificantDigits: 3 });
}
