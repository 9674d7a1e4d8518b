import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import { none, time } from "../base/format";
import { useStore } from "../base/store";
import { theme } from "../base/theme";

export interface Series {
  title: string;
  color: string;  // name of a custom property, "--data-1"
  values: number[];
}

export interface MinutesOf {
  label: string;
  timeTitle: string;
  seconds: number[];  // Unix seconds of the values
  series: Series[];
  height?: number;
}

const clock = (seconds: number) => time(new Date(seconds * 1000).toISOString());

function optionsFor(of: MinutesOf, width: number): uPlot.Options {
  const look = getComputedStyle(document.documentElement);
  const color = (name: string) => look.getPropertyValue(name).trim();
  const font = `12px ${look.getPropertyValue("--font").trim()}`;
  const axis: uPlot.Axis = {
    stroke: color("--ink-3"), font,
    grid: { stroke: color("--line"), width: 1 },
    ticks: { show: false },
  };
  return {
    width, height: of.height ?? 200,
    cursor: { y: false, points: { size: 7 } },
    legend: { live: true },
    scales: { y: { range: (_plot, _low, high) => [0, Math.max(4, high * 1.1)] } },
    axes: [
      { ...axis, grid: { show: false }, values: (_plot, at) => at.map(clock) },
      { ...axis, size: 44 },
    ],
    series: [
      { label: of.timeTitle,
        value: (_plot, at: number | null) => (at === null ? none : clock(at)) },
      ...of.series.map((one): uPlot.Series => ({
        label: one.title, stroke: color(one.color), width: 2, points: { show: false },
        fill: `${color(one.color)}1f` })),
    ],
  };
}

/// Values by the minute. The numbers are also in the legend, which follows the pointer.
export function Minutes(of: MinutesOf) {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const chosen = useStore(theme);
  const data: uPlot.AlignedData = [of.seconds, ...of.series.map((one) => one.values)];
  useEffect(() => {
    const box = host.current;
    if (!box) return undefined;
    const media = matchMedia("(prefers-color-scheme: dark)");
    const draw = () => {
      plot.current?.destroy();
      plot.current = new uPlot(optionsFor(of, box.clientWidth || 300), data, box);
    };
    draw();
    const sized = new ResizeObserver(() =>
      plot.current?.setSize({ width: box.clientWidth, height: of.height ?? 200 }));
    sized.observe(box);
    media.addEventListener("change", draw);
    return () => {
      sized.disconnect();
      media.removeEventListener("change", draw);
      plot.current?.destroy();
      plot.current = null;
    };
  }, [chosen]);
  useEffect(() => plot.current?.setData(data), [of.seconds, of.series]);
  const sums = of.series.map((one) =>
    `${one.title} ${one.values.reduce((sum, value) => sum + value, 0)}`);
  const label = `${of.label}: ${sums.join(", ")}`;
  return <div class="minutes" ref={host} role="img" aria-label={label} />;
}
