import type { QuestionEstimates } from "../api/types";
import { decimal, none, number, percent } from "../base/format";
import { Span } from "../charts/span";
import { Bars } from "../charts/bars";
import { Trend } from "../charts/trend";
import { Facts, Panel } from "../ui/elements";
import { Table } from "../ui/table";
import { t } from "./texts";

interface Of {
  made: QuestionEstimates;
}

const range = (low: number | null, high: number | null) =>
  (low === null || high === null ? none : `${percent(low)} – ${percent(high)}`);

export function Shares(of: Of) {
  const rows = of.made.choices;
  if (rows.length === 0) return null;
  const share = (row: (typeof rows)[number]) => row.weighted ?? row.raw;
  return (
    <Panel title={t.shares} note={t.sharesNote} flush>
      <Table caption={t.shares} rows={rows} keyOf={(row) => String(row.choice)}
        columns={[
          { title: t.shareColumns.choice, cell: (row) => row.text },
          { title: t.shareColumns.count, numeric: true, minor: true,
            cell: (row) => number(row.count) },
          { title: t.shareColumns.raw, numeric: true, minor: true,
            cell: (row) => percent(row.raw.value) },
          { title: t.shareColumns.weighted, numeric: true,
            cell: (row) => <b>{percent(row.weighted?.value ?? null)}</b> },
          { title: t.shareColumns.interval, cell: (row) => {
            const of_ = share(row);
            const words = range(of_.lower, of_.upper);
            return (
              <>
                <Span label={`${row.text}: ${words}`} value={of_.value} low={of_.lower ?? of_.value}
                  high={of_.upper ?? of_.value} least={0} most={1} dim={row.weighted === null} />
                <small class="muted">{words}</small>
              </>
            );
          } },
          { title: t.shareColumns.deff, numeric: true, minor: true,
            cell: (row) => (row.design_effect === null ? none : decimal(row.design_effect, 2)) },
        ]} />
    </Panel>
  );
}

export function TrendPanel(of: Of & { yes: number }) {
  const choice = of.made.choices.find((one) => one.choice === of.yes);
  return (
    <Panel title={t.trend} note={choice ? t.trendNote(choice.text) : undefined}>
      {of.made.trend.length === 0 ? <p class="muted">{t.noTrend}</p> : (
        <Trend label={t.trend} titles={t.trendTitles} days={of.made.trend.map((one) => ({
          day: one.day, n: one.n, value: one.value, rolling: one.rolling?.value ?? null,
          smooth: one.smooth.value, low: one.smooth.lower ?? one.smooth.value,
          high: one.smooth.upper ?? one.smooth.value }))} />
      )}
    </Panel>
  );
}

export function Margins(of: Of) {
  if (of.made.margins.length === 0) return null;
  return (
    <Panel title={t.marginsTitle} flush>
      <div class="margin-tables">
        {of.made.margins.map((margin) => {
          const name = t.margins[margin.name as keyof typeof t.margins] ?? margin.name;
          return (
            <Table key={margin.name} caption={`${t.marginsTitle}: ${name}`} rows={margin.rows}
              keyOf={(row) => row.category}
              columns={[
                { title: name, cell: (row) => row.category },
                { title: t.marginColumns.population, numeric: true,
                  cell: (row) => percent(row.population) },
                { title: t.marginColumns.sample, numeric: true,
                  cell: (row) => percent(row.sample) },
                { title: t.marginColumns.weighted, numeric: true,
                  cell: (row) => percent(row.weighted) },
              ]} />
          );
        })}
      </div>
      {of.made.merged.length > 0 ? (
        <p class="muted inset">{t.merged(of.made.merged.join(", "))}</p>
      ) : null}
    </Panel>
  );
}

export function States(of: Of) {
  const states = of.made.states;
  const names = Object.keys(t.stateNames) as (keyof typeof t.stateNames)[];
  const rates = Object.keys(t.rates) as (keyof typeof t.rates)[];
  if (names.every((name) => states[name] === 0)) {
    return <Panel title={t.states}><p class="muted">{t.noStates}</p></Panel>;
  }
  return (
    <Panel title={t.states} note={t.statesNote}>
      <div class="stack">
        <Bars label={t.states} bars={names.filter((name) => states[name] > 0).map((name) => ({
          key: name, title: t.stateNames[name], count: states[name] }))} />
        <Facts rows={rates.map((name) => [t.rates[name], percent(states[name])])} />
      </div>
    </Panel>
  );
}
