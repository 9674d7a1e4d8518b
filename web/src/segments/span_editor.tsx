import type { Condition } from "../api/rule";
import { emptySpan, fromWithin, spanModeOf, withinOf, withoutSpan } from "./span_model";
import type { SpanMode, Unit, Within } from "./span_model";
import { t } from "./texts";

interface SpanOf {
  title: string;
  condition: Condition;
  onChange: (condition: Condition) => void;
}

const modes: SpanMode[] = ["any", "within", "since", "until", "between"];
const units: Unit[] = ["h", "d", "w"];

export function WithinEditor(of: { title: string; within: Within;
                                   onChange: (within: Within) => void }) {
  const { count, unit } = of.within;
  return (
    <span class="range">
      <input class="input scalar" type="number" min={1} aria-label={`${of.title}: ${t.howLong}`}
        value={Number.isNaN(count) ? "" : count} onInput={(event) => of.onChange(
          { unit, count: event.currentTarget.valueAsNumber })} />
      <select class="input" aria-label={`${of.title}: ${t.unit}`} value={unit}
        onChange={(event) => of.onChange({ count, unit: event.currentTarget.value as Unit })}>
        {units.map((one) => (
          <option key={one} value={one} selected={one === unit}>{t.units[one]}</option>
        ))}
      </select>
    </span>
  );
}

function Day(of: { label: string; value: string; onInput: (value: string) => void }) {
  return (
    <input class="input scalar day" type="date" aria-label={of.label} value={of.value.slice(0, 10)}
      onInput={(event) => of.onInput(event.currentTarget.value)} />
  );
}

/// When it happened: at any time, within the last days, since or until a day.
export function SpanEditor(of: SpanOf) {
  const { condition, title } = of;
  const mode = spanModeOf(condition);
  const bare = withoutSpan(condition);
  const within = withinOf(condition);
  return (
    <div class="span-editor">
      <select class="input" aria-label={`${title}: ${t.when}`} value={mode}
        onChange={(event) => of.onChange(
          { ...bare, ...emptySpan(event.currentTarget.value as SpanMode) })}>
        {modes.map((one) => (
          <option key={one} value={one} selected={one === mode}>{t.spans[one]}</option>
        ))}
      </select>
      {mode === "within" && within ? (
        <WithinEditor title={title} within={within}
          onChange={(next) => of.onChange({ ...bare, ...fromWithin(next) })} />
      ) : null}
      {condition.since !== undefined ? (
        <Day label={`${title}: ${t.spans.since}`} value={condition.since}
          onInput={(since) => of.onChange({ ...condition, since })} />
      ) : null}
      {mode === "between" ? <span>{t.to}</span> : null}
      {condition.until !== undefined ? (
        <Day label={`${title}: ${t.spans.until}`} value={condition.until}
          onInput={(until) => of.onChange({ ...condition, until })} />
      ) : null}
    </div>
  );
}
