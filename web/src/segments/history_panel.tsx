import { segmentCounts, segmentExports, segmentFile, segmentVersions } from "../api/client";
import { Minutes } from "../charts/minutes";
import type { PastSegmentCount, Segment, SegmentExported, SegmentVersion } from "../api/types";
import { moment, number } from "../base/format";
import { useLoad, useRepeat } from "../base/load";
import { LinkButton, Panel } from "../ui/elements";
import { Loaded } from "../ui/loaded";
import { Table } from "../ui/table";
import { t } from "./texts";

const repeatMs = 10_000;
const countsShown = 20;

function Counts(of: { counts: PastSegmentCount[] }) {
  const newest = [...of.counts].reverse();
  if (newest.length === 0) return <p class="muted">{t.noCounts}</p>;
  return (
    <div class="stack">
      {newest.length > 1 ? (
        <Minutes label={t.countsTitle} timeTitle={t.when} height={170}
          seconds={of.counts.map((one) => Date.parse(one.at) / 1000)}
          series={[{ title: t.voters, color: "--data-1",
                     values: of.counts.map((one) => one.count) }]} />
      ) : null}
      <Table caption={t.countsTitle} rows={newest.slice(0, countsShown)} keyOf={(row) => row.at}
        columns={[
          { title: t.when, cell: (row) => moment(row.at) },
          { title: t.columns.version, numeric: true, cell: (row) => row.version },
          { title: t.voters, numeric: true, cell: (row) => number(row.count) },
          { title: t.households, numeric: true, minor: true,
            cell: (row) => number(row.households) },
          { title: t.withPhone, numeric: true, minor: true, cell: (row) => number(row.with_phone) },
          { title: t.position, numeric: true, minor: true, cell: (row) => number(row.position) },
        ]} />
    </div>
  );
}

function Versions(of: { versions: SegmentVersion[]; onTake: (rule: unknown) => void }) {
  return (
    <Table caption={t.versionsTitle} rows={of.versions} keyOf={(row) => String(row.version)}
      columns={[
        { title: t.columns.version, cell: (row) => row.version },
        { title: t.when, cell: (row) => moment(row.saved_at) },
        { title: t.columns.name, minor: true, cell: (row) => row.name },
        { title: t.columns.rule, cell: (row) => <code>{row.text || t.everybodyText}</code> },
        { title: t.take, cell: (row) => (
          <button type="button" class="link" aria-label={t.takeVersion(row.version)}
            onClick={() => of.onTake(row.rule)}>{t.take}</button>
        ) },
      ]} />
  );
}

function Exports(of: { segment: Segment; taken: SegmentExported[]; may: boolean }) {
  return (
    <Panel title={t.exportsTitle} actions={of.may
      ? <LinkButton href={segmentFile(of.segment.id)} download>{t.export}</LinkButton> : null}>
      <p class="muted">{of.may ? t.exportWhy : t.exportNot}</p>
      {of.taken.length === 0 ? <p class="muted">{t.noExports}</p> : (
        <Table caption={t.exportsTitle} rows={of.taken} keyOf={(row) => row.at}
          columns={[
            { title: t.when, cell: (row) => moment(row.at) },
            { title: t.by, cell: (row) => row.by },
            { title: t.voters, numeric: true, cell: (row) => number(row.rows) },
            { title: t.columns.version, numeric: true, cell: (row) => row.version },
          ]} />
      )}
    </Panel>
  );
}

/// What the segment was: its versions and its numbers, and who took files of it.
export function HistoryPanel(of: { segment: Segment; exports: boolean;
                                   onTake: (rule: unknown) => void }) {
  const which = of.segment.id;
  const { load, reload } = useLoad((signal) => Promise.all([
    segmentVersions(which, signal), segmentCounts(which, signal), segmentExports(which, signal),
  ]), [which, of.segment.version]);
  useRepeat(reload, repeatMs, []);
  return (
    <Loaded load={load} rows={8}>
      {([versions, counts, exports]) => (
        <div class="stack">
          <Panel title={t.countsTitle}><Counts counts={counts.items} /></Panel>
          <Panel title={t.versionsTitle}>
            <Versions versions={versions.items} onTake={of.onTake} />
          </Panel>
          <Exports segment={of.segment} taken={exports.items} may={of.exports} />
        </div>
      )}
    </Loaded>
  );
}
