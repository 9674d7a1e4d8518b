import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Rule } from "../api/rule";
import type { Field } from "../api/types";
import { emptyCondition, groupOf, isComplete, isShown, makeLeaf, operatorsOf, replaceNode,
         shownFields, wholeRule } from "./rule_model";

const county = { field: "county", in: ["WAKE", "DURHAM"] };
const age: Field = { name: "age", title: "Age", sentence: "", kind: "number", operators: [],
                     values: null, min: 18, max: 110 };

describe("a rule goes through the builder unchanged", () => {
  const rules: Rule[] = [
    { all: [county, { field: "age", between: [30, 44] }] },
    { any: [county, { all: [{ field: "has_phone", is: true }] }] },
    { not: { any: [county, { field: "votes_count", at_least: 2, of_last: 4 }] } },
    { all: [{ not: { any: [{ field: "answer:support", in: [1, 2] }] } }] },
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

test("what the builder cannot show is known as such", () => {
  const support: Field = { ...age, name: "answer:support", kind: "answers",
                           operators: ["in", "none_of", "within_days"] };
  const contacts: Field = { ...age, name: "contacts", kind: "contacts", operators: ["at_least"] };
  const fields = [age, support, contacts];
  assert.deepEqual(shownFields(fields).map((one) => one.name), ["age", "answer:support"]);
  assert.deepEqual(operatorsOf(support), ["in", "none_of"]);
  assert.ok(isShown({}, fields));
  assert.ok(isShown({ all: [{ field: "age", between: [30, 44] },
                            { not: { field: "answer:support", in: [1] } }] }, fields));
  for (const rule of [{ field: "contacts", at_least: 2 }, { list: "lst_1" }, { segment: "seg_1" },
                      { any: [{ field: "answer:support", in: [1], within_days: 7 }] }]) {
    assert.ok(!isShown(rule, fields), JSON.stringify(rule));
  }
});
