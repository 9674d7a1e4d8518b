import type { ExperimentReport } from "../api/types";
import { decimal, number, percent, words } from "../base/format";
import { Span } from "../charts/span";
import { Badge, Panel } from "../ui/elements";
import { Table } from "../ui/table";
import { interval, pWords, short, verdictOf } from "./model";
import { t } from "./texts";

interface Of {
  report: ExperimentReport;
  share: boolean;
}

export function ArmsTable(of: Of) {
  const show = (value: number) => (of.share ? percent(value) : decimal(value, 2));
  return (
    <Panel title={t.arms} flush>
      <Table caption={t.arms} rows={of.report.arms} keyOf={(row) => row.name}
        columns={[
          { title: t.armColumns.name, cell: (row) => (
            <>{row.name} {row.is_control ? <Badge>{t.controlBadge}</Badge> : null}</>) },
          { title: t.armColumns.assigned, numeric: true, minor: true,
            cell: (row) => number(row.assigned) },
          { title: t.armColumns.tried, numeric: true, minor: true,
            cell: (row) => number(row.tried) },
          { title: t.armColumns.reached, numeric: true, minor: true,
            cell: (row) => number(row.contacted) },
          { title: t.armColumns.answered, numeric: true, cell: (row) => number(row.answered) },
          { title: t.armColumns.mean, numeric: true, cell: (row) => (row.mean ? (
            <div class="stacked">
              {show(row.mean.value)}
              {row.mean.lower !== null && row.mean.upper !== null ? (
                <small class="muted">{show(row.mean.lower)} – {show(row.mean.upper)}</small>
              ) : null}
            </div>) : "–") },
        ]} />
    </Panel>
  );
}

export function EffectsTable(of: Of) {
  if (of.report.effects.length === 0) return null;
  return (
    <Panel title={t.effects} flush>
      <Table caption={t.effects} rows={of.report.effects}
        keyOf={(row) => `${row.arm} ${row.method}`}
        columns={[
          { title: t.effectColumns.method, cell: (row) => (
            <>
              {t.methods[row.method]}
              <small class="muted">
                {" "}{row.arm} · {t.errors[row.errors as keyof typeof t.errors]}
                {row.reached !== null ? ` · ${t.reached(percent(row.reached))}` : ""}
                {row.variance_explained !== null
                  ? ` · ${t.explained(percent(row.variance_explained))}` : ""}
              </small>
            </>) },
          { title: t.effectColumns.effect, numeric: true,
            cell: (row) => <b>{short(row.effect.value, of.share)}</b> },
          { title: t.effectColumns.interval, numeric: true,
            cell: (row) => interval(row.effect, of.share) },
          { title: t.effectColumns.p, numeric: true, minor: true,
            cell: (row) => pWords(row.effect.p) },
          { title: t.effectColumns.n, numeric: true, minor: true, cell: (row) => number(row.n) },
        ]} />
    </Panel>
  );
}

export function GroupsTable(of: Of) {
  const rows = of.report.groups;
  if (rows.length === 0) return null;
  const ends = rows.flatMap((row) => [row.effect.lower ?? 0, row.effect.upper ?? 0])
    .map(Math.abs).sort((a, b) => a - b);
  // The widest tenth of the small groups would hide all others.
  const most = (ends[Math.floor(0.9 * (ends.length - 1))] ?? 1) * 1.1 || 1;
  return (
    <Panel title={t.groups} note={t.groupsNote} flush>
      <Table caption={t.groups} rows={rows}
        keyOf={(row) => `${row.arm} ${row.trait} ${row.value}`}
        columns={[
          { title: t.groupColumns.value, cell: (row) => (
            <>{row.value === "unknown" || row.value === "other" ? words(row.value) : row.value}
              <small class="muted"> {t.traits[row.trait] ?? row.trait}</small></>) },
          { title: t.groupColumns.n, numeric: true, minor: true, cell: (row) => number(row.n) },
          { title: t.groupColumns.effect, numeric: true,
            cell: (row) => short(row.effect.value, of.share) },
          { title: t.groupColumns.span, cell: (row) => (
            <Span label={`${row.value}: ${interval(row.effect, of.share)}`}
              value={row.effect.value} low={row.effect.lower ?? row.effect.value}
              high={row.effect.upper ?? row.effect.value} least={-most} most={most}
              dim={verdictOf(row.effect) === "open"} />) },
          { title: t.groupColumns.holm, numeric: true, minor: true,
            cell: (row) => pWords(row.holm) },
        ]} />
      <p class="muted inset">
        {of.report.group_tests.map((test) =>
          t.groupsDiffer(t.traits[test.trait] ?? test.trait, pWords(test.p))).join(" · ")}
      </p>
    </Panel>
  );
}

export function BalanceTable(of: { report: ExperimentReport }) {
  const rows = of.report.balance;
  if (rows.length === 0) return null;
  return (
    <Panel title={t.balance} flush
      note={of.report.balance_p !== null ? t.balanceP(pWords(of.report.balance_p)) : undefined}>
      <Table caption={t.balance} rows={rows} keyOf={(row) => `${row.arm} ${row.name}`}
        columns={[
          { title: t.balanceColumns.name, cell: (row) => t.baselines[row.name] ?? row.name },
          { title: t.balanceColumns.control, numeric: true,
            cell: (row) => decimal(row.control, 2) },
          { title: t.balanceColumns.treated, numeric: true,
            cell: (row) => decimal(row.treated, 2) },
          { title: t.balanceColumns.difference, numeric: true,
            cell: (row) => decimal(row.difference, 3) },
        ]} />
    </Panel>
  );
}
