import type { PriorityStepInput } from "../api/types";

export const stepsMax = 6;

/// A step as the value of a select, and back.
export function valueOf(step: PriorityStepInput): string {
  if (step.segment) return `segment ${step.segment}`;
  if (step.list) return `list ${step.list} ${step.arm ?? ""}`.trim();
  return step.score ? `score ${step.score} ${step.lowest_first ? "low" : "high"}` : "";
}

export function stepOf(value: string): PriorityStepInput {
  const [kind, name = "", more = ""] = value.split(" ");
  if (kind === "segment") return { segment: name };
  if (kind === "list") return { list: name, arm: more };
  return { score: name, lowest_first: more === "low" };
}

/// Steps that were chosen; one that was only added says nothing.
export const chosenSteps = (steps: PriorityStepInput[]) =>
  steps.filter((step) => valueOf(step) !== "");
