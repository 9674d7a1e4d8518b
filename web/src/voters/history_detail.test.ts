import assert from "node:assert/strict";
import { test } from "node:test";
import type { Voter } from "../api/types";
import { historyDetail } from "./history_detail";

type Entry = Voter["history"][number];

const row = (kind: string, payload: Entry["payload"], number: string | null = null): Entry => ({
  position: 1, at: "2026-10-20T16:00:00Z", kind, actor: "person:3", actor_name: "Ada", number,
  payload,
});
const attempts: Voter["attempts"] = [
  { at: "2026-10-20T16:00:00.5Z", phonebank: "Evening calls", disposition: "reached",
    caller: "Ada", note: null, answers: [] },
];

test("a call: what came of it, where, and how many answers", () => {
  const payload = { attempt: 9, phonebank: 2, disposition: "reached",
                    at: "2026-10-20T16:00:00.500Z",
                    answers: [{ question: 1, choice: 2 }, { question: 2, choice: 1 }] };
  assert.equal(historyDetail(row("attempt_recorded", payload), attempts),
    "Reached · Evening calls · 2 answers");
  const another = { ...payload, disposition: "no_answer", at: "2026-10-19T16:00:00Z", answers: [] };
  assert.equal(historyDetail(row("attempt_recorded", another), attempts), "No answer");
});

test("a bar: its reason, and the number if it is about one", () => {
  const payload = { reason: "do_not_call", voters: [17] };
  assert.equal(historyDetail(row("suppression_added", payload, "+19195550123"), attempts),
    "Do not call · (919) 555-0123");
  assert.equal(historyDetail(row("suppression_ended", payload), attempts), "Do not call");
});

test("an import and a correction", () => {
  assert.equal(historyDetail(row("import_published", { kind: "scores", rows: 1 }), attempts),
    "Scores · 1 row");
  assert.equal(historyDetail(row("voter_corrected", { fields: ["last_name", "party"] }), attempts),
    "Last name, Party");
});

test("nothing rather than what nobody can read", () => {
  const payloads: Entry["payload"][] =
    [null, 3, "x", [1], {}, { disposition: 7, answers: 2, at: "never" }];
  for (const payload of payloads) {
    for (const kind of ["attempt_recorded", "suppression_added", "voter_corrected", "later_kind"]) {
      assert.equal(historyDetail(row(kind, payload), attempts), "");
    }
  }
});
