export interface SpanOf {
  label: string;
  value: number;
  low: number;
  high: number;
  least: number;  // the ends of the line
  most: number;
  dim?: boolean;  // not told from 0
}

/// A number with its interval on a line that several rows share, 0 marked.
export function Span(of: SpanOf) {
  const at = (value: number) =>
    Math.min(100, Math.max(0, (100 * (value - of.least)) / (of.most - of.least)));
  return (
    <div class={`span${of.dim ? " dim" : ""}`} role="img" aria-label={of.label}>
      <i class="span-zero" style={{ left: `${at(0)}%` }} />
      <i class="span-range"
        style={{ left: `${at(of.low)}%`, width: `${at(of.high) - at(of.low)}%` }} />
      <i class="span-point" style={{ left: `${at(of.value)}%` }} />
    </div>
  );
}
