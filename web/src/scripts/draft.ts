import type { NewScript } from "../api/client";
import type { QuestionKind, Script } from "../api/types";

export interface QuestionDraft {
  id: number;
  key: string;
  kind: QuestionKind;
  text: string;
  choices: string;  // one a line
}

export interface ScriptDraft {
  name: string;
  introduction: string;
  closing: string;
  questions: QuestionDraft[];
}

/// A saved script as it is edited.
export function draftOf(script: Script): ScriptDraft {
  return {
    name: script.name, introduction: script.introduction, closing: script.closing,
    questions: script.questions.map((question, index) => ({
      id: index, key: question.key, kind: question.kind, text: question.text,
      choices: question.choices.join("\n") })),
  };
}

export function linesOf(text: string): string[] {
  return text.split("\n").map((line) => line.trim()).filter((line) => line !== "");
}

export function newScriptOf(draft: ScriptDraft): NewScript {
  return {
    name: draft.name.trim(),
    introduction: draft.introduction.trim(),
    closing: draft.closing.trim(),
    questions: draft.questions.map((question) => ({
      key: question.key.trim(), kind: question.kind, text: question.text.trim(),
      choices: question.kind === "text" ? [] : linesOf(question.choices) })),
  };
}

/// "Will you vote for us?" -> "will_you_vote": a start for the short name.
export function keyFrom(text: string): string {
  const words = text.toLowerCase().replace(/[^a-z0-9\s]/g, "").split(/\s+/).filter(Boolean);
  return words.slice(0, 3).join("_").slice(0, 30);
}
