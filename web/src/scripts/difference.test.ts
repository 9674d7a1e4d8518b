import assert from "node:assert/strict";
import { test } from "node:test";
import type { Script } from "../api/types";
import { differences, pieces } from "./difference";

const script = (of: Partial<Script>): Script => ({
  id: "scr_1", name: "A", version: 1, introduction: "Hello {first_name}", closing: "Bye",
  questions: [{ id: "qst_1", key: "support", kind: "choice", text: "Whom?",
                choices: ["Ours", "Theirs"], branches: [], rotates: false, asked_if: [] }],
  language: "en", translations: [], saved_at: "2026-01-01T00:00:00Z", ...of });

test("the same words differ in nothing", () => {
  assert.deepEqual(differences(script({}), script({ version: 2, name: "B" })), []);
});

test("each passage that differs is named, also what one version does not have", () => {
  const before = script({ translations: [{ language: "es", introduction: "Hola" }] });
  const after = script({
    introduction: "Good morning {first_name}",
    questions: [{ id: "qst_1", key: "support", kind: "choice", text: "Whom?",
                  choices: ["Ours", "Theirs", "None"], branches: [{ choice: 0, to: "end" }],
                  rotates: false, asked_if: [] },
                { id: "qst_2", key: "why", kind: "text", text: "Why?", choices: [],
                  branches: [], rotates: false, asked_if: [{ all: [
                    { question: "support", choice: 2 }, { question: "support", choice: 0,
                                                          is_not: true }] }] }] });
  assert.deepEqual(differences(before, after).map((one) => [one.place.part, one.place.key,
                                                            one.place.language, one.before,
                                                            one.after]), [
    ["introduction", undefined, undefined, "Hello {first_name}", "Good morning {first_name}"],
    ["order", undefined, undefined, "support", "support, why"],
    ["choices", "support", undefined, "Ours · Theirs", "Ours · Theirs · None"],
    ["ways", "support", undefined, "", "– → end"],
    ["question", "why", undefined, "", "Why?"],
    ["conditions", "why", undefined, "", "support = 2 ∧ support ≠ –"],
    ["introduction", undefined, "es", "Hola", ""],
  ]);
});

test("a text is compared word by word", () => {
  assert.deepEqual(pieces("Will you vote for us?", "Will you surely vote for us?"), [
    { kind: "same", text: "Will you " }, { kind: "new", text: "surely " },
    { kind: "same", text: "vote for us?" }]);
  assert.deepEqual(pieces("a b", "a c"), [
    { kind: "same", text: "a " }, { kind: "gone", text: "b" }, { kind: "new", text: "c" }]);
  assert.deepEqual(pieces("", "new"), [{ kind: "new", text: "new" }]);
  assert.deepEqual(pieces("gone", ""), [{ kind: "gone", text: "gone" }]);
});

test("a passage that is very long is shown before and after", () => {
  const long = "word ".repeat(700);
  assert.deepEqual(pieces(long, `${long}more`).map((one) => one.kind), ["gone", "new"]);
});
