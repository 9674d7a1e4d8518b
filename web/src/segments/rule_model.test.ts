import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Rule } from "../api/rule";
import type { Field } from "../api/types";
import { emptyCondition, fieldNameOf, groupOf, isComplete, makeLeaf, operatorOf, operatorsOf,
         replaceNode, withOperator, wholeRule } from "./rule_model";

const county = { field: "county", in: ["WAKE", "DURHAM"] };
const age: Field = { name: "age", title: "Age", sentence: "", kind: "number", operators: [],
                     values: null, min: 18, max: 110, answered: null };

describe("a rule goes through the builder unchanged", () => {
  const rules: Rule[] = [
    { all: [county, { field: "age", between: [30, 44] }] },
    { any: [county, { all: [{ field: "has_phone", is: true }] }] },
    { not: { any: [county, { field: "votes_count", at_least: 2, of_last: 4 }] } },
    { all: [{ not: { any: [{ field: "answer:support", in: [1, 2] }] } }] },
    { all: [{ field: "answered:support", in: [1], within_days: 14 }, { not: { list: "lst_1" } }] },
    { any: [{ list: "lst_1", arm: "holdout" }, { segment: "seg_1" },
            { not: { segment: "seg_2" } }] },
    { all: [{ field: "contacts", at_least: 2, at_most: 5, results: ["busy"], phonebanks: ["phb_1"],
              within: "36h" }] },
    { all: [{ field: "contacts" }, { not: { field: "contacts", since: "2026-10-01" } }] },
    { all: [{ field: "last_contacted_at", within_days: 7 },
            { field: "score:climate", at_most: 9 }] },
    { all: [{ field: "votes_count", between: [1, 2], of_last: 4, of_kind: "general" }] },
    { all: [{ not: { any: [{ not: county }] } }] },
  ];
  for (const rule of rules) {
    test(JSON.stringify(rule), () => assert.deepEqual(wholeRule(groupOf(rule)), rule));
  }
});

test("everybody is an empty group", () => {
  assert.deepEqual(wholeRule(groupOf({})), { all: [] });
  assert.deepEqual(wholeRule(groupOf({ all: [] })), { all: [] });
});

test("a rule of one condition becomes a group of one", () => {
  assert.deepEqual(wholeRule(groupOf(county)), { all: [county] });
});

test("not of all stays the same in meaning", () => {
  assert.deepEqual(wholeRule(groupOf({ not: { all: [county] } })),
                   { not: { any: [{ all: [county] }] } });
});

test("what has no value yet does not count", () => {
  const root = groupOf({ all: [county] });
  root.items.push(makeLeaf({ field: "party", in: [] }));
  assert.deepEqual(wholeRule(root), { all: [county] });
  assert.equal(isComplete({ field: "age", between: [NaN, 4] }), false);
  assert.equal(isComplete({ field: "age", at_least: 0 }), true);
  assert.equal(isComplete({ field: "has_phone", is: false }), true);
});

test("a range starts as all of it", () => {
  assert.deepEqual(operatorsOf(age), ["between", "at_least", "at_most"]);
  assert.deepEqual(emptyCondition(age), { field: "age", between: [18, 110] });
  assert.deepEqual(emptyCondition(age, "at_most"), { field: "age", at_most: 110 });
});

test("a node deep inside is replaced and removed by its key", () => {
  const root = groupOf({ all: [{ any: [county] }] });
  const inner = root.items[0];
  assert.ok(inner && inner.kind === "group");
  const leaf = inner.items[0];
  assert.ok(leaf && leaf.kind === "leaf");
  const changed = replaceNode(root, leaf.key, { ...leaf, condition: { field: "x", is: true } });
  assert.deepEqual(wholeRule(changed), { all: [{ any: [{ field: "x", is: true }] }] });
  assert.deepEqual(wholeRule(replaceNode(root, leaf.key, null)), { all: [] });
});

test("a negated condition is one, with its field and operator", () => {
  const [leaf] = groupOf({ not: { field: "contacts", at_least: 2, at_most: 3 } }).items;
  assert.ok(leaf && leaf.kind === "leaf" && leaf.negated);
  assert.equal(fieldNameOf(leaf.condition), "contacts");
  assert.equal(operatorOf(leaf.condition), "between");
  assert.equal(fieldNameOf({ list: "lst_1" }), "list");
  assert.equal(operatorOf({ field: "contacts" }), "ever");
  assert.equal(operatorOf({ field: "last_contacted_at", within: "36h" }), "within");
});

test("another operator keeps values, times and results where they fit", () => {
  const support: Field = { ...age, name: "answer:support", kind: "answers" };
  const chosen = { field: "answer:support", in: [1], within_days: 7 };
  assert.deepEqual(withOperator(support, chosen, "none_of"),
                   { field: "answer:support", none_of: [1], within_days: 7 });
  const contacts: Field = { ...age, name: "contacts", kind: "contacts", min: null, max: null };
  const often = { field: "contacts", at_least: 4, results: ["busy"] };
  assert.deepEqual(withOperator(contacts, often, "ever"),
                   { field: "contacts", results: ["busy"] });
  const ever = { field: "contacts", results: ["busy"] };
  assert.deepEqual(withOperator(contacts, ever, "between"),
                   { field: "contacts", results: ["busy"], at_least: 1, at_most: 5 });
});

test("a time that is not said yet keeps a condition from counting", () => {
  assert.equal(isComplete({ field: "contacts", since: "" }), false);
  assert.equal(isComplete({ field: "contacts", within: "NaNh" }), false);
  assert.equal(isComplete({ field: "contacts" }), true);
  assert.equal(isComplete({ list: "" }), false);
  assert.equal(isComplete({ segment: "seg_1" }), true);
});
