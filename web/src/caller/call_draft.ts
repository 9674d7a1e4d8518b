import type { AnswerInput, Lease, Question, RecordResultInput } from "../api/types";
import type { Disposition } from "../base/dispositions";
import { asked } from "../base/script_words";

// What the caller has noted of the call at hand, before it is saved.

export type Given = Omit<AnswerInput, "question">;

export interface VoterDraft {
  answers: Record<string, Given>;  // by question id
  disposition: Disposition | null;  // why the voter was not reached
  own?: string | null;  // one of the campaign's own, whose base disposition is
  note: string;
}

export interface Callback {
  at: string;
  by: "me" | "anyone";
}

export interface CallDraft {
  lease: string;
  current: string;  // voter
  voters: Record<string, VoterDraft>;
  callback: Callback | null;  // counts only while a voter's disposition is callback
}

/// These are about the number, so they hold for every voter behind it.
const ofTheLine: readonly Disposition[] =
  ["no_answer", "busy", "left_message", "wrong_number", "disconnected"];

/// Nobody spoke, so there can be no answers.
const unspoken: readonly Disposition[] = ["no_answer", "busy", "left_message", "disconnected"];

export function isOfTheLine(disposition: Disposition): boolean {
  return ofTheLine.includes(disposition);
}

const emptyVoter = (): VoterDraft => ({ answers: {}, disposition: null, note: "" });

export function draftFor(lease: Lease): CallDraft {
  return {
    lease: lease.id, current: lease.voters[0]?.id ?? "", callback: null,
    voters: Object.fromEntries(lease.voters.map((voter) => [voter.id, emptyVoter()])) };
}

export function voterDraft(draft: CallDraft, voter: string): VoterDraft {
  return draft.voters[voter] ?? emptyVoter();
}

export function withVoter(draft: CallDraft, voter: string, part: Partial<VoterDraft>): CallDraft {
  const next = { ...voterDraft(draft, voter), ...part };
  return { ...draft, voters: { ...draft.voters, [voter]: next } };
}

function isGiven(given: Given): boolean {
  return given.declined === true || given.choice !== undefined || (given.text ?? "").trim() !== "";
}

export function isAnswered(draft: CallDraft, voter: string, question: string): boolean {
  const given = voterDraft(draft, voter).answers[question];
  return given !== undefined && isGiven(given);
}

function isTouched(voter: VoterDraft): boolean {
  return voter.disposition !== null || Object.values(voter.answers).some(isGiven);
}

/// Whether there is something to save.
export function isSavable(draft: CallDraft, questions: Question[]): boolean {
  return questions.length === 0 || Object.values(draft.voters).some(isTouched);
}

export function statusOf(draft: CallDraft, voter: string): "open" | "reached" | "unreached" {
  const one = voterDraft(draft, voter);
  if (one.disposition) return "unreached";
  return isTouched(one) ? "reached" : "open";
}

/// The questions on the way that a voter's answers take.
export function askedOf(draft: CallDraft, voter: string, questions: Question[]): Question[] {
  const { answers } = voterDraft(draft, voter);
  return asked(questions, (question) => answers[question.id]);
}

function answersOf(voter: VoterDraft, questions: Question[]): AnswerInput[] {
  if (voter.disposition && unspoken.includes(voter.disposition)) return [];
  const way = new Set(asked(questions, (one) => voter.answers[one.id]).map((one) => one.id));
  return Object.entries(voter.answers)
    .filter(([question, given]) => way.has(question) && isGiven(given))
    .map(([question, given]): AnswerInput => {
      if (given.declined) return { question, declined: true };
      if (given.choice !== undefined) return { question, choice: given.choice };
      return { question, text: (given.text ?? "").trim() };
    });
}

function noteOf(voter: VoterDraft): { note?: string } {
  const note = voter.note.trim();
  return note === "" ? {} : { note };
}

/// The result of the call. Others of the household of whom nothing was noted were not at home;
/// after "do not call" nothing is said of them, for the number is barred.
export function resultOf(of: { lease: Lease; draft: CallDraft; key: string;
                               questions: Question[] }): RecordResultInput {
  const { lease, draft, questions } = of;
  const all = lease.voters.map((voter) => ({ id: voter.id, of: voterDraft(draft, voter.id) }));
  const touched = all.some((one) => isTouched(one.of));
  const barred = all.some((one) => one.of.disposition === "do_not_call");
  const voters = all.flatMap(({ id, of: voter }): RecordResultInput["voters"] => {
    if (!isTouched(voter) && touched) {
      return barred ? [] : [{ voter: id, disposition: "not_home", answers: [], ...noteOf(voter) }];
    }
    return [{ voter: id, disposition: voter.disposition ?? "reached",
              answers: answersOf(voter, questions), ...noteOf(voter),
              ...(voter.own ? { own: voter.own } : {}) }];
  });
  const promised = voters.some((voter) => voter.disposition === "callback");
  const { callback } = draft;
  return {
    key: of.key, lease: lease.id, epoch: lease.epoch, voters,
    ...(callback && promised ? { callback_at: callback.at, callback_by: callback.by } : {}) };
}

/// Sets a reason: for every voter when it is about the number, else for the current one.
export function withDisposition(
  draft: CallDraft, disposition: Disposition, callback: Callback | null = null,
  own: string | null = null): CallDraft {
  const who = isOfTheLine(disposition) ? Object.keys(draft.voters) : [draft.current];
  const marked = who.reduce((next, voter) => withVoter(next, voter, { disposition, own }), draft);
  return callback ? { ...marked, callback } : marked;
}

/// The next voter of the household of whom nothing is noted, or null.
export function nextOpenVoter(draft: CallDraft): string | null {
  return Object.keys(draft.voters).find((voter) => statusOf(draft, voter) === "open") ?? null;
}
