export interface Share {
  share: number;
  low: number;
  high: number;
}

/// A share with its Wilson interval (95 % with the usual z); null when nobody was asked.
export function wilson(yes: number, n: number, z = 1.959964): Share | null {
  if (n <= 0) return null;
  const share = yes / n;
  const z2 = z * z;
  const centre = (share + z2 / (2 * n)) / (1 + z2 / n);
  const half = (z / (1 + z2 / n)) * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n));
  return { share, low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
