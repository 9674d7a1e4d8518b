import { Button } from "../ui/elements";
import { AreaField, SelectField, TextField } from "../ui/form";
import { hasChoices, isSingle, linesOf } from "./draft";
import type { QuestionDraft, TranslationDraft } from "./draft";
import { t } from "./texts";

/// Where each answer leads; the next question unless something else is chosen.
export function Ways(of: { draft: QuestionDraft; others: QuestionDraft[];
                           onChange: (ways: Record<string, string>) => void }) {
  const { draft } = of;
  const targets = [
    ...of.others.filter((one) => one.key !== "" && one.id !== draft.id).map((one) => ({
      value: one.key, title: one.text || one.key })),
    { value: "end", title: t.wayEnd }];
  const answers = isSingle(draft.kind) ? linesOf(draft.choices) : [];
  const rows: [string, string][] = [
    ...answers.map((words, index): [string, string] => [String(index + 1), words]),
    ["0", t.declined], ["", t.wayOther]];
  return (
    <details class="ways" open={Object.values(draft.ways).some((to) => to !== "")}>
      <summary>{t.ways}</summary>
      <div class="form-grid">
        {rows.map(([choice, words]) => (
          <SelectField key={choice} label={t.wayAfter(words)} value={draft.ways[choice] ?? ""}
            empty={t.wayNext} options={targets}
            onChange={(to) => of.onChange({ ...draft.ways, [choice]: to })} />
        ))}
      </div>
    </details>
  );
}

function OneTranslation(of: { words: TranslationDraft; questions: QuestionDraft[];
                              onChange: (words: TranslationDraft) => void;
                              onRemove: () => void }) {
  const { words, onChange } = of;
  const said = (id: number) => words.questions[id] ?? { text: "", choices: "" };
  const set = (id: number, part: Partial<{ text: string; choices: string }>) => onChange({
    ...words, questions: { ...words.questions, [id]: { ...said(id), ...part } } });
  return (
    <fieldset class="question-editor">
      <legend class="label">{t.translation(words.language)}</legend>
      <TextField label={t.language} value={words.language} required maxLength={20}
        hint={t.languageHint} onInput={(language) => onChange({ ...words, language })} />
      <AreaField label={t.introduction} value={words.introduction} rows={3}
        onInput={(introduction) => onChange({ ...words, introduction })} />
      {of.questions.map((question) => (
        <div key={question.id} class="stack">
          <TextField label={question.text || question.key} value={said(question.id).text}
            onInput={(text) => set(question.id, { text })} />
          {hasChoices(question.kind) ? (
            <AreaField label={t.choicesOf(question.text || question.key)} rows={4}
              value={said(question.id).choices} hint={linesOf(question.choices).join(" · ")}
              onInput={(choices) => set(question.id, { choices })} />
          ) : null}
        </div>
      ))}
      <AreaField label={t.closing} value={words.closing} rows={2}
        onInput={(closing) => onChange({ ...words, closing })} />
      <div class="row"><Button kind="quiet" onClick={of.onRemove}>{t.removeLanguage}</Button></div>
    </fieldset>
  );
}

export function Languages(of: { language: string; translations: TranslationDraft[];
                                questions: QuestionDraft[];
                                onLanguage: (language: string) => void;
                                onChange: (all: TranslationDraft[]) => void }) {
  const { translations, onChange } = of;
  return (
    <details class="ways" open={translations.length > 0}>
      <summary>{t.languages}</summary>
      <div class="stack">
        <TextField label={t.ownLanguage} value={of.language} required maxLength={20}
          hint={t.languageHint} onInput={of.onLanguage} />
        {translations.map((words, index) => (
          <OneTranslation key={index} words={words} questions={of.questions}
            onChange={(next) => onChange(translations.map(
              (one, at) => (at === index ? next : one)))}
            onRemove={() => onChange(translations.filter((_, at) => at !== index))} />
        ))}
        <div class="row">
          <Button onClick={() => onChange([...translations, {
            language: translations.length === 0 ? "es" : "", introduction: "", closing: "",
            questions: {} }])}>+ {t.addLanguage}</Button>
        </div>
      </div>
    </details>
  );
}
