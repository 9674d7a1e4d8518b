import type { Condition, ListCondition, SegmentCondition, Statement, Value } from "../api/rule";
import type { Field } from "../api/types";
import { isList, isSegment, operatorOf } from "./rule_model";
import { SpanEditor, WithinEditor } from "./span_editor";
import { fromWithin, withinOf } from "./span_model";
import type { Vocabulary } from "./vocabulary";
import { ValuePicker } from "./value_picker";
import { t } from "./texts";

export interface EditorOf {
  field: Field;
  condition: Statement;
  words: Vocabulary;
  onChange: (condition: Statement) => void;
}

interface OnField {
  field: Field;
  condition: Condition;
  words: Vocabulary;
  onChange: (condition: Condition) => void;
}

function Scalar(of: { field: Field; label: string; value: Value | undefined;
                      onInput: (value: Value) => void }) {
  const isTime = of.field.kind === "time";
  const shown = typeof of.value === "number" && Number.isNaN(of.value) ? "" : of.value ?? "";
  const take = (text: string) => of.onInput(isTime ? text : text === "" ? NaN : Number(text));
  return (
    <input class={`input scalar${isTime ? " day" : ""}`} type={isTime ? "date" : "number"}
      aria-label={of.label} value={isTime ? String(shown).slice(0, 10) : shown}
      min={of.field.min ?? undefined} max={of.field.max ?? undefined}
      onInput={(event) => take(event.currentTarget.value)} />
  );
}

function Range(of: OnField & { ends: [Value, Value]; onEnds: (ends: [Value, Value]) => void }) {
  const [low, high] = of.ends;
  return (
    <span class="range">
      <Scalar field={of.field} label={`${of.field.title} ${t.from}`} value={low}
        onInput={(value) => of.onEnds([value, high])} />
      <span>{t.to}</span>
      <Scalar field={of.field} label={`${of.field.title} ${t.to}`} value={high}
        onInput={(value) => of.onEnds([low, value])} />
    </span>
  );
}

function OfLast(of: OnField) {
  const { of_last: last, of_kind: kind, ...rest } = of.condition;
  const take = (text: string) => of.onChange(
    text === "" ? rest : { ...rest, of_last: Number(text), ...(kind ? { of_kind: kind } : {}) });
  return (
    <span class="range">
      <span>{t.ofLast}</span>
      <input class="input scalar" type="number" min={1} max={10} aria-label={t.ofLast}
        value={last ?? ""} onInput={(event) => take(event.currentTarget.value)} />
      {last !== undefined ? (
        <select class="input" aria-label={t.electionKind} value={kind ?? ""}
          onChange={(event) => {
            const next = event.currentTarget.value;
            of.onChange({ ...rest, of_last: last, ...(next ? { of_kind: next } : {}) });
          }}>
          <option value="">{t.anyElection}</option>
          {of.words.electionKinds.map((one) => (
            <option key={one} value={one} selected={one === kind}>{one}</option>
          ))}
        </select>
      ) : null}
    </span>
  );
}

function Contacts(of: OnField) {
  const { condition, onChange } = of;
  const { results: _r, phonebanks: _p, ...rest } = condition;
  const kept = (results?: string[], phonebanks?: string[]) => onChange({
    ...rest, ...(results?.length ? { results } : {}),
    ...(phonebanks?.length ? { phonebanks } : {}) });
  return (
    <>
      <ValuePicker field={of.words.results} chosen={condition.results ?? []} empty={t.anyResult}
        onChange={(chosen) => kept(chosen as string[], condition.phonebanks)} />
      <ValuePicker field={of.words.phonebanks} chosen={condition.phonebanks ?? []}
        empty={t.anyBank}
        onChange={(chosen) => kept(condition.results, chosen as string[])} />
    </>
  );
}

function Select(of: { label: string; value: string; empty: string;
                      options: { value: string; title: string }[];
                      onChange: (value: string) => void }) {
  const isKnown = of.value === "" || of.options.some((one) => one.value === of.value);
  return (
    <select class="input" aria-label={of.label} value={of.value}
      onChange={(event) => of.onChange(event.currentTarget.value)}>
      <option value="">{of.empty}</option>
      {isKnown ? null : <option value={of.value} selected>{of.value}</option>}
      {of.options.map((one) => (
        <option key={one.value} value={one.value} selected={one.value === of.value}>
          {one.title}
        </option>
      ))}
    </select>
  );
}

const optionsOf = (field: Field) =>
  (field.values ?? []).map((one) => ({ value: String(one.value), title: one.title }));

function ListEditor(of: { field: Field; condition: ListCondition; words: Vocabulary;
                          onChange: (condition: ListCondition) => void }) {
  const { list, arm } = of.condition;
  const arms = of.words.armsOf(list);
  return (
    <>
      <Select label={t.list} value={list} empty={t.chooseList} options={optionsOf(of.field)}
        onChange={(next) => of.onChange({ list: next })} />
      {list !== "" ? (
        <Select label={t.arm} value={arm ?? ""} empty={t.anyArm}
          options={arms.map((one) => ({ value: one, title: t.armTitles[one] ?? one }))}
          onChange={(next) => of.onChange(next ? { list, arm: next } : { list })} />
      ) : null}
    </>
  );
}

function SegmentEditor(of: { field: Field; condition: SegmentCondition; words: Vocabulary;
                             onChange: (condition: SegmentCondition) => void }) {
  const others = optionsOf(of.field).filter((one) => one.value !== of.words.self);
  return <Select label={t.segment} value={of.condition.segment} empty={t.chooseSegment}
    options={others} onChange={(segment) => of.onChange({ segment })} />;
}

function Main(of: OnField) {
  const { field, condition, onChange } = of;
  const label = `${t.value}: ${field.title}`;
  const isContacts = field.kind === "contacts";
  switch (operatorOf(condition)) {
    case "in":
      return <ValuePicker field={field} chosen={condition.in ?? []}
        onChange={(chosen) => onChange({ ...condition, in: chosen })} />;
    case "none_of":
      return <ValuePicker field={field} chosen={condition.none_of ?? []}
        onChange={(chosen) => onChange({ ...condition, none_of: chosen })} />;
    case "between":
      return isContacts
        ? <Range {...of} ends={[condition.at_least ?? NaN, condition.at_most ?? NaN]}
            onEnds={([at_least, at_most]) => onChange({ ...condition, at_least, at_most })} />
        : <Range {...of} ends={condition.between ?? ["", ""]}
            onEnds={(between) => onChange({ ...condition, between })} />;
    case "at_least":
      return <Scalar field={field} label={label} value={condition.at_least}
        onInput={(value) => onChange({ ...condition, at_least: value })} />;
    case "at_most":
      return <Scalar field={field} label={label} value={condition.at_most}
        onInput={(value) => onChange({ ...condition, at_most: value })} />;
    case "within":
      return <WithinEditor title={field.title}
        within={withinOf(condition) ?? { count: 7, unit: "d" }}
        onChange={(within) => onChange({ field: field.name, ...fromWithin(within) })} />;
    case "is":
      return (
        <select class="input scalar" aria-label={label} value={String(condition.is)}
          onChange={(event) => onChange(
            { ...condition, is: event.currentTarget.value === "true" })}>
          <option value="true">{t.yes}</option>
          <option value="false">{t.no}</option>
        </select>
      );
    default: return null;
  }
}

/// The part of a condition's row after its operator.
export function ValueEditor(of: EditorOf) {
  const { field, condition, words, onChange } = of;
  if (isList(condition)) return <ListEditor {...{ field, condition, words, onChange }} />;
  if (isSegment(condition)) return <SegmentEditor {...{ field, condition, words, onChange }} />;
  const inner: OnField = { field, condition, words, onChange };
  const timed = field.kind === "answers" || field.kind === "contacts";
  return (
    <>
      <Main {...inner} />
      {field.operators.includes("of_last") ? <OfLast {...inner} /> : null}
      {field.kind === "contacts" ? <Contacts {...inner} /> : null}
      {timed ? <SpanEditor title={field.title} condition={condition} onChange={onChange} /> : null}
    </>
  );
}
