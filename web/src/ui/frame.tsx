import { useState } from "preact/hooks";
import { serverAway } from "../base/connection";
import { useRepeat } from "../base/load";
import { useStore } from "../base/store";
import { t } from "../base/texts";
import { chooseTheme, theme } from "../base/theme";
import type { Theme } from "../base/theme_choice";

export function Mark() {
  return (
    <span class="mark">
      <svg viewBox="0 0 32 32" width="26" height="26" aria-hidden="true">
        <rect class="mark-ground" width="32" height="32" rx="8" />
        <path class="mark-bars" d="M9 8v16M23 8v16M9 16h14" />
        <circle class="mark-dot" cx="16" cy="16" r="3.6" />
      </svg>
      {t.product}
    </span>
  );
}

const graceMs = 1_500;  // a restart shorter than this is nobody's business

export function AwayBanner() {
  const away = useStore(serverAway);
  const [since, setSince] = useState(0);
  const [, redraw] = useState(0);
  if (away && since === 0) setSince(Date.now());
  if (!away && since !== 0) setSince(0);
  useRepeat(() => redraw((count) => count + 1), 500, []);
  const shown = away && since !== 0 && Date.now() - since > graceMs;
  return (
    <div class="away" role="status" hidden={!shown}>
      {shown ? <><i aria-hidden="true" />{t.away}</> : null}
    </div>
  );
}

const order: Theme[] = ["system", "light", "dark"];
const signs: Record<Theme, string> = { system: "◐", light: "○", dark: "●" };

export function ThemeButton(of: { titles: Record<Theme, string> }) {
  const chosen = useStore(theme);
  const next = order[(order.indexOf(chosen) + 1) % order.length]!;
  return (
    <button type="button" class="button quiet" onClick={() => chooseTheme(next)}
      aria-label={of.titles[chosen]} title={of.titles[chosen]}>
      <span aria-hidden="true">{signs[chosen]}</span>
    </button>
  );
}
