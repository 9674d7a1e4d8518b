import { cancelMatchRun, matchRuns, startMatchRun } from "../api/client";
import { useLive } from "../api/live";
import type { MatchRun } from "../api/types";
import { Bars } from "../charts/bars";
import { duration, moment, number } from "../base/format";
import { useAction, useLoad } from "../base/load";
import { useEffect } from "preact/hooks";
import { Button, Notice, Panel, Stat, Stats } from "../ui/elements";
import { Failed, Loaded } from "../ui/loaded";
import { Rolling } from "../ui/rolling";
import { t } from "./texts";

function Report(of: { run: MatchRun }) {
  const report = of.run.report;
  if (!report) return null;
  const sizes = report.cluster_sizes.map((size) => ({
    key: String(size.identities), title: t.sizeOf(number(size.identities)), count: size.persons }));
  return (
    <div class="stack">
      <Stats>
        <Stat title={t.report.records} value={number(report.records)} />
        <Stat title={t.report.pairs} value={number(report.pairs_compared)} />
        <Stat title={t.report.joined} value={number(report.joined)} />
        <Stat title={t.report.queued} value={number(report.queued)} />
        <Stat title={t.report.expected} value={number(report.estimated_matches)} />
      </Stats>
      {sizes.length > 0 ? <><h3>{t.sizes}</h3><Bars label={t.sizes} bars={sizes} /></> : null}
    </div>
  );
}

function Running(of: { run: MatchRun; ended: () => void }) {
  const { fresh } = useLive<MatchRun>(`match_run:${of.run.id}`);
  const run = fresh?.data ?? of.run;
  const { run: stop, busy, error } = useAction(async () => {
    await cancelMatchRun(run.id);
    of.ended();
  });
  useEffect(() => { if (run.state !== "running") of.ended(); }, [run.state]);
  return (
    <div class="stack">
      <div class="row" role="status">
        {t.running(t.stages[run.stage] ?? run.stage, duration(run.seconds))}
        <Button kind="quiet" busy={busy} onClick={() => void stop()}>{t.stop}</Button>
      </div>
      <Stats><Stat title={t.rowsRead} value={<Rolling value={run.rows_read} />} /></Stats>
      {error ? <Failed error={error} /> : null}
    </div>
  );
}

/// The last run with its report, or the one that goes on now.
export function Runs(of: { ended: () => void }) {
  const { load, reload } = useLoad((signal) => matchRuns(signal), []);
  const start = useAction(async () => {
    await startMatchRun("registry");
    reload();
  });
  const last = load.state === "ready" ? load.data.items[0] : undefined;
  const isRunning = last?.state === "running";
  const ended = () => {
    reload();
    of.ended();
  };
  return (
    <Panel title={t.runs} actions={isRunning ? null : (
      <Button busy={start.busy} onClick={() => void start.run()}>{t.start}</Button>
    )}>
      {start.error ? <Failed error={start.error} /> : null}
      <Loaded load={load}>
        {() => {
          if (!last) return <p>{t.never}</p>;
          if (isRunning) return <Running run={last} ended={ended} />;
          return (
            <div class="stack">
              <p>{t.lastRun(moment(last.started_at), last.started_by_name)}</p>
              {last.error ? <Notice tone="warn" title={t.failed}>{last.error}</Notice> : null}
              <Report run={last} />
            </div>
          );
        }}
      </Loaded>
    </Panel>
  );
}
