import { useState } from "preact/hooks";
import { overlapSegments } from "../api/client";
import type { AllSegmentNumbers, SegmentOverlap } from "../api/types";
import { number, percent } from "../base/format";
import { useLoad } from "../base/load";
import { Panel } from "../ui/elements";
import { Loaded } from "../ui/loaded";
import { t } from "./texts";

const segmentsMax = 20;

function Matrix(of: { found: SegmentOverlap; names: Map<string, string> }) {
  const { rows } = of.found;
  const name = (id: string) => of.names.get(id) ?? id;
  return (
    <div class="table-scroll">
      <table class="table matrix">
        <caption class="unseen">{t.matrixTitle}</caption>
        <thead>
          <tr>
            <th scope="col">{t.matrixCorner}</th>
            {rows.map((row) => <th key={row.segment} scope="col">{name(row.segment)}</th>)}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => {
            const size = row.counts[i] ?? null;
            return (
              <tr key={row.segment}>
                <th scope="row">{name(row.segment)}</th>
                {row.counts.map((count, j) => {
                  const share = count === null || !size ? null : count / size;
                  return (
                    <td key={rows[j]?.segment} class={`numeric${i === j ? " own" : ""}`}>
                      <i aria-hidden="true" style={{ opacity: (share ?? 0) * 0.45 }} />
                      <span>{count === null ? t.hidden : number(count)}</span>
                      {i === j || share === null ? null : <small>{percent(share, 0)}</small>}
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/// How many voters each pair of several segments shares.
export function OverlapPanel(of: { all: AllSegmentNumbers; first: string[] }) {
  const [chosen, setChosen] = useState(() => [...new Set([
    ...of.first, ...of.all.items.slice(0, 5).map((one) => one.id)])]);
  const names = new Map(of.all.items.map((one) => [one.id, one.name]));
  const { load } = useLoad((signal) => overlapSegments(chosen, signal), [chosen.join(",")]);
  const toggle = (id: string) => setChosen(
    chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  return (
    <Panel title={t.matrixTitle}>
      <p class="muted">{t.matrixWhy}</p>
      <details class="matrix-pick">
        <summary>{t.matrixPick(chosen.length)}</summary>
        <ul class="choices">
          {of.all.items.map((one) => (
            <li key={one.id}>
              <label class="check">
                <input type="checkbox" checked={chosen.includes(one.id)}
                  disabled={(!chosen.includes(one.id) && chosen.length >= segmentsMax) ||
                    (chosen.includes(one.id) && chosen.length <= 2)}
                  onChange={() => toggle(one.id)} />
                <span>{one.name}</span>
              </label>
            </li>
          ))}
        </ul>
      </details>
      <Loaded load={load} rows={5}>{(found) => <Matrix found={found} names={names} />}</Loaded>
    </Panel>
  );
}
