import { Button } from "../ui/elements";
import { SelectField } from "../ui/form";
import { hasChoices, linesOf } from "./draft";
import type { ConditionDraft, QuestionDraft } from "./draft";
import { t } from "./texts";

const alternativesMost = 20;
const conditionsMost = 10;

function OneCondition(of: { condition: ConditionDraft; earlier: QuestionDraft[]; first: boolean;
                            onChange: (condition: ConditionDraft) => void;
                            onRemove: () => void }) {
  const { condition, onChange } = of;
  const decider = of.earlier.find((one) => one.key === condition.question);
  const answers = decider ? linesOf(decider.choices) : [];
  return (
    <div class="condition-of-question">
      <SelectField label={of.first ? t.ifQuestion : t.ifAnd} value={condition.question}
        empty={decider ? undefined : condition.question}
        options={of.earlier.map((one) => ({ value: one.key, title: one.text || one.key }))}
        onChange={(question) => onChange({ ...condition, question, choice: 1 })} />
      <SelectField label={t.ifHow} value={condition.isNot ? "not" : "is"}
        options={[{ value: "is", title: t.ifIs }, { value: "not", title: t.ifIsNot }]}
        onChange={(how) => onChange({ ...condition, isNot: how === "not" })} />
      <SelectField label={t.ifAnswer} value={String(condition.choice)}
        options={[...answers.map((words, index) => ({ value: String(index + 1), title: words })),
          { value: "0", title: t.declined }]}
        onChange={(choice) => onChange({ ...condition, choice: Number(choice) })} />
      <Button kind="quiet" onClick={of.onRemove}>{t.ifRemove}</Button>
    </div>
  );
}

/// By which earlier answers a question is asked: any of the alternatives, each of conditions that
/// hold together.
export function Conditions(of: { draft: QuestionDraft; all: QuestionDraft[];
                                 onChange: (askedIf: ConditionDraft[][]) => void }) {
  const { draft, onChange } = of;
  const place = of.all.findIndex((one) => one.id === draft.id);
  const earlier = of.all.slice(0, place).filter((one) => one.key !== "" && hasChoices(one.kind));
  if (earlier.length === 0 && draft.askedIf.length === 0) return null;
  const last = earlier[earlier.length - 1];
  const fresh = (): ConditionDraft => ({ question: last?.key ?? "", choice: 1, isNot: false });
  const set = (at: number, all: ConditionDraft[]) => onChange(
    draft.askedIf.map((one, index) => (index === at ? all : one)).filter((one) => one.length > 0));
  return (
    <details class="ways" open={draft.askedIf.length > 0}>
      <summary>{t.askedIf}</summary>
      <div class="stack">
        {draft.askedIf.map((all, at) => (
          <fieldset key={at} class="alternative">
            <legend class="label">{at === 0 ? t.ifFirst : t.ifOr}</legend>
            {all.map((condition, index) => (
              <OneCondition key={index} condition={condition} earlier={earlier}
                first={index === 0}
                onChange={(next) => set(at, all.map((one, i) => (i === index ? next : one)))}
                onRemove={() => set(at, all.filter((_, i) => i !== index))} />
            ))}
            {all.length < conditionsMost && last ? (
              <div class="row">
                <Button kind="quiet" onClick={() => set(at, [...all, fresh()])}>
                  {t.ifAddAnd}
                </Button>
              </div>
            ) : null}
          </fieldset>
        ))}
        {draft.askedIf.length < alternativesMost && last ? (
          <div class="row">
            <Button kind="quiet" onClick={() => onChange([...draft.askedIf, [fresh()]])}>
              {draft.askedIf.length === 0 ? t.ifAdd : t.ifAddOr}
            </Button>
          </div>
        ) : null}
      </div>
    </details>
  );
}
