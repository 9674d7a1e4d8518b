import { percent } from "../base/format";

export interface IntervalOf {
  label: string;
  share: number;  // all 0 to 1
  low: number;
  high: number;
}

/// A share as a point with its interval on a line from 0 to 100 %, the half marked.
export function Interval(of: IntervalOf) {
  const at = (share: number) => `${Math.min(100, Math.max(0, 100 * share))}%`;
  const words = `${of.label}: ${percent(of.share)}, from ${percent(of.low)} to ${percent(of.high)}`;
  return (
    <div class="interval" role="img" aria-label={words}>
      <span class="interval-half" />
      <span class="interval-range"
        style={{ left: at(of.low), width: `${100 * (of.high - of.low)}%` }} />
      <span class="interval-point" style={{ left: at(of.share) }} />
      <span class="interval-ticks"><i>0 %</i><i>50 %</i><i>100 %</i></span>
    </div>
  );
}
