import { bankHours, bankSegments, bankWaits, callerQuality } from "../api/client";
import type { Phonebank } from "../api/types";
import { Bars } from "../charts/bars";
import { decimal, duration, number, percent } from "../base/format";
import { useLoad, useRepeat } from "../base/load";
import { Badge, Panel, Stat } from "../ui/elements";
import { Loaded } from "../ui/loaded";
import { Table } from "../ui/table";
import { byHourOfDay, isHasty } from "./hours";
import { t } from "./texts";

const slowMs = 30_000;

/// "0.4 s", "12 s", "1 min 5 s"
const seconds = (value: number) => (value < 10 ? `${decimal(value, 1)} s` : duration(value));

/// When people are reached: conversations among the calls of each hour of the day.
export function ContactRate(of: { bank: Phonebank }) {
  const { load, reload } = useLoad((signal) => bankHours(of.bank.id, signal), [of.bank.id]);
  useRepeat(reload, slowMs, [of.bank.id]);
  return (
    <Panel title={t.contactRate} note={t.contactRateNote}>
      <Loaded load={load}>
        {(page) => page.items.length === 0 ? <p class="muted">{t.noCalls}</p> : (
          <Bars label={t.contactRate} bars={byHourOfDay(page.items).map((one) => ({
            key: String(one.hour), title: t.hour(one.hour), count: one.conversations,
            note: t.ofCalls(percent(one.conversations / one.calls, 0), number(one.calls)) }))} />
        )}
      </Loaded>
    </Panel>
  );
}

/// Who is reached: conversations among the tries of each saved segment. The segment's own page has
/// its waterfall.
export function BySegment(of: { bank: Phonebank }) {
  const { load, reload } = useLoad((signal) => bankSegments(of.bank.id, signal), [of.bank.id]);
  useRepeat(reload, slowMs, [of.bank.id]);
  return (
    <Panel title={t.bySegment} note={t.bySegmentNote}>
      <Loaded load={load}>
        {(page) => page.items.length === 0
          ? <p class="muted">{of.bank.calls === 0 ? t.noCalls : t.noSegments}</p> : (
            <ul class="bars segment-rates" aria-label={t.bySegment}>
              {page.items.map((one) => (
                <li key={one.segment}>
                  <a class="bar-title" href={`/segments/${one.segment}`} title={one.name}>
                    {one.name}
                  </a>
                  <span class="bar-track" aria-hidden="true">
                    <i style={{ width: `${(100 * one.conversations) / one.calls}%` }} />
                  </span>
                  <span class="bar-value">
                    {percent(one.conversations / one.calls, 0)}
                    <small>{t.ofTries(number(one.calls))}</small>
                  </span>
                </li>
              ))}
            </ul>
          )}
      </Loaded>
    </Panel>
  );
}

/// How long callers wait from a result to the next number that they call.
export function WaitStat(of: { bank: Phonebank }) {
  const { load, reload } = useLoad((signal) => bankWaits(of.bank.id, signal), [of.bank.id]);
  useRepeat(reload, slowMs, [of.bank.id]);
  const waits = load.state === "ready" && load.data.counted > 0 ? load.data : null;
  return (
    <Stat title={t.waits} value={waits ? seconds(waits.median_seconds) : "–"}
      note={waits ? t.waitsNote(seconds(waits.most_seconds)) : t.waitsNone} />
  );
}

/// Signs of how each caller's calls went. Signs, no verdicts.
export function Quality(of: { bank: Phonebank }) {
  const { load, reload } = useLoad((signal) => callerQuality(of.bank.id, signal), [of.bank.id]);
  useRepeat(reload, slowMs, [of.bank.id]);
  return (
    <Panel title={t.quality} note={t.qualityNote} flush>
      <Loaded load={load}>
        {(page) => page.items.length === 0 ? <p class="muted inset">{t.noCalls}</p> : (
          <div class="tall">
            <Table caption={t.quality} rows={page.items} keyOf={(row) => row.person} columns={[
              { title: t.callerColumns.name, cell: (row) => (
                <>{row.name} {isHasty(row) ? <Badge tone="warn">{t.hastySign}</Badge> : null}</>) },
              { title: t.qualityColumns.reached, numeric: true,
                cell: (row) => percent(row.conversations / row.calls, 0) },
              { title: t.qualityColumns.seconds, numeric: true,
                cell: (row) => number(Math.round(row.median_seconds)) },
              { title: t.qualityColumns.hasty, numeric: true, cell: (row) => number(row.hasty) },
              { title: t.qualityColumns.barring, numeric: true, minor: true,
                cell: (row) => number(row.barring) },
              { title: t.qualityColumns.late, numeric: true, minor: true,
                cell: (row) => number(row.late) },
              { title: t.qualityColumns.changed, numeric: true, minor: true,
                cell: (row) => number(row.changed) },
            ]} />
          </div>
        )}
      </Loaded>
    </Panel>
  );
}
