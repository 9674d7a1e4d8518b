import type { Question } from "../api/types";
import { fillScript } from "../base/script_words";
import type { ScriptNames } from "../base/script_words";
import type { Given } from "./call_draft";
import { t } from "./texts";

export interface QuestionOf {
  question: Question;
  place: { number: number; all: number };
  names: ScriptNames;
  given: Given | undefined;
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
      {question.choices.map((words, index) => (
        <Choice key={words} name={question.id} words={words} checked={given?.choice === index + 1}
          hotkey={of.active && index < 9 ? String(index + 1) : null}
          onChoose={() => of.onGive({ choice: index + 1 })} />
      ))}
      <Choice name={question.id} words={t.declined} checked={given?.declined === true} faint
        hotkey={of.active ? "0" : null} onChoose={() => of.onGive({ declined: true })} />
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

export function QuestionField(of: QuestionOf) {
  return (
    <fieldset class={`question${of.active ? " active" : ""}`}>
      <legend>
        <small>{t.questionOf(of.place.number, of.place.all)}</small>
        {fillScript(of.question.text, of.names)}
      </legend>
      {of.question.kind === "text" ? <FreeText {...of} /> : <Choices {...of} />}
    </fieldset>
  );
}
