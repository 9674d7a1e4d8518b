import { useState } from "preact/hooks";
import { callingRules, chooseCallingRules } from "../api/client";
import { session } from "../api/session";
import type { CallingRuleBook, CallingRules } from "../api/types";
import { useAction, useLoad } from "../base/load";
import { may } from "../base/roles";
import { useStore } from "../base/store";
import { Confirm } from "../ui/dialog";
import { Badge, Button, Notice, PageHead, Panel } from "../ui/elements";
import { SelectField } from "../ui/form";
import { Failed, Loaded } from "../ui/loaded";
import { Table } from "../ui/table";
import { weekWords } from "./hours";
import { t } from "./texts";

const needs = (needed: boolean) => (needed ? t.needed : t.free);

function Hours(of: { rules: CallingRules }) {
  const { rules } = of;
  return (
    <Panel title={t.hours}>
      <p>{t.usual(rules.opens, rules.closes)} {t.bound} {weekWords(rules.hours, t)}.</p>
      <p>{t.zones}</p>
      <p class="hint">{rules.hours_source}</p>
    </Panel>
  );
}

function States(of: { rules: CallingRules }) {
  if (of.rules.states.length === 0) return null;
  return (
    <Panel title={t.states} flush>
      <Table caption={t.states} rows={of.rules.states} keyOf={(row) => row.code} columns={[
        { title: t.state, cell: (row) => row.code },
        { title: t.hours, cell: (row) => weekWords(row.hours, t) },
        { title: t.source, minor: true, cell: (row) => <small>{row.source}</small> },
      ]} />
    </Panel>
  );
}

function Modes(of: { rules: CallingRules }) {
  return (
    <Panel title={t.modes} flush>
      <Table caption={t.modes} rows={of.rules.modes} keyOf={(row) => row.mode} columns={[
        { title: t.mode, cell: (row) => t.modeNames[row.mode] },
        { title: t.offered, cell: (row) => (
          <Badge tone={row.offered ? "good" : "neutral"}>{row.offered ? t.yes : t.no}</Badge>) },
        { title: t.mobile, cell: (row) => needs(row.mobile_needs_consent) },
        { title: t.landline, cell: (row) => needs(row.landline_needs_consent) },
        { title: t.source, minor: true, cell: (row) => <small>{row.source}</small> },
      ]} />
    </Panel>
  );
}

function Choose(of: { rules: CallingRules; isChosen: boolean; stateHours: boolean;
                      onChosen: (book: CallingRuleBook) => void }) {
  const { rules } = of;
  const [asking, setAsking] = useState(false);
  const [states, setStates] = useState(of.stateHours);
  const { run, busy, error } = useAction(async () => {
    of.onChosen(await chooseCallingRules({ country: rules.code, state_hours: states }));
    setAsking(false);
  });
  return (
    <>
      {rules.states.length > 0 ? (
        <label class="check">
          <input type="checkbox" checked={states}
            onChange={(event) => setStates(event.currentTarget.checked)} />
          {t.withStates}
        </label>
      ) : null}
      {of.isChosen && states === of.stateHours ? null : (
        <div class="row">
          <Button kind="primary" onClick={() => setAsking(true)}>{t.choose(rules.name)}</Button>
        </div>
      )}
      {error ? <Failed error={error} /> : null}
      {asking ? (
        <Confirm title={t.chooseTitle(rules.name)} words={t.chooseWords} busy={busy}
          confirm={t.choose(rules.name)} onConfirm={() => void run()}
          onClose={() => setAsking(false)} />
      ) : null}
    </>
  );
}

function Book(of: { book: CallingRuleBook; onChosen: (book: CallingRuleBook) => void }) {
  const { book } = of;
  const who = useStore(session);
  const chooses = who.state === "in" && may(who.session.person.role, "administer");
  const [code, setCode] = useState(book.chosen ?? "us");
  const rules = book.countries.find((one) => one.code === code) ?? book.countries[0];
  if (!rules) return null;
  return (
    <div class="stack">
      {book.chosen ? null : <Notice tone="warn" title={t.notChosenTitle}>{t.notChosen}</Notice>}
      <Panel>
        <div class="stack">
          <SelectField label={t.country} value={rules.code} onChange={setCode}
            options={book.countries.map((one) => ({
              value: one.code,
              title: one.code === book.chosen ? `${one.name} ✓` : one.name }))} />
          {book.chosen === rules.code
            ? <p><Badge tone="good">{t.chosen}</Badge></p> : null}
          {chooses ? (
            <Choose key={rules.code} rules={rules} onChosen={of.onChosen}
              isChosen={book.chosen === rules.code}
              stateHours={book.chosen === rules.code ? book.state_hours : true} />
          ) : null}
        </div>
      </Panel>
      <Hours rules={rules} />
      <Modes rules={rules} />
      <States rules={rules} />
      {rules.notes.length > 0 ? (
        <Panel title={t.notes}>
          <div class="stack">
            {rules.notes.map((note) => (
              <p key={note.text}>{note.text}<br /><small class="muted">{note.source}</small></p>
            ))}
          </div>
        </Panel>
      ) : null}
    </div>
  );
}

export function RulesPage() {
  const { load, replace } = useLoad((signal) => callingRules(signal), []);
  return (
    <>
      <PageHead title={t.title} lead={t.lead} />
      <Loaded load={load} rows={8}>{(book) => <Book book={book} onChosen={replace} />}</Loaded>
    </>
  );
}
