import { useEffect, useRef, useState } from "preact/hooks";
import { openSheet, saveSheet } from "../api/forms";
import type { AnswerInput, FormSheet } from "../api/types";
import { day } from "../base/format";
import { useAction, useLoad } from "../base/load";
import { ApiError, sentenceOf } from "../base/problem";
import { asked, languageName, scriptIn } from "../base/script_words";
import { uuid } from "../base/uuid";
import { Alone } from "../ui/alone";
import { Button, Notice } from "../ui/elements";
import { SelectField } from "../ui/form";
import { Skeleton } from "../ui/loaded";
import { FormField, nothing } from "./form_field";
import type { Given } from "./form_field";
import { formTexts } from "./form_texts";

const saveAfterMs = 800;
type Answers = Record<string, Given>;

/// What this browser alone knows of the link: who has it gets back what it saved.
function browserOf(token: string): string {
  const key = `hustings.form.${token.slice(0, 12)}`;
  try {
    const kept = localStorage.getItem(key) ?? uuid() + uuid();
    localStorage.setItem(key, kept);
    return kept;
  } catch {
    return "";  // private windows without storage: nothing can be gone on with
  }
}

const isGiven = (given: Given | undefined): given is Given => given !== undefined &&
  (given.declined === true || (given.choice ?? 0) > 0 || (given.text ?? "").trim() !== "");

function answersOf(sheet: FormSheet, answers: Answers): AnswerInput[] {
  return asked(sheet.questions, (question) => answers[question.id])
    .flatMap((question): AnswerInput[] => {
      const given = answers[question.id];
      if (!isGiven(given)) return [];
      if (given.declined) return [{ question: question.id, declined: true }];
      return [given.choice ? { question: question.id, choice: given.choice }
        : { question: question.id, text: (given.text ?? "").trim() }];
    });
}

function languageOf(sheet: FormSheet): string {
  const there = [sheet.language, ...sheet.translations.map((one) => one.language)];
  const mine = navigator.languages.map((one) => one.toLowerCase());
  return mine.map((one) => there.find((tag) => one.startsWith(tag.toLowerCase().slice(0, 2))))
    .find((tag) => tag !== undefined) ?? sheet.language;
}

/// Saves a moment after the last change, and says whether it is.
function useSaving(token: string, browser: string, sheet: FormSheet, answers: Answers,
                   touched: boolean) {
  const [saved, setSaved] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const timer = useRef(0);
  useEffect(() => {
    if (!touched) return undefined;
    setSaved(false);
    timer.current = window.setTimeout(() => {
      saveSheet({ token, browser, answers: answersOf(sheet, answers), done: false })
        .then(() => { setSaved(true); setError(null); }, setError);
    }, saveAfterMs);
    return () => window.clearTimeout(timer.current);
  }, [answers, touched]);
  return { saved, error, stop: () => window.clearTimeout(timer.current) };
}

function placeOf(error: unknown, sent: { question: string }[]): string | null {
  if (!(error instanceof ApiError)) return null;
  const place = /^answers\[(\d+)\]/.exec(error.where ?? "");
  return place ? sent[Number(place[1])]?.question ?? null : null;
}

function Filling(of: { token: string; browser: string; sheet: FormSheet; onDone: () => void }) {
  const { token, browser, sheet } = of;
  const [language, setLanguage] = useState(languageOf(sheet));
  const [answers, setAnswers] = useState<Answers>(() => Object.fromEntries(
    sheet.answers.map(({ question, ...given }) => [question, given])));
  const [touched, setTouched] = useState(false);
  const t = formTexts(language);
  const shown = scriptIn(sheet, language);
  const way = asked(shown.questions, (question) => answers[question.id]);
  const saving = useSaving(token, browser, sheet, answers, touched);
  const sent = answersOf(sheet, answers);
  const { run, busy, error } = useAction(async () => {
    saving.stop();
    await saveSheet({ token, browser, answers: sent, done: true });
    of.onDone();
  });
  const wrong = error ?? saving.error;
  const at = placeOf(wrong, sent);
  useEffect(() => { document.documentElement.lang = language; }, [language]);
  return (
    <form class="stack" onSubmit={(event) => { event.preventDefault(); void run(); }}>
      {sheet.translations.length > 0 ? (
        <SelectField label={t.language} value={language} onChange={setLanguage}
          options={[sheet.language, ...sheet.translations.map((one) => one.language)].map(
            (tag) => ({ value: tag, title: languageName(tag) }))} />
      ) : null}
      {shown.introduction ? <p class="say">{shown.introduction}</p> : null}
      {way.map((question, index) => (
        <FormField key={question.id} question={question} number={index + 1}
          all={shown.questions.length} rotation={sheet.rotation} language={language}
          given={answers[question.id]} error={at === question.id ? sentenceOf(wrong) : null}
          onGive={(given) => {
            setTouched(true);
            setAnswers({ ...answers, [question.id]: given ?? nothing });
          }} />
      ))}
      {shown.closing ? <p class="say">{shown.closing}</p> : null}
      {wrong && !at ? <Notice tone="bad">{sentenceOf(wrong)}</Notice> : null}
      <Button kind="primary" submit large disabled={busy || sent.length === 0}>
        {busy ? t.sending : t.send}</Button>
      <p class="hint" role="status">{touched ? saving.saved ? t.saved : t.unsaved : t.once}</p>
      <p class="hint">{t.until(day(sheet.expires_at))} {t.privacy}</p>
    </form>
  );
}

export function FormPage(of: { params: Record<string, string> }) {
  const token = of.params.token ?? "";
  const [browser] = useState(() => browserOf(token));
  const [done, setDone] = useState(false);
  const { load } = useLoad((signal) => openSheet(token, browser, signal), [token]);
  const t = formTexts(navigator.language);
  if (load.state === "loading") return <Alone title={t.loading}><Skeleton rows={4} /></Alone>;
  if (load.state === "failed") {
    return (
      <Alone title={t.failedTitle}>
        <Notice tone="bad">{sentenceOf(load.error)}</Notice>
      </Alone>
    );
  }
  const sheet = load.data;
  if (done || sheet.done) {
    return <Alone title={t.doneTitle}><Notice tone="good">{t.done}</Notice></Alone>;
  }
  return (
    <Alone title={sheet.name}>
      <Filling token={token} browser={browser} sheet={sheet} onDone={() => setDone(true)} />
    </Alone>
  );
}
