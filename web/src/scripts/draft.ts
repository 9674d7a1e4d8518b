import type { NewScript } from "../api/client";
import type { QuestionKind, Script, Translation } from "../api/types";

/// An answer to an earlier question by which another is asked; choice 0: declined.
export interface ConditionDraft {
  question: string;  // its key
  choice: number;
  isNot: boolean;
}

export interface QuestionDraft {
  id: number;
  key: string;
  kind: QuestionKind;
  text: string;
  choices: string;  // one a line
  rotates: boolean;
  ways: Record<string, string>;  // by answer: its number, "0" declined, "" any other -> key or end
  askedIf: ConditionDraft[][];  // any of these, each of conditions that hold together
}

/// The script in another language, as it is edited.
export interface TranslationDraft {
  language: string;
  introduction: string;
  closing: string;
  questions: Record<number, { text: string; choices: string }>;  // by the question's id
}

export interface ScriptDraft {
  name: string;
  introduction: string;
  closing: string;
  questions: QuestionDraft[];
  language: string;
  translations: TranslationDraft[];
}

export const isSingle = (kind: QuestionKind) => kind === "choice" || kind === "scale";
export const mayRotate = (kind: QuestionKind) => kind === "choice" || kind === "multiple";
export const hasChoices = (kind: QuestionKind) => isSingle(kind) || kind === "multiple";

/// A saved script as it is edited.
export function draftOf(script: Script): ScriptDraft {
  return {
    name: script.name, introduction: script.introduction, closing: script.closing,
    questions: script.questions.map((question, index) => ({
      id: index, key: question.key, kind: question.kind, text: question.text,
      choices: question.choices.join("\n"), rotates: question.rotates,
      ways: Object.fromEntries(question.branches.map(
        (one) => [one.choice === null || one.choice === undefined ? "" : String(one.choice),
                  one.to])),
      askedIf: question.asked_if.map(({ all }) => all.map((one) => (
        { question: one.question, choice: one.choice, isNot: one.is_not ?? false }))) })),
    language: script.language,
    translations: script.translations.map((one) => translationOf(script, one)),
  };
}

function translationOf(script: Script, words: Translation): TranslationDraft {
  const questions = Object.fromEntries(script.questions.flatMap((question, index) => {
    const said = words.questions?.find((one) => one.key === question.key);
    return said
      ? [[index, { text: said.text ?? "", choices: (said.choices ?? []).join("\n") }]] : [];
  }));
  return { language: words.language, introduction: words.introduction ?? "",
           closing: words.closing ?? "", questions };
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
      choices: hasChoices(question.kind) ? linesOf(question.choices) : [],
      branches: branchesOf(question), rotates: question.rotates && mayRotate(question.kind),
      asked_if: question.askedIf.map((all) => ({ all: all.map((one) => (
        { question: one.question, choice: one.choice, is_not: one.isNot })) })) })),
    language: draft.language.trim(),
    translations: draft.translations.map((words) => ({
      language: words.language.trim(), introduction: words.introduction.trim(),
      closing: words.closing.trim(),
      questions: draft.questions.flatMap((question) => {
        const said = words.questions[question.id];
        if (!said || (said.text.trim() === "" && said.choices.trim() === "")) return [];
        return [{ key: question.key.trim(), text: said.text.trim(),
                  choices: hasChoices(question.kind) ? linesOf(said.choices) : [] }];
      }) })),
  };
}

function branchesOf(question: QuestionDraft) {
  const most = isSingle(question.kind) ? linesOf(question.choices).length : 0;
  return Object.entries(question.ways)
    .filter(([choice, to]) => to !== "" && Number(choice || 0) <= most)
    .map(([choice, to]) => (choice === "" ? { to } : { choice: Number(choice), to }));
}

/// "Will you vote for us?" -> "will_you_vote": a start for the short name.
export function keyFrom(text: string): string {
  const words = text.toLowerCase().replace(/[^a-z0-9\s]/g, "").split(/\s+/).filter(Boolean);
  return words.slice(0, 3).join("_").slice(0, 30);
}
