// The rule language of segments, as JSON.

export type Value = string | number;

export interface Condition {
  field: string;
  in?: Value[];
  none_of?: Value[];
  between?: [Value, Value];
  at_least?: Value;
  at_most?: Value;
  within_days?: number;
  is?: boolean;
  of_last?: number;  // elections: only with votes_count
}

/// {} and { all: [] } are everybody.
export type Rule = { all: Rule[] } | { any: Rule[] } | { not: Rule } | Condition
  | Record<string, never>;
