import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { sentenceOf } from "../base/problem";
import { Button, Notice } from "./elements";

interface FieldOf {
  label: string;
  hint?: ComponentChildren;
  error?: string | null;
  wide?: boolean;
}

interface Control {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": boolean;
}

/// A label, a control, a hint and an error, tied together for screen readers.
export function Field(of: FieldOf & { control: (props: Control) => ComponentChildren }) {
  const id = useId();
  const described = [of.hint ? `${id}-hint` : "", of.error ? `${id}-error` : ""].join(" ").trim();
  return (
    <div class={`field${of.wide ? " wide" : ""}`}>
      <label for={id}>{of.label}</label>
      {of.control({ id, "aria-describedby": described || undefined, "aria-invalid": !!of.error })}
      {of.hint ? <p class="hint" id={`${id}-hint`}>{of.hint}</p> : null}
      {of.error ? <p class="field-error" id={`${id}-error`}>{of.error}</p> : null}
    </div>
  );
}

export interface TextOf extends FieldOf {
  value: string;
  onInput: (value: string) => void;
  type?: "text" | "email" | "password" | "search" | "time" | "date" | "number";
  required?: boolean;
  autoComplete?: string;
  autoFocus?: boolean;
  placeholder?: string;
  min?: number | string;
  max?: number | string;
  maxLength?: number;
  inputMode?: "text" | "numeric" | "tel";
}

export function TextField(of: TextOf) {
  return (
    <Field {...of} control={(props) => (
      <input {...props} class="input" type={(of.type ?? "text") as "text"} value={of.value}
        required={of.required} autocomplete={of.autoComplete}
        autofocus={of.autoFocus} placeholder={of.placeholder} min={of.min} max={of.max}
        maxLength={of.maxLength} inputMode={of.inputMode}
        onInput={(event) => of.onInput(event.currentTarget.value)} />
    )} />
  );
}

export function AreaField(of: FieldOf & {
  value: string; onInput: (value: string) => void; rows?: number; placeholder?: string;
  maxLength?: number }) {
  return (
    <Field {...of} control={(props) => (
      <textarea {...props} class="input" rows={of.rows ?? 4} placeholder={of.placeholder}
        maxLength={of.maxLength} value={of.value}
        onInput={(event) => of.onInput(event.currentTarget.value)} />
    )} />
  );
}

export interface Option {
  value: string;
  title: string;
}

export function SelectField(of: FieldOf & {
  value: string; options: Option[]; onChange: (value: string) => void; empty?: string;
  required?: boolean }) {
  return (
    <Field {...of} control={(props) => (
      <select {...props} class="input" value={of.value} required={of.required}
        onChange={(event) => of.onChange(event.currentTarget.value)}>
        {of.empty !== undefined ? <option value="">{of.empty}</option> : null}
        {of.options.map((one) => (
          <option key={one.value} value={one.value} selected={one.value === of.value}>
            {one.title}
          </option>
        ))}
      </select>
    )} />
  );
}

export interface FormOf {
  onSubmit: () => void;
  submit: string;
  busy: boolean;
  error: unknown;
  fields?: string[];  // whose errors stand beside the field, not at the end
  disabled?: boolean;
  more?: ComponentChildren;
  children: ComponentChildren;
}

export function Form(of: FormOf) {
  const where = (of.error as { where?: string } | null)?.where ?? null;
  const beside = where !== null && (of.fields ?? []).includes(where);
  return (
    <form class="form" noValidate={false} onSubmit={(event) => {
      event.preventDefault();
      of.onSubmit();
    }}>
      {of.children}
      {of.error && !beside ? <Notice tone="bad">{sentenceOf(of.error)}</Notice> : null}
      <div class="row form-end">
        <Button kind="primary" submit busy={of.busy} disabled={of.disabled ?? false}>
          {of.submit}
        </Button>
        {of.more}
      </div>
    </form>
  );
}
