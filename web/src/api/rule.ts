// The rule language of segments, as JSON.

export type Value = string | number;

/// When something happened: not before, not after, not longer ago than.
export interface SpanOfTime {
  since?: string;
  until?: string;
  within?: string;  // "36h"
  within_days?: number;
}

export interface Condition extends SpanOfTime {
  field: string;
  in?: Value[];
  none_of?: Value[];
  between?: [Value, Value];
  at_least?: Value;
  at_most?: Value;
  is?: boolean;
  of_last?: number;  // elections: only with votes_count
  of_kind?: string;
  results?: string[];  // contacts: dispositions
  phonebanks?: string[];
}

export interface ListCondition {
  list: string;
  arm?: string;
}

export interface SegmentCondition {
  segment: string;
}

export type Statement = Condition | ListCondition | SegmentCondition;

/// {} and { all: [] } are everybody.
export type Rule = { all: Rule[] } | { any: Rule[] } | { not: Rule } | Statement
  | Record<string, never>;
