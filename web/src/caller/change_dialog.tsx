import { useState } from "preact/hooks";
import { changeResult } from "../api/client";
import type { CallerStart, Question, RecordResultInput } from "../api/types";
import { dispositionTitle } from "../base/dispositions";
import type { Disposition } from "../base/dispositions";
import { place } from "../base/format";
import { useAction } from "../base/load";
import { asked, fillScript } from "../base/script_words";
import { uuid } from "../base/uuid";
import { Dialog } from "../ui/dialog";
import { Button } from "../ui/elements";
import { Failed } from "../ui/loaded";
import type { Given } from "./call_draft";
import type { Handed } from "./calling";
import { QuestionField } from "./question_field";
import { t } from "./texts";

export const changeMs = 10 * 60_000;

type Reason = keyof typeof t.reasons;
type VoterResult = RecordResultInput["voters"][number];

// A promised callback needs a time and stays what it is.
const reasons = (Object.keys(t.reasons) as Reason[]).filter((reason) => reason !== "callback");

export function isSpokenResult(result: RecordResultInput): boolean {
  return result.voters.some((voter) => voter.disposition === "reached");
}

/// "Ann, Bob" and what was saved of them.
function wordsOf(of: Handed) {
  const names = of.lease.voters.map((voter) => place(voter.first_name)).join(", ");
  const results = [...new Set(of.result.voters.map((one) => dispositionTitle(one.disposition)))];
  return { names, results: results.join(", ") };
}

function Answers(of: { handed: Handed; questions: Question[]; caller: string; busy: boolean;
                       onSave: (voters: VoterResult[]) => void }) {
  const spoken = of.handed.result.voters.filter((one) => one.disposition === "reached");
  const first = spoken[0];
  const [given, setGiven] = useState<Record<string, Given>>(() => Object.fromEntries(
    (first?.answers ?? []).map(({ question, ...answer }) => [question, answer])));
  if (!first) return null;
  const voter = of.handed.lease.voters.find((one) => one.id === first.voter);
  const names = { first_name: place(voter?.first_name), caller: of.caller };
  const way = asked(of.questions, (question) => given[question.id]);
  const answers = way.flatMap((question) => {
    const answer = given[question.id];
    const isSaid = answer && (answer.declined || answer.choice || (answer.text ?? "").trim());
    return answer && isSaid ? [{ question: question.id, ...answer }] : [];
  });
  return (
    <div class="script">
      <h3>{fillScript(t.changeAnswers, names)}</h3>
      {way.map((question, index) => (
        <QuestionField key={question.id} question={question} seed={0} names={names} active={false}
          place={{ number: index + 1, all: of.questions.length }} given={given[question.id]}
          onGive={(next) => setGiven({ ...given, [question.id]: next })} />
      ))}
      <Button kind="primary" large busy={of.busy} disabled={answers.length === 0}
        onClick={() => of.onSave([{ ...first, answers }])}>{t.changeSave}</Button>
    </div>
  );
}

/// Makes another result of the last call, or takes it back.
export function ChangeDialog(of: {
  handed: Handed; home: CallerStart; onChanged: (result: RecordResultInput) => void;
  onClose: () => void }) {
  const { handed } = of;
  const [key] = useState(uuid);  // one change, however often it is sent
  const { names, results } = wordsOf(handed);
  const { run, busy, error } = useAction(async (voters: VoterResult[]) => {
    await changeResult({ key, of: handed.result.key, voters });
    const changed = handed.result.voters.map(
      (one) => voters.find((other) => other.voter === one.voter) ?? one);
    of.onChanged({ ...handed.result, voters: voters.length > 0 ? changed : [] });
  });
  const all = (disposition: Disposition) => handed.result.voters.map(
    (one): VoterResult => ({ voter: one.voter, disposition, answers: [],
                             ...(one.note ? { note: one.note } : {}) }));
  return (
    <Dialog title={t.changeTitle(names)} onClose={of.onClose}>
      <p>{t.changeWas(results)}</p>
      <p class="hint">{t.changeHint}</p>
      <Answers handed={handed} questions={of.home.script.questions} caller={of.home.name}
        busy={busy} onSave={(voters) => void run(voters)} />
      <div class="reasons" role="group" aria-label={t.changeWhat}>
        <h3>{t.changeWhat}</h3>
        {reasons.map((reason) => (
          <button key={reason} type="button" class="reason" disabled={busy}
            onClick={() => void run(all(reason))}>{t.reasons[reason]}</button>
        ))}
      </div>
      {error ? <Failed error={error} /> : null}
      <div class="row form-end">
        <Button kind="danger" large busy={busy} onClick={() => void run([])}>{t.takeBack}</Button>
        <Button large onClick={of.onClose}>{t.back}</Button>
      </div>
    </Dialog>
  );
}
