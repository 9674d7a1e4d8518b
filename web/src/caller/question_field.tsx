import type { Question } from "../api/types";
import { choiceOrder, chosenOf, withChoice } from "../base/choice_order";
import { fillScript } from "../base/script_words";
import type { ScriptNames } from "../base/script_words";
import type { Given } from "./call_draft";
import { t } from "./texts";

export interface QuestionOf {
  question: Question;
  place: { number: number; all: number };
  names: ScriptNames;
  given: Given | undefined;
  seed: number;  // where rotated choices begin: the same for a voter
  active: boolean;  // the digit keys choose here
  onGive: (given: Given) => void;
}

function Choice(of: { name: string; words: string; hotkey: string | null; checked: boolean;
                      faint?: boolean; onChoose: () => void }) {
  return (
    <label class={`choice${of.faint ? " faint" : ""}${of.checked ? " chosen" : ""}`}>
      <input type="radio" name={of.name} checked={of.checked} onChange={of.onChoose} />
      <span>{of.words}</span>
      {of.hotkey ? <kbd aria-hidden="true">{of.hotkey}</kbd> : null}
    </label>
  );
}

function Choices(of: QuestionOf) {
  const { question, given } = of;
  return (
    <div class={`choice-list${question.kind === "scale" ? " scale" : ""}`}>
      {choiceOrder(question, of.seed).map(({ number, words }) => (
        <Choice key={words} name={question.id} words={words} checked={given?.choice === number}
          hotkey={of.active && number < 10 ? String(number) : null}
          onChoose={() => of.onGive({ choice: number })} />
      ))}
      <Choice name={question.id} words={t.declined} checked={given?.declined === true} faint
        hotkey={of.active ? "0" : null} onChoose={() => of.onGive({ declined: true })} />
    </div>
  );
}

function Several(of: QuestionOf) {
  const { question, given } = of;
  const chosen = chosenOf(given?.text);
  return (
    <div class="choice-list">
      {choiceOrder(question, of.seed).map(({ number, words }) => (
        <label key={words} class={`choice${chosen.includes(number) ? " chosen" : ""}`}>
          <input type="checkbox" checked={chosen.includes(number)} onChange={(event) =>
            of.onGive({ text: withChoice(given?.text, number, event.currentTarget.checked) })} />
          <span>{words}</span>
        </label>
      ))}
      <Choice name={question.id} words={t.declined} checked={given?.declined === true} faint
        hotkey={null} onChoose={() => of.onGive({ declined: true })} />
    </div>
  );
}

function NumberInput(of: QuestionOf) {
  const { given } = of;
  return (
    <div class="choice-list">
      <input class="input" type="number" step="any" inputMode="decimal" value={given?.text ?? ""}
        aria-label={of.question.text} disabled={given?.declined ?? false}
        onInput={(event) => of.onGive({ text: event.currentTarget.value })} />
      <label class="check">
        <input type="checkbox" checked={given?.declined ?? false}
          onChange={(event) => of.onGive(
            event.currentTarget.checked ? { declined: true } : { text: "" })} />
        {t.declined}
      </label>
    </div>
  );
}

function FreeText(of: QuestionOf) {
  const { given } = of;
  return (
    <div class="choice-list">
      <textarea class="input" rows={2} aria-label={`${t.answerText}: ${of.question.text}`}
        value={given?.text ?? ""} disabled={given?.declined ?? false} maxLength={1000}
        onInput={(event) => of.onGive({ text: event.currentTarget.value })} />
      <label class="check">
        <input type="checkbox" checked={given?.declined ?? false}
          onChange={(event) => of.onGive(
            event.currentTarget.checked ? { declined: true } : { text: "" })} />
        {t.declined}
      </label>
    </div>
  );
}

function Kind(of: QuestionOf) {
  if (of.question.kind === "text") return <FreeText {...of} />;
  if (of.question.kind === "number") return <NumberInput {...of} />;
  return of.question.kind === "multiple" ? <Several {...of} /> : <Choices {...of} />;
}

export function QuestionField(of: QuestionOf) {
  return (
    <fieldset class={`question${of.active ? " active" : ""}`}>
      <legend>
        <small>{t.questionOf(of.place.number, of.place.all)}</small>
        {fillScript(of.question.text, of.names)}
      </legend>
      <Kind {...of} />
    </fieldset>
  );
}
