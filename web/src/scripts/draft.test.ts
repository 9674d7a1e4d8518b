import assert from "node:assert/strict";
import { test } from "node:test";
import { fillScript } from "../base/script_words";
import { keyFrom, newScriptOf } from "./draft";

test("blank lines and ends are not choices; free text has none", () => {
  const script = newScriptOf({
    name: " A ", introduction: "Hi ", closing: "",
    questions: [
      { id: 1, key: " support ", kind: "choice", text: "Who?", choices: " Yes \n\n No\n" },
      { id: 2, key: "why", kind: "text", text: "Why?", choices: "left over" }] });
  assert.deepEqual(script, {
    name: "A", introduction: "Hi", closing: "",
    questions: [
      { key: "support", kind: "choice", text: "Who?", choices: ["Yes", "No"] },
      { key: "why", kind: "text", text: "Why?", choices: [] }] });
});

test("a short name grows from the question", () => {
  assert.equal(keyFrom("Will you vote for us?"), "will_you_vote");
  assert.equal(keyFrom("?"), "");
});

test("a script's places are filled, other braces stay", () => {
  const words = fillScript("Hi {first_name}, {caller} here, {x}",
                           { first_name: "Ann", caller: "Bo" });
  assert.equal(words, "Hi Ann, Bo here, {x}");
});
