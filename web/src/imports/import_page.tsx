import { useState } from "preact/hooks";
import { cancelImport, startImport, undoImport } from "../api/client";
import { useLive } from "../api/live";
import type { Import } from "../api/types";
import { Bars } from "../charts/bars";
import { bytes, duration, moment, number } from "../base/format";
import { useAction } from "../base/load";
import { navigate, usePlace } from "../base/router";
import { Button, Facts, LinkButton, Meter, Notice, PageHead, Panel, Stat, Stats }
  from "../ui/elements";
import { Confirm } from "../ui/dialog";
import { Failed, Skeleton } from "../ui/loaded";
import { Rolling } from "../ui/rolling";
import { stateBadge } from "../ui/states";
import { Mending, Rejects } from "./rejects";
import { Report } from "./report";
import { t } from "./texts";

function Running(of: { run: Import }) {
  const run = of.run;
  const left = run.seconds_left === null ? t.leftUnknown : duration(run.seconds_left);
  return (
    <Panel title={run.stage === "publishing" ? t.publishing : t.reading}>
      <div class="stack">
        <Meter share={run.file_bytes > 0 ? run.bytes_done / run.file_bytes : 0}
          label={t.progress} />
        <Stats>
          <Stat title={t.read} value={<Rolling value={run.rows_read} />}
            note={`${bytes(run.bytes_done)} / ${bytes(run.file_bytes)}`} />
          <Stat title={t.rate} value={<Rolling value={run.rows_per_s} />} />
          <Stat title={t.left} value={left} />
          <Stat title={t.rejected} value={<Rolling value={run.rows_rejected} />} />
        </Stats>
      </div>
    </Panel>
  );
}

function Outcome(of: { run: Import }) {
  const run = of.run;
  const bars = [
    { key: "new", title: t.fresh, count: run.rows_new },
    { key: "changed", title: t.changed, count: run.rows_changed },
    { key: "same", title: t.same, count: run.rows_same },
    { key: "rejected", title: t.rejected, count: run.rows_rejected },
  ];
  return (
    <Panel title={t.resultTitle}>
      <Bars label={t.resultTitle} bars={bars} total={Math.max(1, run.rows_read)} />
    </Panel>
  );
}

function FactsPanel(of: { run: Import }) {
  const run = of.run;
  const end = run.ended_at ? new Date(run.ended_at).getTime() : Date.now();
  const seconds = (end - new Date(run.started_at).getTime()) / 1000;
  return (
    <Panel title={t.factsTitle}>
      <Facts rows={[
        [t.read, number(run.rows_read)], [t.fileSize, bytes(run.file_bytes)],
        [t.rate, number(run.rows_per_s)], [t.took, duration(seconds)],
        [t.startedAt, moment(run.started_at)], [t.startedBy, run.started_by_name],
      ]} />
    </Panel>
  );
}

/// The file is still on the server: it can be imported as it was tried.
function Tried(of: { run: Import }) {
  const { asked } = of.run;
  const { run, busy, error } = useAction(async () => {
    if (!asked.upload) return;
    const started = await startImport({ layout: of.run.layout, upload: asked.upload,
      mapping: asked.mapping, blank_keeps: asked.blank_keeps,
      absent_share_max: asked.absent_share_max, ...(of.run.mends ? { mends: of.run.mends } : {}) });
    navigate(`/imports/${started.id}${started.repeat ? "?repeat=1" : ""}`);
  });
  return (
    <Notice tone="accent" title={t.triedTitle} actions={asked.upload ? (
      <>
        <Button kind="primary" busy={busy} onClick={() => void run()}>{t.triedStart}</Button>
        <LinkButton href={`/imports?upload=${encodeURIComponent(asked.upload)}`}>
          {t.look}
        </LinkButton>
      </>
    ) : undefined}>
      {asked.upload ? t.triedWords : `${t.triedWords} ${t.triedGone}`}
      {error ? <Failed error={error} /> : null}
    </Notice>
  );
}

function Verdict(of: { run: Import }) {
  const run = of.run;
  const { query } = usePlace();
  if (query.has("repeat")) {
    return <Notice tone="accent" title={t.repeatTitle}>{t.repeatWords}</Notice>;
  }
  if (run.state === "failed") {
    return <Notice tone="bad" title={t.failedTitle}>{run.error}</Notice>;
  }
  if (run.state === "tried") return <Tried run={run} />;
  if (run.state === "undone") {
    return (
      <Notice tone="accent" title={t.undoneTitle}>
        {t.undoneWords(run.undone_by_name ?? "", moment(run.undone_at))}
      </Notice>
    );
  }
  if (run.stage === "undoing") return <Notice tone="accent" title={t.undoing} />;
  if (run.state === "published" && run.error) {
    return <Notice tone="bad" title={t.undoFailed}>{run.error}</Notice>;
  }
  if (run.state === "cancelled") return <Notice tone="warn" title={t.cancelledTitle} />;
  if (run.state === "published" && run.rows_read > 0 && run.rows_same === run.rows_read) {
    return <Notice tone="accent" title={t.sameTitle}>{t.sameWords}</Notice>;
  }
  return null;
}

function Warnings(of: { run: Import }) {
  if (of.run.warnings.length === 0) return null;
  return (
    <Panel title={t.warnings}>
      <ul class="warnings">
        {of.run.warnings.map((warning) => (
          <li key={warning.kind}>{warning.text}</li>
        ))}
      </ul>
    </Panel>
  );
}

function CancelButton(of: { run: Import }) {
  const [asking, setAsking] = useState(false);
  const { run, busy, error } = useAction(async () => {
    await cancelImport(of.run.id);
    setAsking(false);
  });
  return (
    <>
      <Button kind="danger" onClick={() => setAsking(true)}>{t.cancel}</Button>
      {error && !asking ? <Failed error={error} /> : null}
      {asking ? (
        <Confirm title={t.cancelTitle} words={t.cancelWords} confirm={t.cancelConfirm} danger
          busy={busy} error={error} onConfirm={() => void run()}
          onClose={() => setAsking(false)} />
      ) : null}
    </>
  );
}

function UndoButton(of: { run: Import }) {
  const [asking, setAsking] = useState(false);
  const { run, busy, error } = useAction(async () => {
    await undoImport(of.run.id);
    setAsking(false);
  });
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t.undo}</Button>
      {error && !asking ? <Failed error={error} /> : null}
      {asking ? (
        <Confirm title={t.undoTitle} words={t.undoWords} confirm={t.undo} danger busy={busy}
          error={error} onConfirm={() => void run()} onClose={() => setAsking(false)} />
      ) : null}
    </>
  );
}

export function ImportPage(of: { params: Record<string, string> }) {
  const { fresh, error } = useLive<Import>(`import:${of.params.id ?? ""}`);
  const back = { href: "/imports", title: t.back };
  if (!fresh) {
    return (
      <>
        <PageHead title={t.title} back={back} />
        {error ? <Failed error={error} /> : <Skeleton />}
      </>
    );
  }
  const run = fresh.data;
  const running = run.state === "running";
  const name = run.run_name ? t.runName(run.run_name) : run.file_name;
  return (
    <>
      <PageHead back={back} title={<>{name} {stateBadge(run.state)}</>}>
        {running ? <CancelButton run={run} /> : null}
        {run.state === "published" && run.stage === "done" ? <UndoButton run={run} /> : null}
      </PageHead>
      <div class="stack">
        <Verdict run={run} />
        {run.restarts > 0
          ? <Notice tone="accent" title={t.restartedTitle}>{t.restartedWords(run.restarts)}</Notice>
          : null}
        <Mending run={run} />
        {running ? <Running run={run} /> : (
          <div class="columns"><Outcome run={run} /><FactsPanel run={run} /></div>
        )}
        <Report run={run} />
        <Warnings run={run} />
        {running ? null : <Rejects run={run} />}
      </div>
    </>
  );
}
