/// Rows as CSV (RFC 4180).
export function csvOf(rows: string[][]): string {
  const cell = (text: string) => /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  return rows.map((row) => row.map(cell).join(",") + "\n").join("");
}
