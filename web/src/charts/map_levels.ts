export const levels = 5;

/// Bounds that put about as many values into each level; equal values stay together.
export function boundsOf(of: (number | null)[]): number[] {
  const values = of.flatMap((value) => (value === null ? [] : [value])).sort((a, b) => a - b);
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
