import { number, percent } from "../base/format";

export interface Bar {
  key: string;
  title: string;
  count: number;
  note?: string;
  low?: number;  // of its share, 0 to 1: drawn as a whisker
  high?: number;
}

export interface BarsOf {
  label: string;
  bars: Bar[];
  total?: number;  // shares are of this; the sum of the bars when left out
  shares?: boolean;  // the bar's length is its share, else it is measured against the longest
}

/// Horizontal bars: a list that reads well without the drawing.
export function Bars(of: BarsOf) {
  const total = of.total ?? of.bars.reduce((sum, bar) => sum + bar.count, 0);
  const longest = Math.max(1, ...of.bars.map((bar) => bar.count));
  const width = (bar: Bar) => (100 * bar.count) / (of.shares ? Math.max(1, total) : longest);
  return (
    <ul class="bars" aria-label={of.label}>
      {of.bars.map((bar) => (
        <li key={bar.key}>
          <span class="bar-title" title={bar.title}>{bar.title}</span>
          <span class="bar-track" aria-hidden="true">
            <i style={{ width: `${width(bar)}%` }} />
            {bar.low !== undefined && bar.high !== undefined ? (
              <b style={{ left: `${100 * bar.low}%`, width: `${100 * (bar.high - bar.low)}%` }} />
            ) : null}
          </span>
          <span class="bar-value">
            {number(bar.count)}
            <small>{bar.note ?? (total > 0 ? percent(bar.count / total) : "")}</small>
          </span>
        </li>
      ))}
    </ul>
  );
}
