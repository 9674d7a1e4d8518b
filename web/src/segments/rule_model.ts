import type { Condition, ListCondition, Rule, SegmentCondition, Statement, Value }
  from "../api/rule";
import type { Field } from "../api/types";
import { hasSpan, isSpanComplete } from "./span_model";

// The builder's own picture of a rule: groups of conditions and groups, each with a key that
// stays its own while one edits.

export type Mode = "all" | "any" | "none";

export interface Leaf {
  kind: "leaf";
  key: number;
  condition: Statement;
  negated: boolean;
}

export interface Group {
  kind: "group";
  key: number;
  mode: Mode;
  items: Node[];
}

export type Node = Leaf | Group;
export type Operator = "in" | "none_of" | "between" | "at_least" | "at_most" | "within"
  | "is" | "ever" | "list" | "segment";

const operators: Record<Field["kind"], Operator[]> = {
  category: ["in", "none_of"],
  number: ["between", "at_least", "at_most"],
  flag: ["is"],
  elections: ["in", "none_of"],
  answers: ["in", "none_of"],
  consents: ["in", "none_of"],
  time: ["within", "between", "at_least", "at_most"],
  contacts: ["ever", "at_least", "at_most", "between"],
  lists: ["list"],
  segments: ["segment"],
};

let lastKey = 0;
const newKey = () => ++lastKey;

export function makeGroup(mode: Mode, items: Node[] = []): Group {
  return { kind: "group", key: newKey(), mode, items };
}

export function makeLeaf(condition: Statement, negated = false): Leaf {
  return { kind: "leaf", key: newKey(), condition, negated };
}

export const operatorsOf = (field: Field): Operator[] => operators[field.kind];

export const isList = (one: Statement): one is ListCondition => "list" in one;
export const isSegment = (one: Statement): one is SegmentCondition => "segment" in one;
export const isOnField = (one: Statement): one is Condition => "field" in one;

/// The name that /v1/fields gives to what the statement is about.
export function fieldNameOf(one: Statement): string {
  if (isList(one)) return "list";
  return isSegment(one) ? "segment" : one.field;
}

export function operatorOf(one: Statement): Operator {
  if (isList(one)) return "list";
  if (isSegment(one)) return "segment";
  if ("in" in one) return "in";
  if ("none_of" in one) return "none_of";
  if ("between" in one) return "between";
  if (one.at_least !== undefined && one.at_most !== undefined) return "between";
  if ("at_least" in one) return "at_least";
  if ("at_most" in one) return "at_most";
  if ("is" in one) return "is";
  return one.field === "contacts" ? "ever" : "within";
}

/// A condition on the field with nothing chosen yet; a range starts as all of it.
export function emptyCondition(field: Field, operator = operatorsOf(field)[0] ?? "in"): Statement {
  const name = field.name;
  const isTime = field.kind === "time";
  const isContacts = field.kind === "contacts";
  const low = field.min ?? (isContacts ? 1 : 0);
  const high = field.max ?? (isContacts ? 5 : 100);
  switch (operator) {
    case "between":
      if (isContacts) return { field: name, at_least: low, at_most: high };
      return { field: name, between: isTime ? ["", ""] : [low, high] };
    case "at_least": return { field: name, at_least: isTime ? "" : low };
    case "at_most": return { field: name, at_most: isTime ? "" : high };
    case "within": return { field: name, within_days: 7 };
    case "is": return { field: name, is: true };
    case "ever": return { field: name };
    case "list": return { list: "" };
    case "segment": return { segment: "" };
    case "none_of": return { field: name, none_of: [] };
    case "in": return { field: name, in: [] };
  }
}

/// Keeps what was chosen where it fits the other operator too.
export function withOperator(field: Field, before: Statement, operator: Operator): Statement {
  const next = emptyCondition(field, operator);
  if (!isOnField(before) || !isOnField(next)) return next;
  const { in: some, none_of: none, between: _b, at_least: _l, at_most: _m, is: _i,
          ...rest } = before;
  const values = some ?? none;
  if (values && operator === "in") return { ...rest, in: values };
  if (values && operator === "none_of") return { ...rest, none_of: values };
  if (field.kind === "time") return next;
  return { ...rest, ...next };
}

const isGiven = (value: Value | undefined) =>
  value !== undefined && value !== "" && !(typeof value === "number" && Number.isNaN(value));

export function isComplete(one: Statement): boolean {
  if (isList(one)) return one.list !== "";
  if (isSegment(one)) return one.segment !== "";
  if (!isSpanComplete(one)) return false;
  if (one.in) return one.in.length > 0;
  if (one.none_of) return one.none_of.length > 0;
  if (one.between) return one.between.every(isGiven);
  const bounds = [one.at_least, one.at_most].filter((value) => value !== undefined);
  if (bounds.length > 0) return bounds.every(isGiven);
  return one.is !== undefined || one.field === "contacts" || hasSpan(one);
}

function isEverybody(rule: Rule): boolean {
  return Object.keys(rule).length === 0;
}

function nodeOf(rule: Rule): Node {
  if ("all" in rule) return makeGroup("all", (rule as { all: Rule[] }).all.map(nodeOf));
  if ("any" in rule) return makeGroup("any", (rule as { any: Rule[] }).any.map(nodeOf));
  if ("not" in rule) {
    const inner = nodeOf((rule as { not: Rule }).not);
    if (inner.kind === "group") {
      return inner.mode === "any" ? { ...inner, mode: "none" } : makeGroup("none", [inner]);
    }
    return inner.negated ? makeGroup("none", [inner]) : { ...inner, negated: true };
  }
  if (isEverybody(rule)) return makeGroup("all");
  return makeLeaf(rule as Statement);
}

/// The root is always a group, so that one can add to it.
export function groupOf(saved: unknown): Group {
  const node = nodeOf(saved as Rule);  // the server has checked it
  return node.kind === "group" ? node : makeGroup("all", [node]);
}

/// The rule as far as it is complete: what has no value yet does not narrow the count.
export function ruleOf(node: Node): Rule | null {
  if (node.kind === "leaf") {
    if (!isComplete(node.condition)) return null;
    return node.negated ? { not: node.condition } : node.condition;
  }
  const rules = node.items.map(ruleOf).filter((rule): rule is Rule => rule !== null);
  if (rules.length === 0) return null;
  switch (node.mode) {
    case "all": return { all: rules };
    case "any": return { any: rules };
    case "none": return { not: { any: rules } };
  }
}

export function wholeRule(root: Group): Rule {
  return ruleOf(root) ?? { all: [] };
}

/// The tree with the node of this key put in place of the old one, or left out when null.
export function replaceNode(root: Group, key: number, next: Node | null): Group {
  const items = root.items.flatMap((item): Node[] => {
    if (item.key === key) return next ? [next] : [];
    return item.kind === "group" ? [replaceNode(item, key, next)] : [item];
  });
  return { ...root, items };
}
