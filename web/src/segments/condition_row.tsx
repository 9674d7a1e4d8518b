import type { Condition, Value } from "../api/rule";
import type { Field } from "../api/types";
import { emptyCondition, isComplete, operatorOf, operatorsOf } from "./rule_model";
import type { Operator } from "./rule_model";
import { ValuePicker } from "./value_picker";
import { t } from "./texts";

interface EditorOf {
  field: Field;
  condition: Condition;
  onChange: (condition: Condition) => void;
}

function Scalar(of: { field: Field; label: string; value: Value | undefined;
                      onInput: (value: Value) => void }) {
  const isTime = of.field.kind === "time";
  const shown = typeof of.value === "number" && Number.isNaN(of.value) ? "" : of.value ?? "";
  const take = (text: string) => of.onInput(isTime ? text : text === "" ? NaN : Number(text));
  return (
    <input class="input scalar" type={isTime ? "date" : "number"} aria-label={of.label}
      value={shown} min={of.field.min ?? undefined} max={of.field.max ?? undefined}
      onInput={(event) => take(event.currentTarget.value)} />
  );
}

function Range(of: EditorOf) {
  const [low, high] = of.condition.between ?? ["", ""];
  const set = (between: [Value, Value]) => of.onChange({ ...of.condition, between });
  return (
    <span class="range">
      <Scalar field={of.field} label={`${of.field.title} ${t.from}`} value={low}
        onInput={(value) => set([value, high])} />
      <span>{t.to}</span>
      <Scalar field={of.field} label={`${of.field.title} ${t.to}`} value={high}
        onInput={(value) => set([low, value])} />
    </span>
  );
}

function OfLast(of: EditorOf) {
  const take = (text: string) => {
    const { of_last: _, ...rest } = of.condition;
    of.onChange(text === "" ? rest : { ...rest, of_last: Number(text) });
  };
  return (
    <span class="range">
      <span>{t.ofLast}</span>
      <input class="input scalar" type="number" min={1} max={10} aria-label={t.ofLast}
        value={of.condition.of_last ?? ""} onInput={(event) => take(event.currentTarget.value)} />
    </span>
  );
}

function Editor(of: EditorOf) {
  const { field, condition, onChange } = of;
  const label = `${t.value}: ${field.title}`;
  switch (operatorOf(condition)) {
    case "in":
      return <ValuePicker field={field} chosen={condition.in ?? []}
        onChange={(chosen) => onChange({ ...condition, in: chosen })} />;
    case "none_of":
      return <ValuePicker field={field} chosen={condition.none_of ?? []}
        onChange={(chosen) => onChange({ ...condition, none_of: chosen })} />;
    case "between": return <Range {...of} />;
    case "at_least":
      return <Scalar field={field} label={label} value={condition.at_least}
        onInput={(value) => onChange({ ...condition, at_least: value })} />;
    case "at_most":
      return <Scalar field={field} label={label} value={condition.at_most}
        onInput={(value) => onChange({ ...condition, at_most: value })} />;
    case "within_days":
      return (
        <span class="range">
          <input class="input scalar" type="number" min={1} aria-label={label}
            value={condition.within_days ?? ""} onInput={(event) => onChange(
              { ...condition, within_days: event.currentTarget.valueAsNumber })} />
          <span>{t.days}</span>
        </span>
      );
    case "is":
      return (
        <select class="input scalar" aria-label={label} value={String(condition.is)}
          onChange={(event) => onChange(
            { ...condition, is: event.currentTarget.value === "true" })}>
          <option value="true">{t.yes}</option>
          <option value="false">{t.no}</option>
        </select>
      );
  }
}

/// Keeps what was chosen when only the operator changes between two of the same shape.
function withOperator(field: Field, before: Condition, operator: Operator): Condition {
  const values = before.in ?? before.none_of;
  if (values && operator === "in") return { field: field.name, in: values };
  if (values && operator === "none_of") return { field: field.name, none_of: values };
  return emptyCondition(field, operator);
}

function FieldSelect(of: { fields: Field[]; field: Field; onChange: (field: Field) => void }) {
  const kinds = [...new Set(of.fields.map((one) => one.kind))];
  return (
    <select class="input" aria-label={t.field} value={of.field.name}
      onChange={(event) => {
        const next = of.fields.find((one) => one.name === event.currentTarget.value);
        if (next) of.onChange(next);
      }}>
      {kinds.map((kind) => (
        <optgroup key={kind} label={t.kinds[kind]}>
          {of.fields.filter((one) => one.kind === kind).map((one) => (
            <option key={one.name} value={one.name} selected={one.name === of.field.name}>
              {one.title}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}

export interface RowOf extends EditorOf {
  fields: Field[];
  onRemove: () => void;
}

export function ConditionRow(of: RowOf) {
  const operators = operatorsOf(of.field);
  const operator = operatorOf(of.condition);
  const titles = of.field.kind === "elections" ? t.electionOperators : t.operators;
  const takesLast = of.field.operators.includes("of_last");
  return (
    <div class="condition" role="group" aria-label={of.field.title}
      title={of.field.sentence || undefined}>
      <FieldSelect fields={of.fields} field={of.field}
        onChange={(field) => of.onChange(emptyCondition(field))} />
      <select class="input" aria-label={t.operator} value={operator}
        onChange={(event) => of.onChange(
          withOperator(of.field, of.condition, event.currentTarget.value as Operator))}>
        {operators.map((one) => (
          <option key={one} value={one} selected={one === operator}>{titles[one] ?? one}</option>
        ))}
      </select>
      <div class="condition-value">
        <Editor {...of} />
        {takesLast ? <OfLast {...of} /> : null}
        {isComplete(of.condition) ? null : <small class="muted">{t.incomplete}</small>}
      </div>
      <button type="button" class="button quiet remove" onClick={of.onRemove}
        aria-label={t.removeCondition(of.field.title)}>×</button>
    </div>
  );
}
