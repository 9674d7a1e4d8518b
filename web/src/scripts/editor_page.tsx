import { useRef, useState } from "preact/hooks";
import { saveScript, script } from "../api/client";
import type { QuestionKind } from "../api/types";
import { useAction, useLoad } from "../base/load";
import { fieldError } from "../base/problem";
import { navigate } from "../base/router";
import { Button, PageHead, Panel } from "../ui/elements";
import { AreaField, Form, SelectField, TextField } from "../ui/form";
import { Loaded } from "../ui/loaded";
import { Conditions } from "./conditions_editor";
import { draftOf, hasChoices, keyFrom, mayRotate, newScriptOf } from "./draft";
import type { QuestionDraft, ScriptDraft } from "./draft";
import { Preview } from "./preview";
import { t } from "./texts";
import { Languages, Ways } from "./ways_editor";
import { XlsformPanel } from "./xlsform_panel";

const start: ScriptDraft = {
  name: "", introduction: t.introductionStart, closing: t.closingStart,
  questions: [{
    id: 0, key: "support", kind: "choice", text: t.questionStart, choices: t.choicesStart,
    rotates: false, ways: {}, askedIf: [] }],
  language: "en", translations: [],
};

const kinds: QuestionKind[] = ["choice", "multiple", "scale", "number", "text"];

interface QuestionOf {
  draft: QuestionDraft;
  all: QuestionDraft[];
  index: number;
  onChange: (draft: QuestionDraft) => void;
  onRemove: () => void;
  onUp: (() => void) | null;
}

function QuestionEditor(of: QuestionOf) {
  const { draft, onChange } = of;
  const setText = (text: string) => {
    const untouched = draft.key === keyFrom(draft.text);
    onChange({ ...draft, text, key: untouched ? keyFrom(text) : draft.key });
  };
  return (
    <fieldset class="question-editor">
      <legend class="label">{t.question(of.index + 1)}</legend>
      <div class="form-grid">
        <TextField label={t.words} value={draft.text} onInput={setText} required wide />
        <TextField label={t.key} value={draft.key} required hint={t.keyHint}
          onInput={(key) => onChange({ ...draft, key })} />
        <SelectField label={t.kind} value={draft.kind}
          options={kinds.map((kind) => ({ value: kind, title: t.kinds[kind] }))}
          onChange={(kind) => onChange({ ...draft, kind: kind as QuestionKind })} />
        {hasChoices(draft.kind) ? (
          <AreaField label={t.choices} value={draft.choices} rows={5} wide hint={t.choicesHint}
            onInput={(choices) => onChange({ ...draft, choices })} />
        ) : null}
        {mayRotate(draft.kind) ? (
          <label class="check">
            <input type="checkbox" checked={draft.rotates}
              onChange={(event) => onChange({ ...draft, rotates: event.currentTarget.checked })} />
            <span>{t.rotates}</span>
          </label>
        ) : null}
      </div>
      <Conditions draft={draft} all={of.all}
        onChange={(askedIf) => onChange({ ...draft, askedIf })} />
      <Ways draft={draft} others={of.all} onChange={(ways) => onChange({ ...draft, ways })} />
      <div class="row">
        {of.onUp ? <Button kind="quiet" onClick={of.onUp}>{t.up}</Button> : null}
        <Button kind="quiet" onClick={of.onRemove}>{t.removeQuestion}</Button>
      </div>
    </fieldset>
  );
}

function Questions(of: { questions: QuestionDraft[]; onChange: (all: QuestionDraft[]) => void }) {
  const lastId = useRef(of.questions.length);
  const { questions, onChange } = of;
  const add = () => onChange([...questions, {
    id: ++lastId.current, key: "", kind: "choice", text: "", choices: "Yes\nNo",
    rotates: false, ways: {}, askedIf: [] }]);
  const up = (index: number) => {
    const next = [...questions];
    const moved = next.splice(index, 1);
    next.splice(index - 1, 0, ...moved);
    onChange(next);
  };
  return (
    <div class="stack">
      {questions.map((draft, index) => (
        <QuestionEditor key={draft.id} draft={draft} all={questions} index={index}
          onChange={(next) => onChange(questions.map((one) => (one.id === next.id ? next : one)))}
          onRemove={() => onChange(questions.filter((one) => one.id !== draft.id))}
          onUp={index > 0 ? () => up(index) : null} />
      ))}
      <div class="row"><Button onClick={add}>+ {t.addQuestion}</Button></div>
    </div>
  );
}

function Editor(of: { id: string | null; start: ScriptDraft }) {
  const [draft, setDraft] = useState<ScriptDraft>(of.start);
  const set = (part: Partial<ScriptDraft>) => setDraft({ ...draft, ...part });
  const { run, busy, error } = useAction(async () => {
    navigate(`/scripts/${(await saveScript(of.id, newScriptOf(draft))).id}`);
  });
  return (
    <>
      <PageHead title={of.id ? of.start.name : t.newTitle}
        lead={of.id ? t.versionLead : undefined} back={{ href: "/scripts", title: t.back }} />
      <div class="columns wide-left">
        <Panel>
          <Form onSubmit={() => void run()} submit={t.submit} busy={busy} error={error}
            fields={["name"]}>
            <TextField label={t.name} value={draft.name} onInput={(name) => set({ name })} required
              autoFocus error={fieldError(error, "name")} />
            <AreaField label={t.introduction} value={draft.introduction} rows={4}
              onInput={(introduction) => set({ introduction })} hint={t.introductionHint} />
            <Questions questions={draft.questions}
              onChange={(questions) => set({ questions })} />
            <AreaField label={t.closing} value={draft.closing} rows={2}
              onInput={(closing) => set({ closing })} />
            <Languages language={draft.language} translations={draft.translations}
              questions={draft.questions} onLanguage={(language) => set({ language })}
              onChange={(translations) => set({ translations })} />
          </Form>
        </Panel>
        <div class="count-side"><Preview script={newScriptOf(draft)} /></div>
      </div>
    </>
  );
}

export function EditorPage(of: { params: Record<string, string> }) {
  const id = of.params.id ?? null;
  const { load } = useLoad(
    async (signal) => (id ? draftOf(await script(id, signal)) : start), [id]);
  const [read, setRead] = useState<{ draft: ScriptDraft; round: number } | null>(null);
  return (
    <Loaded load={load} rows={8}>
      {(draft) => (
        <div class="stack">
          <Editor key={read?.round ?? 0} id={id} start={read?.draft ?? draft} />
          {id ? null : <XlsformPanel onRead={(next) =>
            setRead({ draft: next, round: (read?.round ?? 0) + 1 })} />}
        </div>
      )}
    </Loaded>
  );
}
