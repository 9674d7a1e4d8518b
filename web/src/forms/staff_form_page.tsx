import { useState } from "preact/hooks";
import { closeForm, form, makeFormLinks } from "../api/forms";
import { session } from "../api/session";
import type { Form } from "../api/types";
import { day, moment, number, percent } from "../base/format";
import { useAction, useLoad, useRepeat } from "../base/load";
import { sentenceOf } from "../base/problem";
import { may } from "../base/roles";
import type { Permission } from "../base/roles";
import { useStore } from "../base/store";
import { t as common } from "../base/texts";
import { Dialog } from "../ui/dialog";
import { Button, Facts, LinkButton, Notice, PageHead, Panel, Stat, Stats } from "../ui/elements";
import { Loaded } from "../ui/loaded";
import { t } from "./texts";

const everyMs = 5_000;

function save(file: Blob, name: string) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

function Links(of: { form: Form; onMade: () => void }) {
  const [made, setMade] = useState<number | null>(null);
  const { run, busy, error } = useAction(async () => {
    const file = await makeFormLinks(of.form.id);
    const rows = (await file.text()).trim().split("\n").length - 1;
    save(file, `links ${of.form.name}.csv`);
    setMade(rows);
    of.onMade();
  });
  return (
    <Panel title={t.linksTitle}>
      <div class="stack">
        <p class="muted">{t.linksWhy}</p>
        <div class="row">
          <Button kind="primary" busy={busy} onClick={() => void run()}>{t.makeLinks}</Button>
        </div>
        {made === null ? null : <Notice tone="good">{t.linksMade(number(made))}</Notice>}
        {error ? <Notice tone="bad">{sentenceOf(error)}</Notice> : null}
      </div>
    </Panel>
  );
}

function CloseButton(of: { form: Form; onClosed: () => void }) {
  const [asking, setAsking] = useState(false);
  const { run, busy } = useAction(async () => {
    await closeForm(of.form.id);
    setAsking(false);
    of.onClosed();
  });
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t.close}</Button>
      {asking ? (
        <Dialog title={t.close} onClose={() => setAsking(false)}>
          <p>{t.closeWhy}</p>
          <div class="row">
            <Button kind="danger" busy={busy} onClick={() => void run()}>{t.close}</Button>
            <Button onClick={() => setAsking(false)}>{common.cancel}</Button>
          </div>
        </Dialog>
      ) : null}
    </>
  );
}

export function StaffFormPage(of: { params: Record<string, string> }) {
  const id = of.params.id ?? "";
  const { load, reload } = useLoad((signal) => form(id, signal), [id]);
  useRepeat(reload, everyMs, [id]);
  const who = useStore(session);
  const allows = (what: Permission) => who.state === "in" && may(who.session.person.role, what);
  return (
    <Loaded load={load}>
      {(one) => (
        <>
          <PageHead title={one.name} back={{ href: "/forms", title: t.back }}>
            <LinkButton href="/answers">{t.answers}</LinkButton>
            {allows("scripts_write") && !one.closed_at
              ? <CloseButton form={one} onClosed={() => void reload()} /> : null}
          </PageHead>
          <div class="stack">
            <Panel>
              <Stats>
                <Stat title={t.links} value={number(one.links)} />
                <Stat title={t.opened} value={number(one.opened)} />
                <Stat title={t.begun} value={number(one.begun)} note={t.begunNote} />
                <Stat title={t.done} value={number(one.done)} note={t.rate(percent(one.rr1))} />
              </Stats>
            </Panel>
            <div class="columns">
              <Panel title={t.facts}>
                <Facts rows={[
                  [t.list, <a href={`/lists/${one.list}`}>{one.list_name}</a>],
                  [t.script, <a href={`/scripts/${one.script}`}>
                    {t.version(one.script_name, one.script_version)}</a>],
                  [t.until, one.closed_at ? t.closedAt(moment(one.closed_at))
                    : day(one.expires_at)],
                ]} />
              </Panel>
              {allows("voters_export") && !one.closed_at
                ? <Links form={one} onMade={() => void reload()} /> : null}
            </div>
          </div>
        </>
      )}
    </Loaded>
  );
}
