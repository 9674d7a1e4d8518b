import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { Value } from "../api/rule";
import type { Field, FieldValue } from "../api/types";
import { number } from "../base/format";
import { Button } from "../ui/elements";
import { t } from "./texts";
import { valueTitle } from "./value_title";

const shownMax = 200;  // of the values at once; the search finds the others
const namedMax = 3;  // of the chosen values on the button

/// Texts, and the numbers of an answer's choices.
const valueOf = (one: FieldValue) => one.value as Value;

function summary(field: Field, chosen: Value[], empty: string): string {
  if (chosen.length === 0) return empty;
  const titles = chosen.map(
    (value) => valueTitle(field.name,
      field.values?.find((one) => one.value === value)?.title ?? String(value)));
  const rest = titles.length - namedMax;
  return titles.slice(0, namedMax).join(", ") + (rest > 0 ? ` ${t.more(number(rest))}` : "");
}

interface ChoicesOf {
  field: Field;
  chosen: Value[];
  empty?: string;  // what the button says when nothing is chosen
  onChange: (chosen: Value[]) => void;
}

function Choices(of: ChoicesOf) {
  const [search, setSearch] = useState("");
  const words = search.trim().toLowerCase();
  const found = (of.field.values ?? []).filter((one) => one.title.toLowerCase().includes(words));
  const toggle = (value: Value) => of.onChange(
    of.chosen.includes(value) ? of.chosen.filter((one) => one !== value) : [...of.chosen, value]);
  return (
    <>
      {(of.field.values?.length ?? 0) > 8 ? (
        <input type="search" class="input" placeholder={t.searchValues} aria-label={t.searchValues}
          value={search} autofocus onInput={(event) => setSearch(event.currentTarget.value)} />
      ) : null}
      <ul class="choices">
        {found.slice(0, shownMax).map((one) => (
          <li key={String(one.value)}>
            <label class="check">
              <input type="checkbox" checked={of.chosen.includes(valueOf(one))}
                onChange={() => toggle(valueOf(one))} />
              <span>{valueTitle(of.field.name, one.title)}</span>
              {one.count >= 0 ? <small>{number(one.count)}</small> : null}
            </label>
          </li>
        ))}
        {found.length === 0 ? <li class="muted">{t.noValues}</li> : null}
      </ul>
    </>
  );
}

/// Several of a field's values, with a search and the count of each.
export function ValuePicker(of: ChoicesOf) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  const words = summary(of.field, of.chosen, of.empty ?? t.chooseValues);
  useEffect(() => {
    if (!open) return undefined;
    const outside = (event: Event) => {
      if (!box.current?.contains(event.target as Element)) setOpen(false);
    };
    document.addEventListener("pointerdown", outside);
    document.addEventListener("focusin", outside);
    return () => {
      document.removeEventListener("pointerdown", outside);
      document.removeEventListener("focusin", outside);
    };
  }, [open]);
  const escape = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !open) return;
    setOpen(false);
    box.current?.querySelector("button")?.focus();
  };
  return (
    <div class="picker" ref={box} onKeyDown={escape}>
      <button type="button" class="input picker-button" aria-expanded={open} aria-controls={id}
        aria-label={`${t.valuesOf(of.field.title)}: ${words}`}
        onClick={() => setOpen(!open)}>
        <span>{words}</span><i aria-hidden="true">▾</i>
      </button>
      {open ? (
        <div class="picker-panel" id={id} role="group" aria-label={t.valuesOf(of.field.title)}>
          <Choices {...of} />
          {of.chosen.length > 0
            ? <Button kind="quiet" onClick={() => of.onChange([])}>{t.clear}</Button> : null}
        </div>
      ) : null}
    </div>
  );
}
