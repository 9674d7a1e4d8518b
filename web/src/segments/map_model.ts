import type { SegmentBreakdown, SegmentCell } from "../api/types";
import { levels } from "../charts/county_map";

export type Measure = "voters" | "share" | "support";

/// A county's row: what the map colours and the table says.
export interface CountyRow {
  id: string | null;  // null: no outline bears its name
  cell: SegmentCell;
  value: number | null;  // of the measure; null: hidden or not known
}

function valueOf(cell: SegmentCell, measure: Measure, all: Map<string, number | null>) {
  if (measure === "support") return cell.support_mean;
  if (measure === "voters" || cell.count === null) return cell.count;
  const whole = all.get(`${cell.state} ${cell.value}`);
  return whole ? cell.count / whole : null;
}

export function rowsOf(
  breakdown: SegmentBreakdown, everybody: SegmentBreakdown | null, measure: Measure,
  codeOf: (cell: SegmentCell) => string | null): CountyRow[] {
  const all = new Map((everybody?.cells ?? []).map(
    (cell) => [`${cell.state} ${cell.value}`, cell.count]));
  return breakdown.cells.map(
    (cell) => ({ id: codeOf(cell), cell, value: valueOf(cell, measure, all) }));
}

/// Bounds that put about as many counties into each level; equal values stay together.
export function boundsOf(rows: CountyRow[]): number[] {
  const values = rows.flatMap((row) => (row.value === null ? [] : [row.value]))
    .sort((a, b) => a - b);
  const bounds: number[] = [];
  for (let level = 1; level < levels; ++level) {
    const at = values[Math.floor((values.length * level) / levels)];
    if (at !== undefined && at > (bounds.at(-1) ?? values[0] ?? 0)) bounds.push(at);
  }
  return bounds;
}

/// The level of a value among the bounds, spread over all levels where there are fewer.
export function levelOf(value: number, bounds: number[]): number {
  const step = bounds.filter((bound) => value >= bound).length;
  return bounds.length === 0 ? levels - 1
    : Math.round((step * (levels - 1)) / bounds.length);
}
