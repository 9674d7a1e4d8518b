import type { SegmentBreakdown, SegmentCell } from "../api/types";

export interface ComparedRow {
  key: string;
  value: string;
  state: string;
  a: number | null;  // shares of each segment; null: hidden
  b: number | null;
  difference: number | null;  // b less a
}

const keyOf = (cell: SegmentCell) => `${cell.state} ${cell.value}`;

function shareOf(cell: SegmentCell | undefined, whole: number | null): number | null {
  if (!cell) return whole === null ? null : 0;
  return cell.count === null || !whole ? null : cell.count / whole;
}

/// Both breakdowns side by side: what only one has is 0 in the other.
export function comparedRows(a: SegmentBreakdown | undefined, b: SegmentBreakdown | undefined,
                             wholes: { a: number | null; b: number | null }): ComparedRow[] {
  const inB = new Map((b?.cells ?? []).map((cell) => [keyOf(cell), cell]));
  const inA = new Set((a?.cells ?? []).map(keyOf));
  const only = (b?.cells ?? []).filter((cell) => !inA.has(keyOf(cell)));
  const row = (cell: SegmentCell, one: SegmentCell | undefined, other: SegmentCell | undefined) => {
    const left = shareOf(one, wholes.a);
    const right = shareOf(other, wholes.b);
    return { key: keyOf(cell), value: cell.value, state: cell.state, a: left, b: right,
             difference: left === null || right === null ? null : right - left };
  };
  return [...(a?.cells ?? []).map((cell) => row(cell, cell, inB.get(keyOf(cell)))),
          ...only.map((cell) => row(cell, undefined, cell))];
}
