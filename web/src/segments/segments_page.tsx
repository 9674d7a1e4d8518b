import { segments } from "../api/client";
import { session } from "../api/session";
import { ago, number } from "../base/format";
import { useLoad, useRepeat } from "../base/load";
import { may } from "../base/roles";
import { useStore } from "../base/store";
import { Empty, LinkButton, PageHead, Panel } from "../ui/elements";
import { Loaded } from "../ui/loaded";
import { Rolling } from "../ui/rolling";
import { Table } from "../ui/table";
import { t } from "./texts";

export function SegmentsPage() {
  const { load, reload } = useLoad((signal) => segments(signal), []);
  const who = useStore(session);
  const writes = who.state === "in" && may(who.session.person.role, "segments_write");
  useRepeat(reload, 3_000, []);
  const build = writes ? <LinkButton href="/segments/new" primary>{t.build}</LinkButton> : null;
  return (
    <>
      <PageHead title={t.title} lead={t.lead}>{build}</PageHead>
      <Panel flush>
        <Loaded load={load}>
          {(page) => page.items.length === 0
            ? <Empty title={t.emptyTitle} action={build}>{t.empty}</Empty>
            : (
              <Table caption={t.title} rows={page.items} keyOf={(row) => row.id}
                href={(row) => `/segments/${row.id}`}
                columns={[
                  { title: t.columns.name, cell: (row) => row.name },
                  { title: t.columns.rule, minor: true,
                    cell: (row) => <span class="rule-text">{row.text}</span> },
                  { title: t.columns.count, numeric: true,
                    cell: (row) => <Rolling value={row.count} /> },
                  { title: t.columns.phone, numeric: true, minor: true,
                    cell: (row) => number(row.with_phone) },
                  { title: t.columns.version, numeric: true, minor: true,
                    cell: (row) => row.version },
                  { title: t.columns.age, numeric: true, cell: (row) => ago(row.age_ms) },
                ]} />
            )}
        </Loaded>
      </Panel>
    </>
  );
}
