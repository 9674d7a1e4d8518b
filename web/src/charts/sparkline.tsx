/// A small line of recent values, the newest at the right; decoration beside a number.
export function Sparkline(of: { values: number[]; height?: number }) {
  if (of.values.length < 2) return <span class="sparkline" aria-hidden="true" />;
  const height = of.height ?? 28;
  const width = 160;
  const top = Math.max(1, ...of.values);
  const points = of.values.map((value, index) => {
    const x = (width * index) / (of.values.length - 1);
    const y = height - 2 - ((height - 4) * value) / top;
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  return (
    <svg class="sparkline" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none"
      aria-hidden="true">
      <polygon points={`0,${height} ${points.join(" ")} ${width},${height}`} />
      <polyline points={points.join(" ")} />
    </svg>
  );
}
