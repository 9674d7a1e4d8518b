import type { MatchEvidence } from "../api/types";
import { decimal } from "../base/format";
import { t } from "./texts";

const bitsMax = 20;  // a longer bar says no more

/// What speaks for and against, as bars from the middle: a list that reads well without them.
export function EvidenceBars(of: { evidence: MatchEvidence[] }) {
  return (
    <ul class="evidence" aria-label={t.why}>
      {of.evidence.map((one) => {
        const width = (50 * Math.min(bitsMax, Math.abs(one.bits))) / bitsMax;
        const sign = one.bits > 0 ? "for" : "against";
        return (
          <li key={one.field}>
            <span class="evidence-words">
              {t.evidence[one.field] ?? one.field}
              <small>{one.level}</small>
            </span>
            <span class={`evidence-track ${sign}`} aria-hidden="true">
              <i style={{ width: `${width}%` }} />
            </span>
            <span class="evidence-bits">
              {one.bits > 0 ? "+" : "−"}{decimal(Math.abs(one.bits), 1)}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
