import { useState } from "preact/hooks";
import { dispositions, saveDisposition } from "../api/client";
import { session } from "../api/session";
import type { Disposition, DispositionInfo } from "../api/types";
import { dispositionTitle } from "../base/dispositions";
import { useAction, useLoad } from "../base/load";
import { fieldError } from "../base/problem";
import { may } from "../base/roles";
import { useStore } from "../base/store";
import { Dialog } from "../ui/dialog";
import { Badge, Button, PageHead, Panel } from "../ui/elements";
import { Form, SelectField, TextField } from "../ui/form";
import { Loaded } from "../ui/loaded";
import { Table } from "../ui/table";
import { t } from "./texts";

const fields = ["key", "title", "base", "van_code"];

const titleOf = (one: DispositionInfo) => one.title ?? dispositionTitle(one.key);

function effectsOf(one: DispositionInfo): string {
  const words = [
    one.bars_number ? t.effects.number : one.bars_voter ? t.effects.voter
      : one.ends ? t.effects.ends : t.effects.retry,
    one.spoken ? t.effects.spoken : ""];
  return words.filter(Boolean).join(", ");
}

function Editor(of: { one: DispositionInfo | null; all: DispositionInfo[]; onSaved: () => void;
                      onClose: () => void }) {
  const { one } = of;
  const [title, setTitle] = useState(one?.title ?? "");
  const [key, setKey] = useState(one?.key ?? "");
  const [base, setBase] = useState<string>(one?.base ?? "reached");
  const [van, setVan] = useState(one?.van_code ? String(one.van_code) : "");
  const [offered, setOffered] = useState(one?.offered ?? true);
  const isBuiltIn = one !== null && !one.own;
  const { run, busy, error } = useAction(async () => {
    await saveDisposition({
      key: key.trim(), offered, ...(van.trim() ? { van_code: Number(van) } : {}),
      ...(isBuiltIn ? {} : { title: title.trim(), base: base as Disposition }) });
    of.onSaved();
  });
  return (
    <Dialog title={one ? t.editTitle(titleOf(one)) : t.addTitle} onClose={of.onClose}>
      <Form onSubmit={() => void run()} submit={t.submit} busy={busy} error={error}
        fields={fields}>
        {isBuiltIn ? null : (
          <>
            <TextField label={t.words} value={title} onInput={setTitle} required maxLength={60}
              error={fieldError(error, "title")} />
            {one ? null : (
              <>
                <TextField label={t.key} value={key} onInput={setKey} required maxLength={40}
                  hint={t.keyHint} error={fieldError(error, "key")} />
                <SelectField label={t.base} value={base} onChange={setBase}
                  error={fieldError(error, "base")}
                  options={of.all.filter((other) => !other.own && other.key !== "callback").map(
                    (other) => ({ value: other.key,
                                  title: `${titleOf(other)}: ${effectsOf(other)}` }))} />
              </>
            )}
          </>
        )}
        <TextField label={t.van} type="number" min={1} value={van} onInput={setVan}
          hint={t.vanHint} error={fieldError(error, "van_code")} />
        {isBuiltIn ? null : (
          <label class="check">
            <input type="checkbox" checked={offered}
              onChange={(event) => setOffered(event.currentTarget.checked)} />
            {t.offered}
          </label>
        )}
      </Form>
    </Dialog>
  );
}

export function DispositionsPage() {
  const { load, reload } = useLoad((signal) => dispositions(signal), []);
  const [editing, setEditing] = useState<DispositionInfo | "new" | null>(null);
  const who = useStore(session);
  const writes = who.state === "in" && may(who.session.person.role, "phonebank_write");
  return (
    <>
      <PageHead title={t.title} lead={t.lead}>
        {writes ? <Button kind="primary" onClick={() => setEditing("new")}>{t.add}</Button> : null}
      </PageHead>
      <Panel flush>
        <Loaded load={load} rows={8}>
          {(page) => (
            <>
              <Table caption={t.title} rows={page.items} keyOf={(row) => row.key} columns={[
                { title: t.columns.title, cell: (row) => (
                  <>
                    {titleOf(row)} {row.own ? <Badge tone="accent">{t.own}</Badge> : null}
                    {row.offered ? null : <Badge>{t.hidden}</Badge>}
                  </>) },
                { title: t.columns.key, minor: true, cell: (row) => <code>{row.key}</code> },
                { title: t.columns.effects, minor: true, cell: effectsOf },
                { title: t.columns.van, numeric: true, cell: (row) => row.van_code ?? "–" },
                ...(writes ? [{ title: t.edit, cell: (row: DispositionInfo) => (
                  <Button kind="quiet" label={t.editTitle(titleOf(row))}
                    onClick={() => setEditing(row)}>{t.edit}</Button>) }] : []),
              ]} />
              {editing ? (
                <Editor one={editing === "new" ? null : editing} all={page.items}
                  onClose={() => setEditing(null)}
                  onSaved={() => {
                    setEditing(null);
                    reload();
                  }} />
              ) : null}
            </>
          )}
        </Loaded>
      </Panel>
    </>
  );
}
