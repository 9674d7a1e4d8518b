// What a person has chosen on the page that shows a file's columns, and the mapping that says it.
import type { ColumnMapping, PreviewColumn } from "../api/types";

export interface ColumnChoice {
  target: string;  // "" : not kept
  choice: string;  // what is taken of its text, or the form of its dates; "": all of it
}

/// By the column's name, where it differs from what the layout does by itself.
export type Choices = Record<string, ColumnChoice>;

export interface Fixed {
  source: string;
  state: string;
}

const dates = ["birth_date", "registered_on", "election_date"];

export function isDate(target: string): boolean {
  return dates.includes(target);
}

/// One column that two targets are read from.
export const wholeNames: Record<string, string[]> = {
  last_comma_first: ["last_name:before_comma", "first_name:after_comma"],
  first_then_last: ["first_name:first_word", "last_name:last_word"],
};

/// "Climate Score 2026" -> "climate_score_2026"
export function scoreName(column: string): string {
  return column.toLowerCase().replace(/[^a-z0-9]+/g, "_").replace(/^_+|_+$/g, "").slice(0, 40);
}

/// Columns that lost their target come first, so that another column can take it over.
export function mappingOf(first: PreviewColumn[], choices: Choices, fixed: Fixed): ColumnMapping[] {
  const cleared: ColumnMapping[] = [];
  const named: ColumnMapping[] = [];
  for (const column of first) {
    const chosen = choices[column.name];
    if (!chosen) continue;
    const before = column.proposal ? "" : column.target;
    if (before !== "" && before !== chosen.target && !before.startsWith("score.")) {
      cleared.push({ target: before, column: "" });
    }
    if (chosen.target === "") continue;
    const both = wholeNames[chosen.target];
    if (both) {
      for (const target of both) named.push({ target, column: column.name });
      continue;
    }
    const suffix = chosen.choice ? `:${chosen.choice}` : "";
    named.push({ target: chosen.target + suffix, column: column.name });
  }
  const texts: ColumnMapping[] = [];
  if (fixed.source.trim()) texts.push({ target: "source", column: `=${fixed.source.trim()}` });
  if (fixed.state.trim().length === 2) {
    texts.push({ target: "state", column: `=${fixed.state.trim()}` });
  }
  return [...cleared, ...named, ...texts];
}
