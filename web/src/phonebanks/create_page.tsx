import { useState } from "preact/hooks";
import { addPhonebank, callingRules, fields as ruleFields, lists, scripts,
         segments } from "../api/client";
import type { CallingRuleBook, ConsentNeed, Field, List, PriorityStepInput, Script,
              Segment } from "../api/types";
import { number } from "../base/format";
import { useAction, useLoad } from "../base/load";
import { fieldError } from "../base/problem";
import { navigate, usePlace } from "../base/router";
import { Empty, LinkButton, Notice, PageHead, Panel } from "../ui/elements";
import { Form, SelectField, TextField } from "../ui/form";
import { Loaded } from "../ui/loaded";
import { chosenSteps } from "./priority_step";
import { StepsEditor } from "./priority_steps";
import { t } from "./texts";

interface Draft {
  name: string;
  list: string;
  script: string;
  opens: string;
  closes: string;
  retry: string;
  attempts: string;
  lease: string;
  country: string;
  consent: ConsentNeed;
  arm: string;
  follows: boolean;
  first: PriorityStepInput[];
}

const fields = ["name", "list", "script", "opens", "closes", "retry_minutes", "attempts_max",
                "lease_seconds", "country", "arm", "follows"];

/// Above it making a phone bank takes more than some seconds.
const largeList = 100_000;

const needs: ConsentNeed[] = ["none", "mobile", "all"];

/// Whose rules are kept; with another country its hours and consent come too.
function Country(of: { book: CallingRuleBook; draft: Draft; set: (part: Partial<Draft>) => void;
                       error: unknown }) {
  const { book, draft, set } = of;
  const choose = (code: string) => {
    const rules = book.countries.find((one) => one.code === code);
    set(rules ? { country: code, opens: rules.opens, closes: rules.closes,
                  consent: rules.consent } : { country: "", consent: "none" });
  };
  return (
    <>
      <SelectField label={t.country} value={draft.country} empty={t.noCountry} onChange={choose}
        options={book.countries.map((one) => ({ value: one.code, title: one.name }))}
        hint={<a href="/rules">{t.countryHint}</a>} error={fieldError(of.error, "country")} />
      <SelectField label={t.consent} value={draft.consent} hint={t.consentHint}
        onChange={(consent) => set({ consent: consent as ConsentNeed })}
        options={needs.map((need) => ({ value: need, title: t.consents[need] }))} />
    </>
  );
}

/// Whom of the list it calls, and whether the queue goes with the segment.
function Whom(of: { list: List | undefined; draft: Draft; set: (part: Partial<Draft>) => void;
                    error: unknown }) {
  const { list, draft, set } = of;
  if (!list) return null;
  const arms = list.arms.slice(1);
  const can = !!list.segment && !list.size_max;
  return (
    <>
      {arms.length > 1 ? (
        <SelectField label={t.arm} value={draft.arm || (arms[0]?.name ?? "")} hint={t.armHint}
          onChange={(arm) => set({ arm })} error={fieldError(of.error, "arm")}
          options={arms.map((one) => ({ value: one.name,
                                        title: t.armOption(one.name, number(one.size)) }))} />
      ) : null}
      <div class="field wide">
        <label class="check">
          <input type="checkbox" checked={can && draft.follows} disabled={!can}
            onChange={(event) => set({ follows: event.currentTarget.checked })} />
          {t.follow}
        </label>
        <p class="hint">{can ? t.followHint : t.followCannot}</p>
        {fieldError(of.error, "follows")
          ? <p class="field-error">{fieldError(of.error, "follows")}</p> : null}
      </div>
    </>
  );
}

function Timing(of: { draft: Draft; set: (part: Partial<Draft>) => void; error: unknown }) {
  const { draft, set, error } = of;
  return (
    <>
      <TextField label={t.opens} type="time" value={draft.opens} required hint={t.hoursHint}
        onInput={(opens) => set({ opens })} error={fieldError(error, "opens")} />
      <TextField label={t.closes} type="time" value={draft.closes} required
        onInput={(closes) => set({ closes })} error={fieldError(error, "closes")} />
      <TextField label={t.retry} type="number" min={1} value={draft.retry} required
        hint={t.retryHint} onInput={(retry) => set({ retry })}
        error={fieldError(error, "retry_minutes")} />
      <TextField label={t.attempts} type="number" min={1} max={20} value={draft.attempts} required
        onInput={(attempts) => set({ attempts })} error={fieldError(error, "attempts_max")} />
      <TextField label={t.lease} type="number" min={30} value={draft.lease} required
        hint={t.leaseHint} onInput={(lease) => set({ lease })}
        error={fieldError(error, "lease_seconds")} />
    </>
  );
}

function Create(of: { lists: List[]; scripts: Script[]; book: CallingRuleBook;
                      segments: Segment[]; fields: Field[] }) {
  const { query } = usePlace();
  const rules = of.book.countries.find((one) => one.code === of.book.chosen);
  const wanted = of.lists.find((list) => list.id === query.get("list"));
  const [draft, setDraft] = useState<Draft>({
    name: wanted?.name ?? "", list: wanted?.id ?? "", script: of.scripts[0]?.id ?? "",
    opens: rules?.opens ?? "09:00", closes: rules?.closes ?? "21:00", retry: "240", attempts: "3",
    lease: "600", country: rules?.code ?? "", consent: rules?.consent ?? "none",
    arm: "", follows: false, first: [] });
  const set = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const list = of.lists.find((one) => one.id === draft.list);
  const { run, busy, error } = useAction(async () => {
    const bank = await addPhonebank({
      name: draft.name.trim(), list: draft.list, script: draft.script, opens: draft.opens,
      closes: draft.closes, retry_minutes: Number(draft.retry),
      attempts_max: Number(draft.attempts), lease_seconds: Number(draft.lease),
      country: draft.country, consent: draft.consent, arm: draft.arm,
      follows: draft.follows && !!list?.segment && !list.size_max,
      priorities: chosenSteps(draft.first) });
    navigate(`/phonebanks/${bank.id}`);
  });
  return (
    <Form onSubmit={() => void run()} submit={t.create} busy={busy} error={error} fields={fields}>
      {draft.country ? null : <Notice tone="warn">{t.countryMissing}</Notice>}
      <div class="form-grid">
        <TextField label={t.name} value={draft.name} onInput={(name) => set({ name })} required wide
          autoFocus error={fieldError(error, "name")} />
        <SelectField label={t.list} value={draft.list} empty={t.choose} required wide
          onChange={(next) => set({ list: next, arm: "" })} error={fieldError(error, "list")}
          options={of.lists.map((one) => ({ value: one.id, title: one.name }))}
          hint={list ? t.listHint(number(list.with_phone)) : undefined} />
        <Whom list={list} draft={draft} set={set} error={error} />
        <SelectField label={t.script} value={draft.script} empty={t.choose} required wide
          onChange={(next) => set({ script: next })} error={fieldError(error, "script")}
          options={of.scripts.map((one) => ({ value: one.id, title: one.name }))} />
        <Country book={of.book} draft={draft} set={set} error={error} />
        <Timing draft={draft} set={set} error={error} />
      </div>
      <StepsEditor legend={t.priorities.title} choices={of} steps={draft.first}
        onChange={(first) => set({ first })}
        error={null} />
      {busy && list && list.with_phone > largeList
        ? <Notice tone="neutral">{t.layingDown(number(list.with_phone))}</Notice> : null}
    </Form>
  );
}

export function CreatePage() {
  const { load } = useLoad((signal) => Promise.all(
    [lists(signal), scripts(signal), callingRules(signal), segments(signal),
     ruleFields(signal)]), []);
  return (
    <>
      <PageHead title={t.newTitle} back={{ href: "/phonebanks", title: t.back }} />
      <Panel>
        <Loaded load={load}>
          {([allLists, allScripts, book, allSegments, allFields]) => {
            if (allLists.items.length === 0) {
              return <Empty title={t.noLists}
                action={<LinkButton href="/segments" primary>{t.toSegments}</LinkButton>} />;
            }
            if (allScripts.items.length === 0) {
              return <Empty title={t.noScripts}
                action={<LinkButton href="/scripts/new" primary>{t.toScripts}</LinkButton>} />;
            }
            return <Create lists={allLists.items} scripts={allScripts.items} book={book}
              segments={allSegments.items} fields={allFields.items} />;
          }}
        </Loaded>
      </Panel>
    </>
  );
}
