import type { Question } from "../api/types";
import { fillScript } from "../base/script_words";
import { Panel } from "../ui/elements";
import { t } from "./texts";

export interface PreviewOf {
  introduction: string;
  closing: string;
  questions: Omit<Question, "id">[];
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
