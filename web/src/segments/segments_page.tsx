import { segmentNumbers } from "../api/client";
import { session } from "../api/session";
import type { SegmentNumbers } from "../api/types";
import { ago, number } from "../base/format";
import { useLoad, useRepeat } from "../base/load";
import { may } from "../base/roles";
import { useStore } from "../base/store";
import { Empty, LinkButton, PageHead, Panel } from "../ui/elements";
import { Loaded } from "../ui/loaded";
import { Table } from "../ui/table";
import { Count } from "./live_count";
import { t } from "./texts";

const columns = [
  { title: t.columns.name, cell: (row: SegmentNumbers) => row.name },
  { title: t.columns.rule, minor: true,
    cell: (row: SegmentNumbers) => <span class="rule-text">{row.text || t.everybodyText}</span> },
  { title: t.columns.count, numeric: true,
    cell: (row: SegmentNumbers) => <Count value={row.count} /> },
  { title: t.columns.phone, numeric: true, minor: true,
    cell: (row: SegmentNumbers) => (row.with_phone === null ? t.hidden : number(row.with_phone)) },
  { title: t.columns.version, numeric: true, minor: true,
    cell: (row: SegmentNumbers) => row.version },
  { title: t.columns.age, numeric: true, cell: (row: SegmentNumbers) => ago(row.age_ms) },
];

export function SegmentsPage() {
  const { load, reload } = useLoad((signal) => segmentNumbers(signal), []);
  const who = useStore(session);
  const writes = who.state === "in" && may(who.session.person.role, "segments_write");
  useRepeat(reload, 3_000, []);
  const build = writes ? <LinkButton href="/segments/new" primary>{t.build}</LinkButton> : null;
  const several = load.state === "ready" && load.data.items.length > 1;
  return (
    <>
      <PageHead title={t.title} lead={t.lead}>
        {several ? <LinkButton href="/segments/compare">{t.compareAny}</LinkButton> : null}
        {build}
      </PageHead>
      <Panel flush>
        <Loaded load={load}>
          {(page) => page.items.length === 0
            ? (
              <Empty title={t.emptyTitle} action={build}>
                {writes ? t.empty : t.emptyForReaders}
              </Empty>
            )
            : (
              <>
                <Table caption={t.title} rows={page.items} keyOf={(row) => row.id}
                  href={(row) => `/segments/${row.id}`} columns={columns} />
                {page.hidden_below > 0
                  ? <p class="hint inset">{t.hiddenBelow(page.hidden_below)}</p> : null}
              </>
            )}
        </Loaded>
      </Panel>
    </>
  );
}
