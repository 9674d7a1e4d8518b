import { ago, number } from "../base/format";
import { useNow } from "../base/load";
import { t } from "../base/texts";

export interface FreshOf {
  ageMs: number;  // of the numbers when the server sent them
  receivedAt: number;  // Date.now() when this page got them
  position?: number;
}

const staleMs = 10_000;

/// "as of 0.3 s ago · position 12,345"
export function Freshness(of: FreshOf) {
  const now = useNow(500);
  const age = Math.max(0, of.ageMs) + Math.max(0, now - of.receivedAt);
  return (
    <span class={`freshness${age > staleMs ? " stale" : ""}`}>
      <i aria-hidden="true" />
      {t.asOf(ago(age))}
      {of.position !== undefined ? ` · ${t.position(number(of.position))}` : ""}
    </span>
  );
}
