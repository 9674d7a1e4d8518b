import { number } from "../base/format";

export interface HistogramOf {
  label: string;
  bins: (number | null)[];  // of equal width over 0 to 100; null: not shown
  marks: { title: string; at: number }[];  // such as quantiles
  hidden: string;  // what stands for a bin that is not shown
}

const width = 300;
const height = 84;

/// Bars over 0 to 100 with marks below; the numbers stand in a table for readers of the page.
export function Histogram(of: HistogramOf) {
  const most = Math.max(1, ...of.bins.map((count) => count ?? 0));
  const step = width / of.bins.length;
  const range = (bin: number) => {
    const size = 100 / of.bins.length;
    return `${bin * size}–${bin === of.bins.length - 1 ? 100 : (bin + 1) * size - 1}`;
  };
  return (
    <figure class="histogram">
      <svg viewBox={`0 0 ${width} ${height + 16}`} aria-hidden="true">
        {of.bins.map((count, bin) => {
          const tall = count === null ? height
            : Math.max(count > 0 ? 1.5 : 0, (height * count) / most);
          return <rect key={bin} class={count === null ? "hatched" : undefined} x={bin * step + 1}
            y={height - tall} width={step - 2} height={tall} rx={1.5}>
            <title>{`${range(bin)}: ${count === null ? of.hidden : number(count)}`}</title>
          </rect>;
        })}
        <line x1={0} x2={width} y1={height} y2={height} />
        {of.marks.map((mark) => (
          <g key={mark.title}>
            <line class="mark" x1={(width * mark.at) / 100} x2={(width * mark.at) / 100} y1={0}
              y2={height + 4} />
            <title>{`${mark.title}: ${mark.at}`}</title>
          </g>
        ))}
        {[0, 50, 100].map((at) => (
          <text key={at} x={(width * at) / 100} y={height + 14}
            text-anchor={at === 0 ? "start" : at === 100 ? "end" : "middle"}>{at}</text>
        ))}
      </svg>
      <div class="unseen">
        <table>
          <caption>{of.label}</caption>
          <tbody>
            {of.bins.map((count, bin) => (
              <tr key={bin}>
                <th scope="row">{range(bin)}</th>
                <td>{count === null ? of.hidden : number(count)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}
