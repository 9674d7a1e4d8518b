import type { FormAnswer, Question } from "../api/types";
import { choiceOrder, chosenOf, withChoice } from "../base/choice_order";
import { formTexts } from "./form_texts";

export type Given = Omit<FormAnswer, "question">;

interface Of {
  question: Question;
  number: number;
  all: number;
  rotation: number;
  language: string;
  given: Given | undefined;
  error: string | null;
  onGive: (given: Given) => void;
}

export const nothing: Given = { choice: null, text: null, declined: false };

function Choices(of: Of) {
  const { question, given } = of;
  const several = question.kind === "multiple";
  const chosen = chosenOf(given?.text);
  const is = (number: number) => (several ? chosen.includes(number) : given?.choice === number);
  const give = (number: number, on: boolean) => of.onGive(several
    ? { ...nothing, text: withChoice(given?.text, number, on) } : { ...nothing, choice: number });
  return (
    <>
      {choiceOrder(question, of.rotation).map(({ number, words }) => (
        <label key={number} class={`choice${is(number) ? " chosen" : ""}`}>
          <input type={several ? "checkbox" : "radio"} name={question.id} checked={is(number)}
            onChange={(event) => give(number, event.currentTarget.checked)} />
          <span>{words}</span>
        </label>
      ))}
    </>
  );
}

function Typed(of: Of) {
  const { question, given } = of;
  const give = (text: string) => of.onGive({ ...nothing, text });
  return question.kind === "number" ? (
    <input class="input" type="number" step="any" inputMode="decimal" aria-label={question.text}
      value={given?.text ?? ""} onInput={(event) => give(event.currentTarget.value)} />
  ) : (
    <textarea class="input" rows={3} maxLength={1000} aria-label={question.text}
      value={given?.text ?? ""} onInput={(event) => give(event.currentTarget.value)} />
  );
}

/// A question of a form with what was answered, large enough for a thumb.
export function FormField(of: Of) {
  const { question, given } = of;
  const t = formTexts(of.language);
  const typed = question.kind === "text" || question.kind === "number";
  return (
    <fieldset class="question" lang={of.language}>
      <legend><small>{t.of(of.number, of.all)}</small>{question.text}</legend>
      {question.kind === "multiple" ? <p class="hint">{t.several}</p> : null}
      <div class={`choice-list${question.kind === "scale" ? " scale" : ""}`}>
        {typed ? <Typed {...of} /> : <Choices {...of} />}
        <label class={`choice faint${given?.declined ? " chosen" : ""}`}>
          <input type={typed || question.kind === "multiple" ? "checkbox" : "radio"}
            name={question.id} checked={given?.declined ?? false}
            onChange={(event) => of.onGive(
              { ...nothing, declined: event.currentTarget.checked })} />
          <span>{t.declined}</span>
        </label>
      </div>
      {of.error ? <p class="field-error" role="alert">{of.error}</p> : null}
    </fieldset>
  );
}
