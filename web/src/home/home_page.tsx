import { useEffect, useState } from "preact/hooks";
import { useLive } from "../api/live";
import type { Fresh } from "../api/live";
import type { Home } from "../api/types";
import { ago, decimal, moment, number } from "../base/format";
import { Sparkline } from "../charts/sparkline";
import { Badge, Empty, LinkButton, PageHead, Panel } from "../ui/elements";
import { Freshness } from "../ui/freshness";
import { Failed, Skeleton } from "../ui/loaded";
import { stateBadge } from "../ui/states";
import { Table } from "../ui/table";
import { LoopFigure } from "./loop_figure";
import { callRates, withSample } from "./rate";
import type { Sample } from "./rate";
import { t } from "./texts";

function SegmentsPanel(of: { home: Home }) {
  const rows = of.home.segments;
  return (
    <Panel title={t.segmentsTitle} flush>
      {rows.length === 0 ? (
        <Empty title={t.noSegments}
          action={<LinkButton href="/segments/new">{t.makeSegment}</LinkButton>} />
      ) : (
        <Table caption={t.segmentsTitle} rows={rows} keyOf={(row) => row.id}
          href={(row) => `/segments/${row.id}`}
          columns={[
            { title: t.columnName, cell: (row) => row.name },
            { title: t.columnPeople, numeric: true, cell: (row) => number(row.count) },
            { title: t.columnAge, numeric: true, minor: true, cell: (row) => ago(row.age_ms) },
          ]} />
      )}
    </Panel>
  );
}

function BanksPanel(of: { home: Home }) {
  const rows = of.home.phonebanks;
  return (
    <Panel title={t.banksTitle} flush>
      {rows.length === 0 ? (
        <Empty title={t.noBanks}
          action={<LinkButton href="/phonebanks/new">{t.makeBank}</LinkButton>} />
      ) : (
        <Table caption={t.banksTitle} rows={rows} keyOf={(row) => row.id}
          href={(row) => `/phonebanks/${row.id}`}
          columns={[
            { title: t.columnName, cell: (row) => row.name },
            { title: t.columnState, cell: (row) => stateBadge(row.state) },
            { title: t.columnCallers, numeric: true, minor: true,
              cell: (row) => number(row.callers_active) },
            { title: t.columnCalls, numeric: true, cell: (row) => number(row.calls) },
            { title: t.columnTalks, numeric: true, minor: true,
              cell: (row) => number(row.conversations) },
          ]} />
      )}
    </Panel>
  );
}

function RatePanel(of: { fresh: Fresh<Home> }) {
  const [samples, setSamples] = useState<Sample[]>([]);
  const { data, at } = of.fresh;
  useEffect(() => setSamples((before) => withSample(before, { at, calls: data.calls })), [at]);
  const rates = callRates(samples, at, 10_000, 60);
  const now = rates[rates.length - 1] ?? 0;
  return (
    <Panel title={t.rateTitle}>
      <div class="rate">
        <strong>{decimal(now, 0)}</strong><Sparkline values={rates} height={44} />
      </div>
    </Panel>
  );
}

function ImportPanel(of: { run: NonNullable<Home["last_import"]> }) {
  const run = of.run;
  return (
    <Panel title={t.importTitle}>
      <p class="last-import">
        <a href={`/imports/${run.id}`}>{run.file_name}</a> {stateBadge(run.state)}
      </p>
      <p class="muted">
        {t.rows(number(run.rows_read), number(run.rows_rejected))} · {moment(run.started_at)}
      </p>
    </Panel>
  );
}

export function HomePage() {
  const { fresh, error } = useLive<Home>("home");
  if (!fresh) {
    return (
      <>
        <PageHead title={t.title} />
        {error ? <Failed error={error} /> : <Skeleton rows={8} />}
      </>
    );
  }
  const home = fresh.data;
  return (
    <div class="home">
      <PageHead title={t.title}>
        <Freshness ageMs={home.feed_age_ms} receivedAt={fresh.at} position={home.position} />
      </PageHead>
      {home.voters === 0 ? (
        <Panel>
          <Empty title={t.startTitle}
            action={<LinkButton href="/imports" primary>{t.startAction}</LinkButton>}>
            {t.start}
          </Empty>
        </Panel>
      ) : <LoopFigure home={home} />}
      <div class="columns">
        <SegmentsPanel home={home} />
        <BanksPanel home={home} />
        <RatePanel fresh={fresh} />
        {home.last_import ? <ImportPanel run={home.last_import} /> : null}
      </div>
      <p class="version"><Badge>{t.version(home.version)}</Badge></p>
    </div>
  );
}
