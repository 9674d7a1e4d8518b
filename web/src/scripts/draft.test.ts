import assert from "node:assert/strict";
import { test } from "node:test";
import { fillScript } from "../base/script_words";
import { keyFrom, newScriptOf } from "./draft";

test("blank lines and ends are not choices; free text has none", () => {
  const script = newScriptOf({
    name: " A ", introduction: "Hi ", closing: "",
    questions: [
      { id: 1, key: " support ", kind: "choice", text: "Who?", choices: " Yes \n\n No\n",
        rotates: true, ways: { "1": "end", "0": "", "": "why", "5": "end" }, askedIf: [] },
      { id: 2, key: "why", kind: "text", text: "Why?", choices: "left over",
        rotates: true, ways: {},
        askedIf: [[{ question: "support", choice: 2, isNot: false },
                   { question: "support", choice: 0, isNot: true }]] }],
    language: "en",
    translations: [{ language: " es ", introduction: "Hola", closing: "", questions: {
      1: { text: "¿Quién?", choices: "Sí\nNo" }, 2: { text: " ", choices: "" } } }] });
  assert.deepEqual(script, {
    name: "A", introduction: "Hi", closing: "",
    questions: [
      { key: "support", kind: "choice", text: "Who?", choices: ["Yes", "No"],
        branches: [{ choice: 1, to: "end" }, { to: "why" }], rotates: true, asked_if: [] },
      { key: "why", kind: "text", text: "Why?", choices: [], branches: [], rotates: false,
        asked_if: [{ all: [{ question: "support", choice: 2, is_not: false },
                           { question: "support", choice: 0, is_not: true }] }] }],
    language: "en",
    translations: [{ language: "es", introduction: "Hola", closing: "", questions: [
      { key: "support", text: "¿Quién?", choices: ["Sí", "No"] }] }] });
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
