import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Lease, LeaseVoter } from "../api/types";
import { draftFor, isSavable, nextOpenVoter, resultOf, withDisposition, withVoter }
  from "./call_draft";

const voter = (id: string): LeaseVoter =>
  ({ id, first_name: id, last_name: "X", age: 40, city: null, party: null, gender: null,
     earlier: [] });
const lease = (...ids: string[]): Lease =>
  ({ id: "lea_1", epoch: 3, number: "+19195550123", number_shown: "(919) 555-0123",
     until: "2026-01-01T00:00:00Z", voters: ids.map(voter) });
const question =
  { id: "que_1", key: "support", kind: "choice" as const, text: "?", choices: ["Yes"],
    branches: [], rotates: false, asked_if: [] };
const questions = ["que_1", "que_2", "que_3"].map((id) => ({ ...question, id, key: id }));

describe("the result of a call", () => {
  test("answers mean reached", () => {
    const one = lease("a");
    const draft = withVoter(draftFor(one), "a",
      { answers: { que_1: { choice: 1 }, que_2: { text: " so " }, que_3: { text: " " } },
        note: " nice " });
    assert.deepEqual(resultOf({ lease: one, draft, key: "k", questions }), {
      key: "k", lease: "lea_1", epoch: 3,
      voters: [{ voter: "a", disposition: "reached", note: "nice", answers: [
        { question: "que_1", choice: 1 }, { question: "que_2", text: "so" }] }] });
  });

  test("answers off the way that was taken are left out", () => {
    const one = lease("a");
    const draft = withVoter(draftFor(one), "a",
      { answers: { que_1: { choice: 1 }, que_2: { choice: 1 } } });
    const branching = questions.map((asked) => (
      asked.id === "que_1" ? { ...asked, branches: [{ choice: 1, to: "end" }] } : asked));
    assert.deepEqual(resultOf({ lease: one, draft, key: "k", questions: branching })
      .voters[0]?.answers, [{ question: "que_1", choice: 1 }]);
  });

  test("one of the campaign's own goes with its base", () => {
    const one = lease("a");
    const draft = withDisposition(draftFor(one), "refused", null, "no_time");
    assert.deepEqual(resultOf({ lease: one, draft, key: "k", questions }).voters,
      [{ voter: "a", disposition: "refused", answers: [], own: "no_time" }]);
  });

  test("a reason about the number holds for the household", () => {
    const one = lease("a", "b");
    const draft = withDisposition(draftFor(one), "no_answer");
    const result = resultOf({ lease: one, draft, key: "k", questions });
    assert.deepEqual(result.voters.map((each) => each.disposition), ["no_answer", "no_answer"]);
  });

  test("where nobody spoke there are no answers; where somebody did, they stay", () => {
    const one = lease("a");
    const answered = withVoter(draftFor(one), "a", { answers: { que_1: { choice: 1 } } });
    const answersAfter = (reason: "busy" | "refused") =>
      resultOf({ lease: one, key: "k", questions, draft: withDisposition(answered, reason) })
        .voters[0]?.answers?.length;
    assert.equal(answersAfter("busy"), 0);
    assert.equal(answersAfter("refused"), 1);
  });

  test("others of the household were not at home", () => {
    const one = lease("a", "b");
    const draft = withVoter(draftFor(one), "a", { answers: { que_1: { declined: true } } });
    assert.equal(nextOpenVoter(draft), "b");
    assert.deepEqual(resultOf({ lease: one, draft, key: "k", questions }).voters, [
      { voter: "a", disposition: "reached", answers: [{ question: "que_1", declined: true }] },
      { voter: "b", disposition: "not_home", answers: [] }]);
  });

  test("do not call says nothing of the others", () => {
    const one = lease("a", "b");
    const draft = withDisposition(draftFor(one), "do_not_call");
    assert.deepEqual(resultOf({ lease: one, draft, key: "k", questions }).voters,
                     [{ voter: "a", disposition: "do_not_call", answers: [] }]);
  });

  test("a callback carries its time", () => {
    const one = lease("a");
    const callback = { at: "2026-01-02T15:00:00Z", by: "me" as const };
    const draft = withDisposition(draftFor(one), "callback", callback);
    const result = resultOf({ lease: one, draft, key: "k", questions });
    assert.equal(result.callback_at, callback.at);
    assert.equal(result.callback_by, "me");
    const after = withDisposition(draft, "refused");
    const later = resultOf({ lease: one, draft: after, key: "k", questions });
    assert.equal("callback_at" in later, false);
  });
});

test("there is something to save once a question is answered, or when none is asked", () => {
  const empty = draftFor(lease("a"));
  assert.equal(isSavable(empty, [question]), false);
  assert.equal(isSavable(empty, []), true);
  assert.equal(isSavable(withVoter(empty, "a", { answers: { que_1: { text: " " } } }), [question]),
               false);
  assert.equal(isSavable(withVoter(empty, "a", { answers: { que_1: { choice: 1 } } }), [question]),
               true);
});
