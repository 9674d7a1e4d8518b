import { useState } from "preact/hooks";
import { lists, scripts } from "../api/client";
import { addForm, forms } from "../api/forms";
import { session } from "../api/session";
import type { List, Script } from "../api/types";
import { day, number, percent } from "../base/format";
import { isoDay } from "../base/iso_day";
import { useAction, useLoad } from "../base/load";
import { fieldError } from "../base/problem";
import { may } from "../base/roles";
import { navigate } from "../base/router";
import { useStore } from "../base/store";
import { t as common } from "../base/texts";
import { Dialog } from "../ui/dialog";
import { Badge, Button, Empty, PageHead, Panel } from "../ui/elements";
import { Form, SelectField, TextField } from "../ui/form";
import { Loaded } from "../ui/loaded";
import { Table } from "../ui/table";
import { t } from "./texts";

const daysOpen = 14;
const inDays = (days: number) => isoDay(new Date(Date.now() + days * 86_400_000));

function MakeForm(of: { lists: List[]; scripts: Script[]; onClose: () => void }) {
  const [name, setName] = useState("");
  const [list, setList] = useState("");
  const [script, setScript] = useState("");
  const [until, setUntil] = useState(inDays(daysOpen));
  const { run, busy, error } = useAction(async () => {
    const made = await addForm({ name: name.trim(), list, script,
                                 expires_at: new Date(`${until}T23:59:59`).toISOString() });
    navigate(`/forms/${made.id}`);
  });
  return (
    <Dialog title={t.make} onClose={of.onClose}>
      <Form onSubmit={() => void run()} submit={t.submit} busy={busy} error={error}
        fields={["name", "list", "script", "expires_at"]}
        more={<Button onClick={of.onClose}>{common.cancel}</Button>}>
        <TextField label={t.name} value={name} onInput={setName} required autoFocus
          maxLength={200} hint={t.nameHint} error={fieldError(error, "name")} />
        <SelectField label={t.list} value={list} onChange={setList} empty={t.choose} required
          error={fieldError(error, "list")} options={of.lists.map((one) => ({
            value: one.id, title: one.sample ? t.sample(one.name) : one.name }))} />
        <SelectField label={t.script} value={script} onChange={setScript} empty={t.choose}
          required hint={t.scriptHint} error={fieldError(error, "script")}
          options={of.scripts.map((one) => ({ value: one.id, title: one.name }))} />
        <TextField label={t.until} type="date" value={until} onInput={setUntil} required
          error={fieldError(error, "expires_at")} />
      </Form>
    </Dialog>
  );
}

export function FormsPage() {
  const { load } = useLoad(
    (signal) => Promise.all([forms(signal), lists(signal), scripts(signal)]), []);
  const [making, setMaking] = useState(false);
  const who = useStore(session);
  const writes = who.state === "in" && may(who.session.person.role, "scripts_write");
  return (
    <>
      <PageHead title={t.title} lead={t.lead} back={{ href: "/answers", title: "Answers" }}>
        {writes ? <Button kind="primary" onClick={() => setMaking(true)}>{t.make}</Button> : null}
      </PageHead>
      <Panel flush>
        <Loaded load={load}>
          {([page, frozen, written]) => (
            <>
              {page.items.length === 0 ? <Empty title={t.emptyTitle}>{t.empty}</Empty> : (
                <Table caption={t.title} rows={page.items} keyOf={(row) => row.id}
                  href={(row) => `/forms/${row.id}`}
                  columns={[
                    { title: t.columns.name, cell: (row) => (
                      <>{row.name} {row.closed_at ? <Badge>{t.closed}</Badge> : null}</>) },
                    { title: t.columns.list, minor: true, cell: (row) => row.list_name },
                    { title: t.columns.done, numeric: true,
                      cell: (row) => `${number(row.done)} / ${number(row.links)}` },
                    { title: t.columns.rate, numeric: true, minor: true,
                      cell: (row) => percent(row.rr1) },
                    { title: t.columns.until, numeric: true, cell: (row) => day(row.expires_at) },
                  ]} />
              )}
              {making ? <MakeForm lists={frozen.items} scripts={written.items}
                onClose={() => setMaking(false)} /> : null}
            </>
          )}
        </Loaded>
      </Panel>
    </>
  );
}
