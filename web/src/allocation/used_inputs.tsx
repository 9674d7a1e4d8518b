import type { PlanDocument } from "../api/plan";
import { ago, day, percent } from "../base/format";
import { useNow } from "../base/load";
import { LinkButton, Panel } from "../ui/elements";
import { Table } from "../ui/table";
import { t } from "./texts";

function meansWords(means: NonNullable<PlanDocument["means"]>): string {
  const points = (part = 0) => Number((part * 100).toPrecision(2)).toString();
  return means.method === "tracker" ? t.byTracker(points(means.daily_sd), points(means.house_sd))
    : t.byAge(means.half_life_days ?? 0);
}

/// What a plan was made of, and how old that is.
export function UsedInputs(of: { plan: PlanDocument }) {
  const now = useNow(10_000);
  const age = (at: string | undefined) => at ? ago(now - new Date(at).getTime()) : "–";
  const rows = of.plan.inputs ?? [];
  const live = of.plan.live ?? [];
  const reading = (one: typeof live[number]) => one.value === undefined ? "–"
    : one.kind === "experiment" ? t.effectOf((one.value * 100).toFixed(2),
      ((one.error ?? 0) * 100).toFixed(2))
      : t.shareOf(percent(one.value), Math.round(one.counts ?? 0));
  return (
    <Panel title={t.madeOf} actions={<LinkButton href="/money/inputs">{t.inputsLink}</LinkButton>}>
      {of.plan.newest_poll ? <p>{t.newestPoll(day(of.plan.newest_poll))}</p> : null}
      {of.plan.means ? <p>{meansWords(of.plan.means)}</p> : null}
      {rows.length > 0 ? (
        <Table caption={t.madeOf} rows={rows} keyOf={(one) => one.what} columns={[
          { title: t.input, cell: (one) => t.sheetTitles[one.what] ?? one.what },
          { title: t.changedAt, numeric: true, cell: (one) => age(one.at) },
        ]} />
      ) : null}
      {live.length > 0 ? (
        <Table caption={t.live} rows={live} keyOf={(one) => one.name} columns={[
          { title: t.live, cell: (one) => (
            <>{one.name} <small class="muted">{t.liveKinds[one.kind]}, {one.of}</small></>) },
          { title: t.reading, numeric: true,
            cell: (one) => one.problem ? <small>{one.problem}</small> : reading(one) },
          { title: t.readAt, numeric: true, minor: true, cell: (one) => age(one.at) },
        ]} />
      ) : null}
    </Panel>
  );
}
