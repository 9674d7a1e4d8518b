import { correlationsFile, removeCorrelations } from "../api/plan";
import type { CorrelatedContests, SpendingState } from "../api/types";
import { percent } from "../base/format";
import { useAction } from "../base/load";
import { Button, LinkButton, Notice, Panel } from "../ui/elements";
import { Failed } from "../ui/loaded";
import { Table } from "../ui/table";
import { t } from "./texts";

const cell = 10;

/// The matrix as squares, the darker the further from zero: two colours for the two signs.
function Matrix(of: { names: string[]; matrix: number[] }) {
  const { names, matrix } = of;
  const n = names.length;
  const size = n * cell;
  return (
    <svg class="correlations" style={{ maxWidth: `${Math.min(420, 40 * n)}px` }} role="img"
      viewBox={`0 0 ${size} ${size}`} aria-label={t.correlationPicture(n)}>
      {matrix.map((value, at) => {
        const row = Math.floor(at / n);
        const column = at % n;
        if (row === column || value === 0) return null;
        return (
          <rect key={at} x={column * cell} y={row * cell} width={cell - 1} height={cell - 1}
            class={value > 0 ? "plus" : "minus"} opacity={0.15 + 0.85 * Math.abs(value)}>
            <title>{`${names[row]}, ${names[column]}: ${value.toFixed(2)}`}</title>
          </rect>
        );
      })}
      {names.map((name, at) => (
        <rect key={name} x={at * cell} y={at * cell} width={cell - 1} height={cell - 1}
          class="self"><title>{name}</title></rect>
      ))}
    </svg>
  );
}

function Given(of: { state: SpendingState }) {
  const { correlations: given, contests } = of.state;
  return (
    <div class={given.matrix.length > 0 ? "correlations-given" : ""}>
      <div>
        <p>{t.correlatedPairs(given.pairs, contests.length)}</p>
        <Table caption={t.strongestPairs} rows={given.strongest}
          keyOf={(one: CorrelatedContests) => `${one.contest} ${one.other}`} columns={[
            { title: t.strongestPairs, cell: (one) => `${one.contest}, ${one.other}` },
            { title: t.correlation, numeric: true, cell: (one) => one.correlation.toFixed(2) },
          ]} />
      </div>
      {given.matrix.length > 0 ? (
        <Matrix names={contests.map((one) => one.name)} matrix={given.matrix} />) : null}
    </div>
  );
}

/// Which contests' errors go together: by what they share, and by what was imported.
export function CorrelationsPanel(of: { state: SpendingState; writes: boolean;
                                        onChanged: () => void }) {
  const { correlations: given } = of.state;
  const { run, busy, error } = useAction(async () => {
    await removeCorrelations();
    of.onChanged();
  });
  return (
    <Panel title={t.correlations} actions={given.pairs > 0 ? (
      <>
        <LinkButton href={correlationsFile} download>{t.correlationsCsv}</LinkButton>
        {of.writes ? <Button busy={busy} onClick={() => void run()}>{t.independent}</Button> : null}
      </>
    ) : undefined}>
      <div class="stack">
        <p>{t.sharedErrors(percent(given.within_region, 0), percent(given.between_regions, 0))}</p>
        {given.note ? <Notice tone="warn">{given.note}</Notice> : null}
        {given.pairs === 0 ? <p class="muted">{t.noCorrelations}</p> : <Given state={of.state} />}
        {error ? <Failed error={error} /> : null}
      </div>
    </Panel>
  );
}
