import type { Field, List, PriorityStep, PriorityStepInput, Segment } from "../api/types";
import { words } from "../base/format";
import { Button } from "../ui/elements";
import { stepOf, stepsMax, valueOf } from "./priority_step";
import { t } from "./texts";

/// What a step can be.
export interface Choices {
  segments: Segment[];
  lists: List[];
  fields: Field[];
}

const isScore = (field: Field) => field.name.startsWith("score:") ||
  ["support_score", "turnout_score", "persuadability"].includes(field.name);

export function scoreTitle(score: string): string {
  return words(score.replace(/^score:/, ""));
}

/// "Democrats", "Letters: card", "turnout score, highest first"
export function stepTitle(step: PriorityStep): string {
  if (!step.score) return step.name;
  return t.priorities.score(scoreTitle(step.score), step.lowest_first);
}

function Options(of: Choices) {
  const words = t.priorities;
  const scores = of.fields.filter(isScore);
  return (
    <>
      <option value="">{words.choose}</option>
      {of.segments.length > 0 ? (
        <optgroup label={words.segments}>
          {of.segments.map((one) => (
            <option key={one.id} value={`segment ${one.id}`}>{words.inSegment(one.name)}</option>))}
        </optgroup>
      ) : null}
      {scores.length > 0 ? (
        <optgroup label={words.scores}>
          {scores.flatMap((one) => [false, true].map((lowest) => (
            <option key={`${one.name} ${lowest}`}
              value={`score ${one.name} ${lowest ? "low" : "high"}`}>
              {words.score(scoreTitle(one.name), lowest)}
            </option>)))}
        </optgroup>
      ) : null}
      {of.lists.length > 0 ? (
        <optgroup label={words.lists}>
          {of.lists.flatMap((one) => [
            <option key={one.id} value={`list ${one.id}`}>{words.onList(one.name)}</option>,
            ...(one.arms.length > 2 ? one.arms.slice(1).map((arm) => (
              <option key={`${one.id} ${arm.name}`} value={`list ${one.id} ${arm.name}`}>
                {words.onList(`${one.name}: ${arm.name}`)}
              </option>)) : []),
          ])}
        </optgroup>
      ) : null}
    </>
  );
}

/// Who comes first, one step below the other.
export function StepsEditor(of: { legend: string; choices: Choices; steps: PriorityStepInput[];
                                  onChange: (steps: PriorityStepInput[]) => void;
                                  error: string | null }) {
  const { steps } = of;
  const words = t.priorities;
  const put = (place: number, step: PriorityStepInput) =>
    of.onChange(steps.map((one, i) => (i === place ? step : one)));
  return (
    <fieldset class="priority-steps">
      <legend>{of.legend}</legend>
      <p class="hint">{words.hint}</p>
      {steps.map((step, place) => (
        <div class="row" key={place}>
          <select class="input" aria-label={words.step(place + 1)} value={valueOf(step)}
            onChange={(event) => put(place, stepOf(event.currentTarget.value))}>
            <Options {...of.choices} />
          </select>
          <button type="button" class="button quiet remove" aria-label={words.remove(place + 1)}
            onClick={() => of.onChange(steps.filter((_, i) => i !== place))}>×</button>
        </div>
      ))}
      {steps.length < stepsMax ? (
        <Button kind="quiet" onClick={() => of.onChange([...steps, { score: "" }])}>
          + {steps.length === 0 ? words.addFirst : words.addNext}
        </Button>
      ) : null}
      {of.error ? <p class="field-error">{of.error}</p> : null}
    </fieldset>
  );
}
