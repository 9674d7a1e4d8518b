import type { Statement } from "../api/rule";
import type { Field } from "../api/types";
import { emptyCondition, isComplete, isOnField, operatorOf, operatorsOf, withOperator }
  from "./rule_model";
import type { Leaf, Operator } from "./rule_model";
import { ValueEditor } from "./value_editor";
import type { Vocabulary } from "./vocabulary";
import { t } from "./texts";

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

function OperatorSelect(of: { field: Field; operator: Operator;
                              onChange: (operator: Operator) => void }) {
  const { field, operator } = of;
  const titles = { ...t.operators, ...(t.operatorsOfKind[field.kind] ?? {}) };
  const all = operatorsOf(field);
  if (all.length === 1) return <span class="operator-only">{titles[operator] ?? operator}</span>;
  return (
    <select class="input" aria-label={t.operator} value={operator}
      onChange={(event) => of.onChange(event.currentTarget.value as Operator)}>
      {all.map((one) => (
        <option key={one} value={one} selected={one === operator}>{titles[one] ?? one}</option>
      ))}
    </select>
  );
}

export interface RowOf {
  leaf: Leaf;
  field: Field;
  fields: Field[];
  words: Vocabulary;
  onChange: (leaf: Leaf) => void;
  onRemove: () => void;
}

export function ConditionRow(of: RowOf) {
  const { leaf, field } = of;
  const set = (condition: Statement) => of.onChange({ ...leaf, condition });
  const operator = operatorOf(leaf.condition);
  const wide = field.kind === "contacts" || field.kind === "answers" || field.kind === "lists";
  return (
    <div class={`condition${leaf.negated ? " negated" : ""}${wide ? " wide" : ""}`} role="group"
      aria-label={field.title} title={field.sentence || undefined}>
      <FieldSelect fields={of.fields} field={field}
        onChange={(next) => of.onChange({ ...leaf, condition: emptyCondition(next) })} />
      <OperatorSelect field={field} operator={operator}
        onChange={(next) => set(withOperator(field, leaf.condition, next))} />
      <div class="condition-value">
        <ValueEditor field={field} condition={leaf.condition} words={of.words} onChange={set} />
        {isComplete(leaf.condition) ? null : <small class="muted">{t.incomplete}</small>}
      </div>
      <div class="condition-end">
        <button type="button" class="button quiet not" aria-pressed={leaf.negated}
          aria-label={t.notLabel(field.title)} title={t.notTitle}
          onClick={() => of.onChange({ ...leaf, negated: !leaf.negated })}>{t.not}</button>
        <button type="button" class="button quiet remove" onClick={of.onRemove}
          aria-label={t.removeCondition(field.title)}>×</button>
      </div>
    </div>
  );
}

/// A statement on a field that is not there any more: it can be read and removed.
export function UnknownRow(of: { leaf: Leaf; onRemove: () => void }) {
  const { condition } = of.leaf;
  const name = isOnField(condition) ? condition.field : t.unknownField;
  return (
    <div class="condition unknown" role="group" aria-label={name}>
      <code>{JSON.stringify(condition)}</code>
      <small class="muted">{t.unknownFieldWhy}</small>
      <button type="button" class="button quiet remove" onClick={of.onRemove}
        aria-label={t.removeCondition(name)}>×</button>
    </div>
  );
}
