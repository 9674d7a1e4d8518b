import { day, percent } from "../base/format";

export interface TrendDay {
  day: string;  // "2026-10-20"
  n: number | null;
  value: number | null;  // of the day alone
  rolling: number | null;
  smooth: number;
  low: number;
  high: number;
}

export interface TrendOf {
  label: string;
  days: TrendDay[];
  titles: { day: string; rolling: string; smooth: string };
}

const width = 640;
const height = 220;
const edge = { left: 52, right: 10, top: 10, bottom: 28 };

/// A share by day: each day's own as a dot, the mean of some days as a dashed line, a smoother with
/// its interval as a line in a band.
export function Trend(of: TrendOf) {
  const first = of.days[0];
  const last = of.days[of.days.length - 1];
  if (!first || !last) return null;
  const values = of.days.flatMap((one) => [one.low, one.high, one.rolling ?? one.smooth]);
  const low = Math.max(0, Math.floor(20 * Math.min(...values)) / 20);
  const high = Math.min(1, Math.ceil(20 * Math.max(...values)) / 20);
  const step = (width - edge.left - edge.right) / Math.max(1, of.days.length - 1);
  const x = (index: number) => edge.left + (of.days.length === 1 ? 0.5 : index) *
    (of.days.length === 1 ? width - edge.left - edge.right : step);
  const y = (share: number) => edge.top + (height - edge.top - edge.bottom) *
    (high - Math.min(high, Math.max(low, share))) / Math.max(high - low, 0.01);
  const at = (index: number, share: number) => `${x(index).toFixed(1)},${y(share).toFixed(1)}`;
  const upper = of.days.map((one, index) => at(index, one.high));
  const lower = of.days.map((one, index) => at(index, one.low)).reverse();
  const rolling = of.days.flatMap((one, index) =>
    (one.rolling === null ? [] : [at(index, one.rolling)]));
  const most = Math.max(1, ...of.days.map((one) => one.n ?? 0));
  const words = `${of.label}: ${percent(last.smooth)} (${percent(last.low)} – ` +
    `${percent(last.high)}), ${day(last.day)}`;
  return (
    <figure class="band">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={words}>
        {[low, (low + high) / 2, high].map((share) => (
          <g key={share} class="tick">
            <line x1={edge.left} x2={width - edge.right} y1={y(share)} y2={y(share)} />
            <text x={edge.left - 8} y={y(share) + 4} text-anchor="end">{percent(share, 0)}</text>
          </g>
        ))}
        <text x={edge.left} y={height - 8}>{day(first.day)}</text>
        <text x={width - edge.right} y={height - 8} text-anchor="end">{day(last.day)}</text>
        <polygon class="band-wide" points={[...upper, ...lower].join(" ")} />
        <polyline class="trend-rolling" points={rolling.join(" ")} />
        <polyline class="band-value"
          points={of.days.map((one, index) => at(index, one.smooth)).join(" ")} />
        {of.days.map((one, index) => (one.value === null ? null : (
          <circle key={one.day} class="trend-day" cx={x(index)} cy={y(one.value)}
            r={1.5 + 3 * Math.sqrt((one.n ?? 0) / most)} />
        )))}
      </svg>
      <figcaption>
        <span><i class="key-value" />{of.titles.smooth}{" "}
          <b>{percent(last.smooth)}</b> {percent(last.low)} – {percent(last.high)}</span>
        <span><i class="key-inner" />{of.titles.rolling} <b>{percent(last.rolling)}</b></span>
        <span>{of.titles.day}</span>
      </figcaption>
    </figure>
  );
}
