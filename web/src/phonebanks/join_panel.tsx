import { useState } from "preact/hooks";
import { joinLinks, makeJoinLink, revokeJoinLink } from "../api/client";
import type { JoinLink } from "../api/types";
import { moment, number } from "../base/format";
import { useAction, useLoad } from "../base/load";
import { fieldError } from "../base/problem";
import { CopyButton } from "../ui/copy";
import { Confirm } from "../ui/dialog";
import { Badge, Button, Panel } from "../ui/elements";
import { Form, TextField } from "../ui/form";
import { Failed, Loaded } from "../ui/loaded";
import { QrCode } from "./qr_code";
import { t } from "./texts";

const isOver = (link: JoinLink) => new Date(link.expires_at).getTime() < Date.now();

function LinkCard(of: { link: JoinLink; onRevoke: () => void }) {
  const link = of.link;
  return (
    <li class="join-link">
      <QrCode text={link.url} label={t.qr} />
      <div class="join-words">
        <code class="link-text">{link.url}</code>
        <p class="muted">
          {t.linkUses(number(link.uses), number(link.uses_max))} ·{" "}
          {t.linkUntil(moment(link.expires_at))}
        </p>
        <div class="row">
          <CopyButton text={link.url} label={t.copyLink} />
          <Button kind="quiet" onClick={of.onRevoke}>{t.revoke}</Button>
        </div>
      </div>
    </li>
  );
}

function MakeForm(of: { bank: string; onMade: () => void }) {
  const [hours, setHours] = useState("12");
  const [uses, setUses] = useState("200");
  const { run, busy, error } = useAction(async () => {
    await makeJoinLink(of.bank, { hours_valid: Number(hours), uses_max: Number(uses) });
    of.onMade();
  });
  return (
    <Form onSubmit={() => void run()} submit={t.makeLink} busy={busy} error={error}
      fields={["hours_valid", "uses_max"]}>
      <div class="form-grid">
        <TextField label={t.hours} type="number" min={1} value={hours} onInput={setHours} required
          error={fieldError(error, "hours_valid")} />
        <TextField label={t.uses} type="number" min={1} value={uses} onInput={setUses} required
          error={fieldError(error, "uses_max")} />
      </div>
    </Form>
  );
}

export function JoinPanel(of: { bank: string }) {
  const { load, reload } = useLoad((signal) => joinLinks(of.bank, signal), [of.bank]);
  const [revoking, setRevoking] = useState<JoinLink | null>(null);
  const { run, busy, error } = useAction(async (link: JoinLink) => {
    await revokeJoinLink(link.id);
    setRevoking(null);
    reload();
  });
  return (
    <Panel title={t.joinTitle}>
      <div class="stack">
        <p class="muted">{t.joinWords}</p>
        <Loaded load={load} rows={3}>
          {(page) => (
            <>
              <ul class="join-links">
                {page.items.filter((link) => !link.revoked && !isOver(link)).map((link) => (
                  <LinkCard key={link.id} link={link} onRevoke={() => setRevoking(link)} />
                ))}
              </ul>
              <ul class="plain-list">
                {page.items.filter((link) => link.revoked || isOver(link)).map((link) => (
                  <li key={link.id} class="row muted">
                    <code>{link.code}</code>
                    <Badge>{link.revoked ? t.revoked : t.expired}</Badge>
                    {t.linkUses(number(link.uses), number(link.uses_max))}
                  </li>
                ))}
              </ul>
            </>
          )}
        </Loaded>
        {error ? <Failed error={error} /> : null}
        <MakeForm bank={of.bank} onMade={reload} />
      </div>
      {revoking ? (
        <Confirm title={t.revokeTitle} words={t.revokeWords} confirm={t.revoke} danger busy={busy}
          onConfirm={() => void run(revoking)} onClose={() => setRevoking(null)} />
      ) : null}
    </Panel>
  );
}
