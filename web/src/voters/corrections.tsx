import { useState } from "preact/hooks";
import { corrections, correctVoter, endCorrection, voterFields } from "../api/client";
import { session } from "../api/session";
import type { Correction, RecordValue, VoterField } from "../api/types";
import { day, moment, number, words } from "../base/format";
import { useAction, useLoad } from "../base/load";
import { fieldError } from "../base/problem";
import { may } from "../base/roles";
import { useStore } from "../base/store";
import { t as common } from "../base/texts";
import { Badge, Button, Panel } from "../ui/elements";
import { Dialog } from "../ui/dialog";
import { Form, TextField } from "../ui/form";
import { Failed, Loaded } from "../ui/loaded";
import { Table } from "../ui/table";
import { t } from "./texts";

function rowOf(value: RecordValue): string {
  const { row } = value;
  const file = row.line ? t.line(row.file_name, number(row.line)) : row.file_name;
  return `${value.source} · ${file} · ${day(row.at)}`;
}

function Origin(of: { field: VoterField }) {
  const { field } = of;
  if (field.correction) return <Badge tone="accent">{t.corrected}</Badge>;
  const from = field.place === null ? undefined : field.values[field.place];
  return from ? <small class="muted">{rowOf(from)}</small> : null;
}

/// What the other records say, where that is something else.
function othersOf(field: VoterField): RecordValue[] {
  const seen = new Set([field.value]);
  return field.values.filter((one) => !seen.has(one.value) && seen.add(one.value));
}

function EditDialog(of: { voter: string; field: VoterField; onDone: () => void;
                          onClose: () => void }) {
  const { field } = of;
  const [value, setValue] = useState(field.value ?? "");
  const { run, busy, error } = useAction(async (to: string) => {
    await correctVoter(of.voter, [{ name: field.name, value: to.trim() || null }]);
    of.onDone();
  });
  const others = othersOf(field);
  return (
    <Dialog title={t.editTitle(words(field.name))} onClose={of.onClose}>
      {others.length === 0 ? null : (
        <>
          <h3 class="sub">{t.otherValues}</h3>
          <ul class="plain-list">
            {others.map((one) => (
              <li key={one.value} class="row">
                <strong>{one.value}</strong>
                <small class="muted">{rowOf(one)}</small>
                <Button kind="quiet" busy={busy} label={t.useValueOf(one.value)}
                  onClick={() => void run(one.value)}>{t.useValue}</Button>
              </li>
            ))}
          </ul>
        </>
      )}
      <Form onSubmit={() => void run(value)} submit={t.editSubmit} busy={busy} error={error}
        fields={[field.name]} more={<Button onClick={of.onClose}>{common.cancel}</Button>}>
        <TextField label={words(field.name)} value={value} onInput={setValue} autoFocus
          maxLength={1000} required={!field.may_be_blank} error={fieldError(error, field.name)}
          hint={field.may_be_blank ? t.editBlank : undefined} />
      </Form>
    </Dialog>
  );
}

function Values(of: {
  fields: VoterField[]; onEdit: ((field: VoterField) => void) | null }) {
  const rows = of.fields.filter((field) => field.value !== null || field.values.length > 0 ||
                                           field.correctable);
  return (
    <Table caption={t.values} rows={rows} keyOf={(field) => field.name}
      columns={[
        { title: t.valueColumns.field, cell: (field) => words(field.name) },
        { title: t.valueColumns.value,
          cell: (field) => <>{field.value ?? "–"}<br /><Origin field={field} /></> },
        { title: t.valueColumns.others, minor: true,
          cell: (field) => othersOf(field).map((one) => one.value).join(", ") || "–" },
        { title: "", cell: (field) => (of.onEdit && field.correctable ? (
          <Button kind="quiet" label={t.editField(words(field.name))}
            onClick={() => of.onEdit?.(field)}>{t.edit}</Button>
        ) : null) },
      ]} />
  );
}

function valuesOf(correction: Correction): string {
  return Object.entries(correction.fields as Record<string, unknown>)
    .map(([name, value]) => `${words(name)}: ${value === null ? t.unknown : String(value)}`)
    .join(", ");
}

function Correct(of: { correction: Correction; onEnd: (() => void) | null; busy: boolean }) {
  const { correction } = of;
  return (
    <li class="row">
      <Badge tone={correction.ended_at ? "neutral" : "accent"}>
        {correction.ended_at ? t.correctionEnded : t.corrected}
      </Badge>
      <span>{valuesOf(correction)}</span>
      <small class="muted">{t.from(correction.actor_name, moment(correction.at))}</small>
      {of.onEnd && !correction.ended_at
        ? <Button kind="quiet" busy={of.busy} onClick={of.onEnd}>{t.endCorrection}</Button> : null}
    </li>
  );
}

/// Every value with where it comes from, and what people have put right by hand.
export function Corrections(of: { voter: string; onChange: () => void }) {
  const who = useStore(session);
  const allowed = who.state === "in" && may(who.session.person.role, "registry_write");
  const [open, setOpen] = useState(false);
  const [editing, setEditing] = useState<VoterField | null>(null);
  const list = useLoad((signal) => corrections(of.voter, signal), [of.voter]);
  const fields = useLoad(
    async (signal) => (open ? voterFields(of.voter, signal) : null), [of.voter, open]);
  const changed = () => {
    list.reload();
    fields.reload();
    of.onChange();
  };
  const { run, busy, error } = useAction(async (correction: Correction) => {
    await endCorrection(correction.id);
    changed();
  });
  return (
    <Panel title={t.values} note={t.valuesNote} actions={
      <Button pressed={open} onClick={() => setOpen(!open)}>
        {open ? t.valuesHide : allowed ? t.edit : t.valuesShow}
      </Button>
    }>
      <Loaded load={list.load} rows={1}>
        {({ items }) => items.length === 0 ? <p class="muted">{t.noCorrections}</p> : (
          <ul class="plain-list">
            {items.map((one) => (
              <Correct key={one.id} correction={one} busy={busy}
                onEnd={allowed ? () => void run(one) : null} />
            ))}
          </ul>
        )}
      </Loaded>
      {error ? <Failed error={error} /> : null}
      {open ? (
        <Loaded load={fields.load} rows={8}>
          {(page) => page === null ? null : (
            <Values fields={page.items} onEdit={allowed ? setEditing : null} />
          )}
        </Loaded>
      ) : null}
      {editing ? (
        <EditDialog voter={of.voter} field={editing} onClose={() => setEditing(null)}
          onDone={() => {
            setEditing(null);
            changed();
          }} />
      ) : null}
    </Panel>
  );
}
