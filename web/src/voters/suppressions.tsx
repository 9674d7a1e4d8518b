import { useState } from "preact/hooks";
import { addSuppression, endSuppression } from "../api/client";
import { session } from "../api/session";
import type { Suppression, Voter } from "../api/types";
import { moment, words } from "../base/format";
import { useAction } from "../base/load";
import { may } from "../base/roles";
import { useStore } from "../base/store";
import { Badge, Button, Panel } from "../ui/elements";
import { Confirm } from "../ui/dialog";
import { Failed } from "../ui/loaded";
import { phoneShown } from "./phone";
import { t } from "./texts";

interface Bar {
  key: string;
  title: string;
  of: { number?: string; voter?: string };
}

/// What can be barred now: each number that is free, and the voter.
function barsOf(voter: Voter): Bar[] {
  const active = voter.suppressions.filter((one) => !one.ended_at);
  const numbers = voter.phones
    .filter((phone) => !phone.suppressed)
    .map((phone) => ({ key: phone.number, title: t.suppressNumber(phoneShown(phone.number)),
                       of: { number: phone.number } }));
  const whole = active.some((one) => one.number === null)
    ? [] : [{ key: voter.id, title: t.suppressVoter, of: { voter: voter.id } }];
  return [...numbers, ...whole];
}

export function Suppressions(of: { voter: Voter; onChange: () => void }) {
  const who = useStore(session);
  const allowed = who.state === "in" && may(who.session.person.role, "suppress");
  const [adding, setAdding] = useState<Bar | null>(null);
  const [ending, setEnding] = useState<Suppression | null>(null);
  const { run, busy, error } = useAction(async (work: () => Promise<unknown>) => {
    await work();
    setAdding(null);
    setEnding(null);
    of.onChange();
  });
  const rows = of.voter.suppressions;
  return (
    <Panel title={t.suppressions}>
      {rows.length === 0 ? <p class="muted">{t.noSuppressions}</p> : null}
      <ul class="plain-list">
        {rows.map((row) => (
          <li key={row.id} class="row">
            <Badge tone={row.ended_at ? "neutral" : "bad"}>
              {t.reasons[row.reason] ?? words(row.reason)}
            </Badge>
            <span>{row.number ? phoneShown(row.number) : null}</span>
            <small class="muted">
              {row.ended_at ? t.ended(moment(row.ended_at)) : t.from(row.source, moment(row.at))}
            </small>
            {!row.ended_at && allowed
              ? <Button kind="quiet" onClick={() => setEnding(row)}>{t.end}</Button> : null}
          </li>
        ))}
      </ul>
      {allowed ? (
        <div class="row suppress">
          {barsOf(of.voter).map((bar) => (
            <Button key={bar.key} onClick={() => setAdding(bar)}>{bar.title}</Button>
          ))}
        </div>
      ) : null}
      {error && !adding && !ending ? <Failed error={error} /> : null}
      {adding ? (
        <Confirm title={t.suppressTitle} words={`${adding.title}. ${t.suppressWords}`} busy={busy}
          error={error} danger confirm={t.suppressConfirm} onClose={() => setAdding(null)}
          onConfirm={() => void run(() =>
            addSuppression({ ...adding.of, reason: "do_not_call", source: "staff" }))} />
      ) : null}
      {ending ? (
        <Confirm title={t.endTitle} words={t.endWords} confirm={t.end} busy={busy}
          error={error} onClose={() => setEnding(null)}
          onConfirm={() => void run(() => endSuppression(ending.id))} />
      ) : null}
    </Panel>
  );
}
