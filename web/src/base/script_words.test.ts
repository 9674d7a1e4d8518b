import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { asked, fillScript, scriptIn } from "./script_words";
import type { GivenAnswer } from "./script_words";

interface When {
  question: string;
  choice: number;
  is_not?: boolean;
}
const question = (key: string, branches: { choice?: number; to: string }[] = [],
                  askedIf: When[][] = []) =>
  ({ key, branches: branches.map((one) => ({ to: one.to, choice: one.choice ?? null })),
     asked_if: askedIf.map((all) => ({ all })) });
const keys = (given: Record<string, GivenAnswer>, all: ReturnType<typeof question>[]) =>
  asked(all, (one) => given[one.key]).map((one) => one.key).join(" ");

describe("the way through a script", () => {
  const all = [question("support", [{ choice: 1, to: "volunteer" }, { choice: 0, to: "end" }]),
               question("issue"), question("volunteer")];
  test("stops where an answer decides", () => {
    assert.equal(keys({}, all), "support");
  });
  test("follows the answers", () => {
    assert.equal(keys({ support: { choice: 1 } }, all), "support volunteer");
    assert.equal(keys({ support: { choice: 2 } }, all), "support issue volunteer");
    assert.equal(keys({ support: { declined: true } }, all), "support");
  });
  test("without branches shows every question at once", () => {
    assert.equal(keys({}, [question("a"), question("b")]), "a b");
  });
  test("an answer that no branch names takes the other way", () => {
    const other = [question("a", [{ choice: 1, to: "c" }, { to: "end" }]), question("b"),
                   question("c")];
    assert.equal(keys({ a: { choice: 2 } }, other), "a");
    assert.equal(keys({ a: { text: "words" } }, other), "a");
    assert.equal(keys({ a: { choice: 1 } }, other), "a c");
  });
});

describe("questions that are asked by earlier answers", () => {
  const ours = { question: "support", choice: 1 };
  const jobs = { question: "issues", choice: 1 };
  const all = [question("support"), question("issues"), question("age"),
               question("help", [], [[ours, jobs]]),
               question("why", [], [[{ ...ours, is_not: true }], [jobs]]),
               question("last", [], [[{ question: "help", choice: 2 }]])];
  test("are shown where one alternative holds with all its conditions", () => {
    assert.equal(keys({}, all), "support issues age why");
    assert.equal(keys({ support: { choice: 1 } }, all), "support issues age");
    assert.equal(keys({ support: { choice: 1 }, issues: { text: "1 3" } }, all),
                 "support issues age help why");
    assert.equal(keys({ support: { choice: 1 }, issues: { text: "11" } }, all),
                 "support issues age");
    assert.equal(keys({ support: { declined: true } }, all), "support issues age why");
  });
  test("do not count once they are passed over themselves", () => {
    const given = { support: { choice: 1 }, issues: { text: "1" }, help: { choice: 2 } };
    assert.equal(keys(given, all), "support issues age help why last");
    assert.equal(keys({ ...given, support: { choice: 2 } }, all), "support issues age why");
  });
  test("go on as after any other answer where they are passed over", () => {
    const led = [question("a"), question("b", [{ to: "d" }], [[{ question: "a", choice: 1 }]]),
                 question("c"), question("d")];
    assert.equal(keys({ a: { choice: 2 } }, led), "a d");
  });
});

test("places are filled, unknown ones stay", () => {
  const filled = fillScript("{first_name} of {city}: {caller} {x}",
    { first_name: "Ann", caller: "Bo" });
  assert.equal(filled, "Ann of : Bo {x}");
});

test("a translation falls back to the script's own words", () => {
  const script = {
    introduction: "Hello", closing: "Bye",
    questions: [{ key: "a", text: "Well?", choices: ["Yes", "No"] },
                { key: "b", text: "Why?", choices: [] }],
    translations: [{ language: "es", introduction: "Hola", closing: "",
                     questions: [{ key: "a", text: "", choices: ["Sí", "No"] }] }] };
  const spanish = scriptIn(script, "es");
  assert.equal(spanish.introduction, "Hola");
  assert.equal(spanish.closing, "Bye");
  assert.deepEqual(spanish.questions[0]?.choices, ["Sí", "No"]);
  assert.equal(spanish.questions[0]?.text, "Well?");
  assert.equal(spanish.questions[1]?.text, "Why?");
  assert.equal(scriptIn(script, "fr"), script);
});
