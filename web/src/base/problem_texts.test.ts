import assert from "node:assert/strict";
import { test } from "node:test";
import { germanSentence } from "./problem_texts";

test("a refusal is said in German by its code and field", () => {
  assert.match(germanSentence("expired", "code")!, /abgelaufen, aufgebraucht/);
  assert.match(germanSentence("not_found", "code")!, /k7mq-2hpd-9xwt/);
  assert.match(germanSentence("over_limit", "voters[3].note")!, /Notiz ist zu lang/);
  assert.match(germanSentence("lease_lost", "voters")!, /gelöscht/);
});

test("a field without words of its own falls back to the code, an unknown code to nothing", () => {
  assert.equal(germanSentence("not_found", null), "Das gibt es hier nicht (mehr).");
  assert.equal(germanSentence("expired", "elsewhere"), "Das ist abgelaufen.");
  assert.equal(germanSentence("new_code", "x"), null);
});
