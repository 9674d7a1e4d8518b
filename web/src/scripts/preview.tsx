import type { Question } from "../api/types";
import { fillScript } from "../base/script_words";
import { Panel } from "../ui/elements";
import { t } from "./texts";

export interface PreviewOf {
  introduction: string;
  closing: string;
  questions: Omit<Question, "id">[];
}

/// "Only if: Whom? Ours; or …"
function conditionWords(question: Omit<Question, "id">, all: Omit<Question, "id">[]): string {
  const answer = (key: string, choice: number) => {
    const decider = all.find((one) => one.key === key);
    return choice === 0 ? t.declined : decider?.choices[choice - 1] ?? String(choice);
  };
  return t.onlyIf(question.asked_if.map((one) => one.all.map((when) => {
    const decider = all.find((other) => other.key === when.question)?.text || when.question;
    return t.onlyIfOne(decider, answer(when.question, when.choice), when.is_not ?? false);
  })));
}

export function Preview(of: { script: PreviewOf; title?: string }) {
  const fill = (text: string) =>
    fillScript(text, { first_name: t.sampleName, caller: t.sampleCaller });
  return (
    <Panel title={of.title ?? t.preview}>
      <div class="preview">
        <p class="say">{fill(of.script.introduction)}</p>
        {of.script.questions.map((question, index) => (
          <div key={question.key || index} class="preview-question">
            {question.asked_if.length > 0 ? (
              <p class="hint">{conditionWords(question, of.script.questions)}</p>
            ) : null}
            <p><strong>{fill(question.text)}</strong></p>
            {question.kind === "text" ? <p class="hint">{t.freeText}</p> : null}
            {question.kind === "number" ? <p class="hint">{t.aNumber}</p> : null}
            {question.choices.length === 0 ? null : (
              <ul>
                {question.choices.map((choice) => <li key={choice}>{choice}</li>)}
                <li class="declined">{t.declined}</li>
              </ul>
            )}
          </div>
        ))}
        <p class="say">{fill(of.script.closing)}</p>
      </div>
    </Panel>
  );
}
