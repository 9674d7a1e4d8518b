import type { Condition, Rule, Value } from "../api/rule";
import type { Field } from "../api/types";

// The builder's own picture of a rule: groups of conditions and groups, each with a key that
// stays its own while one edits.

export type Mode = "all" | "any" | "none";

export interface Leaf {
  kind: "leaf";
  key: number;
  condition: Condition;
}

export interface Group {
  kind: "group";
  key: number;
  mode: Mode;
  items: Node[];
}

export type Node = Leaf | Group;
export type Operator = "in" | "none_of" | "between" | "at_least" | "at_most" | "within_days"
  | "is";

// What the builder can show of each kind of field; other rules are shown as text.
const shownOperators: Partial<Record<Field["kind"], Operator[]>> = {
  category: ["in", "none_of"],
  number: ["between", "at_least", "at_most"],
  flag: ["is"],
  elections: ["in", "none_of"],
  answers: ["in", "none_of"],
  consents: ["in", "none_of"],
  time: ["between", "at_least", "at_most", "within_days"],
};
const known: readonly string[] =
  ["in", "none_of", "between", "at_least", "at_most", "within_days", "is"];

let lastKey = 0;
const newKey = () => ++lastKey;

export function makeGroup(mode: Mode, items: Node[] = []): Group {
  return { kind: "group", key: newKey(), mode, items };
}

export function makeLeaf(condition: Condition): Leaf {
  return { kind: "leaf", key: newKey(), condition };
}

export function operatorsOf(field: Field): Operator[] {
  const shown = shownOperators[field.kind] ?? [];
  const given = shown.filter((one) => field.operators.includes(one));
  return given.length > 0 ? given : shown;
}

/// The fields that the builder offers.
export function shownFields(fields: Field[]): Field[] {
  return fields.filter((field) => field.kind in shownOperators);
}

/// Whether the builder can show all of a saved rule.
export function isShown(saved: unknown, fields: Field[]): boolean {
  const rule = saved as Record<string, unknown>;
  if (isEverybody(rule as Rule)) return true;
  const inner = (key: string) => (rule[key] as unknown[]).every((one) => isShown(one, fields));
  if ("all" in rule) return inner("all");
  if ("any" in rule) return inner("any");
  if ("not" in rule) return isShown(rule.not, fields);
  const field = shownFields(fields).find((one) => one.name === rule.field);
  if (!field) return false;
  const said = Object.keys(rule).filter((key) => key !== "field" && key !== "of_last");
  return said.length === 1 && operatorsOf(field).includes(said[0] as Operator);
}

export function operatorOf(condition: Condition): Operator {
  return (known.find((one) => one in condition) ?? "in") as Operator;
}

/// A condition on the field with nothing chosen yet; a range starts as all of it.
export function emptyCondition(field: Field, operator = operatorsOf(field)[0] ?? "in"): Condition {
  const name = field.name;
  const low = field.min ?? 0;
  const high = field.max ?? 100;
  switch (operator) {
    case "between": return { field: name, between: field.kind === "time" ? ["", ""] : [low, high] };
    case "at_least": return { field: name, at_least: field.kind === "time" ? "" : low };
    case "at_most": return { field: name, at_most: field.kind === "time" ? "" : high };
    case "within_days": return { field: name, within_days: 7 };
    case "is": return { field: name, is: true };
    case "none_of": return { field: name, none_of: [] };
    case "in": return { field: name, in: [] };
  }
}

const isGiven = (value: Value | undefined) =>
  value !== undefined && value !== "" && !(typeof value === "number" && Number.isNaN(value));

export function isComplete(condition: Condition): boolean {
  if (condition.in) return condition.in.length > 0;
  if (condition.none_of) return condition.none_of.length > 0;
  if (condition.between) return condition.between.every(isGiven);
  if ("at_least" in condition) return isGiven(condition.at_least);
  if ("at_most" in condition) return isGiven(condition.at_most);
  if ("within_days" in condition) return isGiven(condition.within_days);
  return condition.is !== undefined;
}

function isEverybody(rule: Rule): boolean {
  return Object.keys(rule).length === 0;
}

function nodeOf(rule: Rule): Node {
  if ("all" in rule) return makeGroup("all", (rule as { all: Rule[] }).all.map(nodeOf));
  if ("any" in rule) return makeGroup("any", (rule as { any: Rule[] }).any.map(nodeOf));
  if ("not" in rule) {
    const inner = (rule as { not: Rule }).not;
    if ("any" in inner) return makeGroup("none", (inner as { any: Rule[] }).any.map(nodeOf));
    return makeGroup("none", [nodeOf(inner)]);
  }
  return makeLeaf(rule as Condition);
}

/// The root is always a group, so that one can add to it.
export function groupOf(saved: unknown): Group {
  const rule = saved as Rule;  // the server has checked it
  if (isEverybody(rule)) return makeGroup("all");
  const node = nodeOf(rule);
  return node.kind === "group" ? node : makeGroup("all", [node]);
}

/// The rule as far as it is complete: what has no value yet does not narrow the count.
export function ruleOf(node: Node): Rule | null {
  if (node.kind === "leaf") return isComplete(node.condition) ? node.condition : null;
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
