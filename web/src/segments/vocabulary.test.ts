import assert from "node:assert/strict";
import { test } from "node:test";
import type { Field } from "../api/types";
import { builderFields, vocabulary } from "./vocabulary";

const field = (name: string, kind: Field["kind"], values: string[] = []): Field => ({
  name, title: "T", sentence: "", kind, operators: [], min: null, max: null, answered: null,
  values: values.map((value) => ({ value, title: value, count: 1 })) });

test("every consent can be chosen, those that are known once", () => {
  const all = builderFields([field("consent:campaign:phone", "consents"), field("age", "number")],
    { ever: (title) => `${title} (ever)`, consent: (purpose, channel) => `${purpose} ${channel}`,
      states: [{ value: "given", title: "Given" }] });
  const consents = all.filter((one) => one.kind === "consents");
  assert.equal(consents.length, 24);
  assert.equal(new Set(consents.map((one) => one.name)).size, 24);
  assert.equal(consents[0]?.title, "campaign phone");
});

test("kinds of elections come from the elections, arms from the lists", () => {
  const list = { id: "lst_1", arms: [{ name: "holdout", size: 1 }, { name: "a", size: 2 }] };
  const words = vocabulary({
    self: null, lists: [list as never], banks: [], resultTitle: "R", bankTitle: "B",
    fields: [field("voted", "elections", ["2022-11-08 general", "2022-05-17 primary",
                                          "2020-11-03 general"])] });
  assert.deepEqual(words.electionKinds, ["general", "primary"]);
  assert.deepEqual(words.armsOf("lst_1"), ["holdout", "a"]);
  assert.deepEqual(words.armsOf("lst_2"), []);
});
