import { useEffect, useRef, useState } from "preact/hooks";
import type { CallerStart, Lease, LeaseVoter, LiveCall, RecordResultInput, Script }
  from "../api/types";
import type { Disposition } from "../base/dispositions";
import { place } from "../base/format";
import { fillScript, languageName, scriptIn } from "../base/script_words";
import { uuid } from "../base/uuid";
import { Button, Notice } from "../ui/elements";
import { AreaField, SelectField } from "../ui/form";
import { askedOf, isAnswered, isOfTheLine, isSavable, nextOpenVoter, resultOf, voterDraft,
         withDisposition, withVoter } from "./call_draft";
import type { CallDraft, Callback, Given } from "./call_draft";
import { seedOf } from "../base/choice_order";
import { keepDraft, openDraft } from "./draft_shelf";
import { QuestionField } from "./question_field";
import { useCallKeys } from "./keys";
import { t } from "./texts";
import { UnreachedSheet } from "./unreached_sheet";
import { VoterCard } from "./voter_card";

export interface CallOf {
  home: CallerStart;
  lease: Lease;
  barred: boolean;
  practice?: boolean;
  live: LiveCall | null;  // the call that the server makes
  onFinish: (result: RecordResultInput) => void;
  onSkip: () => void;
}

/// The draft of the call at hand, kept over a reload.
function useDraft(lease: Lease) {
  const [draft, setDraft] = useState<CallDraft>(() => openDraft(lease));
  const change = (next: CallDraft) => {
    setDraft(next);
    keepDraft(next);
  };
  return { draft, change };
}

interface ScriptOf {
  script: Script;
  draft: CallDraft;
  voter: LeaseVoter;
  caller: string;
  phonebank: string;
  active: string | null;  // question
  onGive: (question: string, given: Given) => void;
  onNote: (note: string) => void;
}

function ScriptView(of: ScriptOf) {
  const { voter } = of;
  const names = { first_name: place(voter.first_name), last_name: place(voter.last_name),
                  city: voter.city ? place(voter.city) : "", party: voter.party ?? "",
                  phonebank: of.phonebank, caller: of.caller };
  const mine = voterDraft(of.draft, of.voter.id);
  const [noting, setNoting] = useState(mine.note !== "");
  const { questions } = of.script;
  const way = askedOf(of.draft, voter.id, questions);
  const ended = way.length === questions.length || way.every(
    (question) => isAnswered(of.draft, voter.id, question.id));
  return (
    <section class="script" aria-label={t.script}>
      <p class="say">{fillScript(of.script.introduction, names)}</p>
      {way.map((question, index) => (
        <QuestionField key={`${of.voter.id} ${question.id}`} question={question} names={names}
          seed={seedOf(of.voter.id)}
          place={{ number: index + 1, all: questions.length }} given={mine.answers[question.id]}
          active={of.active === question.id}
          onGive={(given) => of.onGive(question.id, given)} />
      ))}
      {of.script.closing && ended
        ? <p class="say closing">{fillScript(of.script.closing, names)}</p> : null}
      {noting ? (
        <AreaField label={t.note} value={mine.note} rows={2} maxLength={1000} hint={t.noteHint}
          onInput={of.onNote} />
      ) : <div><Button kind="quiet" onClick={() => setNoting(true)}>+ {t.addNote}</Button></div>}
    </section>
  );
}

const languageKey = "hustings.script_language";

/// The language in which the caller reads the script; kept for the next call.
function useScriptLanguage(script: Script): [string, (tag: string) => void] {
  const [chosen, setChosen] = useState(() => {
    try {
      return localStorage.getItem(languageKey) ?? script.language;
    } catch {
      return script.language;
    }
  });
  const known = script.translations.some((one) => one.language === chosen);
  return [known ? chosen : script.language, (tag) => {
    setChosen(tag);
    try {
      localStorage.setItem(languageKey, tag);
    } catch {
      // Then it is chosen again after a reload.
    }
  }];
}

/// What the buttons and keys of a call do.
function useCall(of: CallOf & { scriptLanguage: string }) {
  const { lease, home } = of;
  const { draft, change } = useDraft(lease);
  const [marked, setMarked] = useState<string | null>(null);
  const finished = useRef(false);
  const script = scriptIn(home.script, of.scriptLanguage);
  const { questions } = script;
  const savable = isSavable(draft, questions);
  const active = askedOf(draft, draft.current, questions).find((question) =>
    (question.kind === "choice" || question.kind === "scale") &&
    !isAnswered(draft, draft.current, question.id)) ?? null;
  const finish = (last: CallDraft) => {
    if (finished.current) return;  // a double tap is one result
    finished.current = true;
    keepDraft(null);
    of.onFinish(resultOf({ lease, draft: last, key: uuid(), questions }));
  };
  const give = (question: string, given: Given) => {
    const answers = { ...voterDraft(draft, draft.current).answers, [question]: given };
    change(withVoter(draft, draft.current, { answers, disposition: null, own: null }));
  };
  const save = () => { if (savable) finish(draft); };
  const unreached = (reason: Disposition, when: Callback | null, own: string | null) => {
    const next = withDisposition(draft, reason, when, own);
    const other = isOfTheLine(reason) || reason === "do_not_call" ? null : nextOpenVoter(next);
    if (!other) {
      finish(next);
      return;
    }
    change({ ...next, current: other });
    setMarked(other);
  };
  const choose = (digit: number) => {
    if (!active) return;
    if (digit === 0) give(active.id, { declined: true });
    else if (digit <= active.choices.length) give(active.id, { choice: digit });
  };
  return { script, draft, change, savable, active, give, save, unreached, choose, marked };
}

export function CallView(of: CallOf) {
  const { lease, home } = of;
  const [scriptLanguage, setScriptLanguage] = useScriptLanguage(home.script);
  const call = useCall({ ...of, scriptLanguage });
  const [sheet, setSheet] = useState(false);
  const top = useRef<HTMLDivElement>(null);
  const phone = useRef<HTMLElement>(null);
  const voter = lease.voters.find((one) => one.id === call.draft.current) ?? lease.voters[0];
  useEffect(() => {
    window.scrollTo(0, 0);
    top.current?.querySelector("h1")?.focus({ preventScroll: true });
  }, [lease.id]);
  useCallKeys(!sheet, {
    choose: call.choose, save: call.save, unreached: () => setSheet(true), skip: of.onSkip,
    phone: () => phone.current?.click() });
  if (!voter) return null;
  const first = place(voter.first_name);
  return (
    <div class="call" ref={top}>
      <VoterCard lease={lease} draft={call.draft} voter={voter} barred={of.barred}
        dial={{ driver: home.dialling, practice: of.practice ?? false, live: of.live,
                control: phone, onPropose: (reason) => call.unreached(reason, null, null) }}
        onSkip={of.onSkip}
        onSwitch={(current) => call.change({ ...call.draft, current })} />
      <div class="call-script">
        {home.script.translations.length > 0 ? (
          <SelectField label={t.scriptLanguage} value={scriptLanguage}
            onChange={setScriptLanguage}
            options={[home.script.language, ...home.script.translations.map((one) => one.language)]
              .map((tag) => ({ value: tag, title: languageName(tag) }))} />
        ) : null}
        {call.marked === voter.id ? <Notice tone="accent">{t.markedElse(first)}</Notice> : null}
        <ScriptView key={voter.id} script={call.script} draft={call.draft} voter={voter}
          caller={home.name} phonebank={home.phonebank.name} active={call.active?.id ?? null}
          onGive={call.give}
          onNote={(note) => call.change(withVoter(call.draft, voter.id, { note }))} />
      </div>
      <footer class="call-bar">
        <Button large onClick={() => setSheet(true)}>{t.unreached(first)}</Button>
        <Button kind="primary" large onClick={call.save} disabled={!call.savable}>
          {t.saveNext}
        </Button>
        {call.savable ? null : <p class="hint">{t.saveHint}</p>}
      </footer>
      {sheet ? (
        <UnreachedSheet name={first} opens={home.phonebank.opens} closes={home.phonebank.closes}
          onClose={() => setSheet(false)}
          own={home.dispositions.filter((one) => one.own && one.offered)}
          onReason={(reason, callback, own) => {
            setSheet(false);
            call.unreached(reason, callback, own);
          }} />
      ) : null}
    </div>
  );
}
