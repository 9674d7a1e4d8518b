import { useState } from "preact/hooks";
import { beginExperiment, fields, lists } from "../api/client";
import type { ExperimentOutcome, Field, List } from "../api/types";
import { number } from "../base/format";
import { useAction, useLoad } from "../base/load";
import { fieldError } from "../base/problem";
import { navigate, usePlace } from "../base/router";
import { uuid } from "../base/uuid";
import { Empty, LinkButton, PageHead, Panel } from "../ui/elements";
import { AreaField, Form, SelectField, TextField } from "../ui/form";
import { Loaded } from "../ui/loaded";
import { OutcomeFields } from "./outcome_fields";
import { PowerPanel } from "./power_panel";
import { t } from "./texts";

interface Draft {
  name: string;
  hypothesis: string;
  list: string;
  control: string;
  placebo: boolean;
  outcome: ExperimentOutcome;
  planned: string;
  cost: string;
}

const beside = ["name", "hypothesis", "list", "control", "outcomes[0].key", "outcomes[0].choices",
                "planned_units", "cost_cents"];

const armsOf = (list: List | undefined) => (list?.arms ?? []).filter((arm) => arm.size > 0);

interface FormPart {
  draft: Draft;
  set: (part: Partial<Draft>) => void;
  error: unknown;
}

function Compared(of: FormPart & { lists: List[] }) {
  const { draft, set, error } = of;
  const find = (id: string) => of.lists.find((one) => one.id === id);
  const list = find(draft.list);
  const arms = armsOf(list);
  return (
    <>
      <SelectField label={t.list} value={draft.list} empty={t.choose} required wide
        options={of.lists.map((one) => ({ value: one.id, title: one.name }))}
        onChange={(next) => set({ list: next, control: armsOf(find(next))[0]?.name ?? "" })}
        error={fieldError(error, "list")}
        hint={list ? t.listHint(
          arms.map((arm) => `${arm.name} ${number(arm.size)}`).join(", ")) : undefined} />
      <SelectField label={t.control} value={draft.control} empty={t.choose} required wide
        options={arms.map((arm) => ({ value: arm.name, title: arm.name }))}
        onChange={(control) => set({ control })} hint={t.controlHint}
        error={fieldError(error, "control")} />
      {draft.control !== "holdout" && draft.control !== "" ? (
        <div class="field wide">
          <label class="check">
            <input type="checkbox" checked={draft.placebo}
              onChange={(event) => set({ placebo: event.currentTarget.checked })} />
            {t.placebo}
          </label>
        </div>
      ) : null}
    </>
  );
}

function Begin(of: { lists: List[]; fields: Field[] }) {
  const { query } = usePlace();
  const wanted = of.lists.find((one) => one.id === query.get("list"));
  const [draft, setDraft] = useState<Draft>({
    name: "", hypothesis: "", list: wanted?.id ?? "", control: armsOf(wanted)[0]?.name ?? "",
    placebo: false, planned: "", cost: "",
    outcome: { kind: "answer", key: "", choices: [], after_contacts: true } });
  const set = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const [key] = useState(uuid);  // one experiment, however often it is sent
  const { run, busy, error } = useAction(async () => {
    const made = await beginExperiment({
      key, name: draft.name.trim(), hypothesis: draft.hypothesis.trim(), list: draft.list,
      control: draft.control, is_placebo: draft.placebo, outcomes: [draft.outcome],
      ...(draft.planned ? { planned_units: Number(draft.planned) } : {}),
      ...(draft.cost ? { cost_cents: Math.round(100 * Number(draft.cost)) } : {}) });
    navigate(`/experiments/${made.id}`);
  });
  const list = of.lists.find((one) => one.id === draft.list);
  return (
    <div class="columns wide-left">
      <Panel>
        <Form onSubmit={() => void run()} submit={t.submit} busy={busy} error={error}
          fields={beside}>
          <div class="form-grid">
            <TextField label={t.name} value={draft.name} required wide autoFocus maxLength={200}
              onInput={(name) => set({ name })} error={fieldError(error, "name")} />
            <AreaField label={t.hypothesis} value={draft.hypothesis} rows={2} wide
              hint={t.hypothesisHint} maxLength={2000}
              onInput={(hypothesis) => set({ hypothesis })}
              error={fieldError(error, "hypothesis")} />
            <Compared draft={draft} set={set} error={error} lists={of.lists} />
            <OutcomeFields outcome={draft.outcome} fields={of.fields}
              onChange={(outcome) => set({ outcome })}
              error={(where) => fieldError(error, `outcomes[0].${where}`)} />
            <TextField label={t.planned} type="number" min={10} value={draft.planned}
              onInput={(planned) => set({ planned })} hint={t.plannedHint}
              error={fieldError(error, "planned_units")} />
            <TextField label={t.cost} type="text" inputMode="numeric" value={draft.cost}
              onInput={(cost) => set({ cost: cost.replace(",", ".") })}
              error={fieldError(error, "cost_cents")} />
          </div>
        </Form>
      </Panel>
      {list ? <PowerPanel voters={list.size} /> : <PowerPanel />}
    </div>
  );
}

export function NewExperimentPage() {
  const { load } = useLoad((signal) => Promise.all([lists(signal), fields(signal)]), []);
  return (
    <>
      <PageHead title={t.newTitle} lead={t.newLead}
        back={{ href: "/experiments", title: t.back }} />
      <Loaded load={load}>
        {([all, known]) => all.items.length === 0 ? (
          <Empty title={t.noLists}
            action={<LinkButton href="/segments" primary>{t.toSegments}</LinkButton>}>
            {t.noListsWhy}
          </Empty>
        ) : <Begin lists={all.items} fields={known.items} />}
      </Loaded>
    </>
  );
}
