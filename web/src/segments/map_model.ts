import type { SegmentBreakdown, SegmentCell } from "../api/types";
import { boundsOf as boundsOfValues } from "../charts/map_levels";

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
export const boundsOf = (rows: CountyRow[]): number[] =>
  boundsOfValues(rows.map((row) => row.value));

export { levelOf } from "../charts/map_levels";
