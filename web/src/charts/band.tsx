import { useState } from "preact/hooks";
import { number } from "../base/format";

export interface BandPoint {
  x: number;  // answers
  when?: string;  // in words, where it is known
  value: number;
  low: number;  // the wide band
  high: number;
  innerLow: number;
  innerHigh: number;
}

export interface BandOf {
  label: string;
  points: BandPoint[];
  format: (value: number) => string;
  xTitle: string;
  titles: { band: string; inner: string; value: string };
}

const width = 640;
const height = 240;
const left = 62;
const right = 10;
const top = 12;
const bottom = 30;

/// Round steps between two ends: at most `count` of them.
function ticks(low: number, high: number, count: number): number[] {
  const raw = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= raw) ?? raw;
  const out: number[] = [];
  for (let at = Math.ceil(low / step) * step; at <= high + step / 1e6; at += step) {
    out.push(Math.abs(at) < step / 1e6 ? 0 : at);
  }
  return out;
}

interface Scale {
  low: number;
  high: number;
  x: (x: number) => number;
  y: (value: number) => number;
}

/// The first points, where all is open, are cut at what comes later.
function scaleOf(points: BandPoint[], first: BandPoint, last: BandPoint): Scale {
  const late = points.slice(Math.floor(points.length / 4));
  const reach = Math.max(...late.map((p) => Math.max(Math.abs(p.high), Math.abs(p.low)))) * 1.15;
  const low = Math.min(-reach / 3, Math.max(-reach, Math.min(...points.map((p) => p.low))));
  const high = Math.max(reach / 3, Math.min(reach, Math.max(...points.map((p) => p.high))));
  const span = Math.max(1, last.x - first.x);
  const clamp = (value: number) => Math.min(high, Math.max(low, value));
  return {
    low, high,
    x: (x) => left + ((x - first.x) / span) * (width - left - right),
    y: (value) => top + ((high - clamp(value)) / (high - low)) * (height - top - bottom),
  };
}

function Drawing(of: BandOf & { scale: Scale; at: BandPoint | null; words: string }) {
  const { points, scale } = of;
  const line = (some: BandPoint[], y: (p: BandPoint) => number) =>
    some.map((p) => `${scale.x(p.x).toFixed(1)},${scale.y(y(p)).toFixed(1)}`).join(" ");
  const area = (upper: (p: BandPoint) => number, lower: (p: BandPoint) => number) =>
    `${line(points, upper)} ${line([...points].reverse(), lower)}`;
  const ends = [points[0]?.x ?? 0, points[points.length - 1]?.x ?? 1] as const;
  return (
    <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`${of.label}: ${of.words}`}>
      {ticks(scale.low, scale.high, 5).map((value) => (
        <g key={value} class={value === 0 ? "zero" : "tick"}>
          <line x1={left} x2={width - right} y1={scale.y(value)} y2={scale.y(value)} />
          <text x={left - 8} y={scale.y(value) + 4} text-anchor="end">{of.format(value)}</text>
        </g>
      ))}
      {ticks(ends[0], ends[1], 4).map((x) => (
        <text key={x} class="x-tick" x={scale.x(x)} y={height - 10} text-anchor="middle">
          {number(x)}
        </text>
      ))}
      <polygon class="band-wide" points={area((p) => p.high, (p) => p.low)} />
      <polygon class="band-inner" points={area((p) => p.innerHigh, (p) => p.innerLow)} />
      <polyline class="band-value" points={line(points, (p) => p.value)} />
      {of.at ? (
        <line class="band-at" x1={scale.x(of.at.x)} x2={scale.x(of.at.x)} y1={top}
          y2={height - bottom} />
      ) : null}
    </svg>
  );
}

/// What a value was when so many answers were there, with a wide band and an inner interval; the
/// line of 0 is marked. A slider reads any point.
export function Band(of: BandOf) {
  const [at, setAt] = useState<number | null>(null);
  const points = of.points;
  const last = points[points.length - 1];
  const first = points[0];
  if (!last || !first) return null;
  const shown = points[Math.min(at ?? points.length - 1, points.length - 1)] ?? last;
  const range = (low: number, high: number) => `${of.format(low)} – ${of.format(high)}`;
  const inner = range(shown.innerLow, shown.innerHigh);
  const wide = range(shown.low, shown.high);
  const words = `${of.titles.value} ${of.format(shown.value)}, ${of.titles.inner} ${inner}, ` +
    `${of.titles.band} ${wide}`;
  return (
    <figure class="band">
      <Drawing {...of} scale={scaleOf(points, first, last)} at={at === null ? null : shown}
        words={words} />
      <label class="band-slider">
        <span class="unseen">{of.xTitle}</span>
        <input type="range" min={0} max={points.length - 1} value={at ?? points.length - 1}
          aria-valuetext={`${number(shown.x)} ${of.xTitle}: ${words}`}
          onInput={(event) => setAt(Number(event.currentTarget.value))} />
      </label>
      <figcaption>
        <span>{number(shown.x)} {of.xTitle}{shown.when ? ` · ${shown.when}` : ""}</span>
        <span><i class="key-value" />{of.titles.value} <b>{of.format(shown.value)}</b></span>
        <span><i class="key-inner" />{of.titles.inner} <b>{inner}</b></span>
        <span><i class="key-wide" />{of.titles.band} <b>{wide}</b></span>
      </figcaption>
    </figure>
  );
}
