import type { ExperimentOutcome, Field, OutcomeKind } from "../api/types";
import { dispositionTitle } from "../base/dispositions";
import { SelectField } from "../ui/form";
import type { Option } from "../ui/form";
import { t } from "./texts";

const kinds: OutcomeKind[] = ["answer", "disposition", "vote", "score"];
const dispositions = ["reached", "no_answer", "refused", "left_message", "callback",
                      "voted_already", "do_not_call"];

export interface Asked {
  key: string;
  title: string;
  choices: Option[];
}

const optionsOf = (field: Field | undefined): Option[] =>
  (field?.values ?? []).map((one) => ({ value: String(one.value), title: one.title }));

/// The questions that rules know, from the fields of the segments.
export function questionsOf(fields: Field[]): Asked[] {
  return fields.filter((field) => field.name.startsWith("answer:")).map((field) => ({
    key: field.name.slice("answer:".length), title: field.title, choices: optionsOf(field) }));
}

export function electionsOf(fields: Field[]): Option[] {
  return optionsOf(fields.find((field) => field.name === "voted"));
}

/// What an experiment is judged by.
export function OutcomeFields(of: {
  outcome: ExperimentOutcome; fields: Field[]; error: (where: string) => string | null;
  onChange: (outcome: ExperimentOutcome) => void }) {
  const { outcome, onChange } = of;
  const questions = questionsOf(of.fields);
  const asked = questions.find((one) => one.key === outcome.key);
  const chosen = outcome.choices ?? [];
  const set = (part: Partial<ExperimentOutcome>) => onChange({ ...outcome, ...part });
  const toggle = (choice: number, on: boolean) =>
    set({ choices: on ? [...chosen, choice].sort() : chosen.filter((one) => one !== choice) });
  const keyOf: Record<OutcomeKind, { label: string; options: Option[] }> = {
    answer: { label: t.question,
              options: questions.map((one) => ({ value: one.key, title: one.title })) },
    disposition: { label: t.disposition,
                   options: dispositions.map(
                     (key) => ({ value: key, title: dispositionTitle(key) })) },
    vote: { label: t.election, options: electionsOf(of.fields) },
    score: { label: t.score,
             options: Object.entries(t.scores).map(([value, title]) => ({ value, title })) },
  };
  const key = keyOf[outcome.kind];
  return (
    <>
      <SelectField label={t.kind} value={outcome.kind} required
        onChange={(kind) => onChange({ kind: kind as OutcomeKind, key: "", choices: [],
                                       after_contacts: kind === "answer" })}
        options={kinds.map((kind) => ({ value: kind, title: t.kinds[kind] }))} />
      <SelectField label={key.label} value={outcome.key} empty={t.choose} required
        error={of.error("key")} options={key.options}
        onChange={(next) => set({ key: next, choices: [] })} />
      {outcome.kind === "answer" && asked ? (
        <fieldset class="field wide">
          <legend>{t.yes}</legend>
          <div class="row">
            {asked.choices.map((choice) => (
              <label key={choice.value} class="check">
                <input type="checkbox" checked={chosen.includes(Number(choice.value))}
                  onChange={(event) => toggle(Number(choice.value), event.currentTarget.checked)} />
                {choice.title}
              </label>
            ))}
          </div>
          <p class="hint">{of.error("choices") ?? t.yesHint}</p>
        </fieldset>
      ) : null}
      {outcome.kind === "answer" ? (
        <div class="field wide">
          <label class="check">
            <input type="checkbox" checked={outcome.after_contacts ?? false}
              onChange={(event) => set({ after_contacts: event.currentTarget.checked })} />
            {t.afterContacts}
          </label>
        </div>
      ) : null}
    </>
  );
}
