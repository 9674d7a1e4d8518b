import { lists } from "../api/client";
import { moment, number } from "../base/format";
import { useLoad } from "../base/load";
import { Empty, LinkButton, PageHead, Panel } from "../ui/elements";
import { Loaded } from "../ui/loaded";
import { Table } from "../ui/table";
import { t } from "./texts";

export function ListsPage() {
  const { load } = useLoad((signal) => lists(signal), []);
  const toSegments = <LinkButton href="/segments" primary>{t.toSegments}</LinkButton>;
  return (
    <>
      <PageHead title={t.title} lead={t.lead} />
      <Panel flush>
        <Loaded load={load}>
          {(page) => page.items.length === 0
            ? <Empty title={t.emptyTitle} action={toSegments}>{t.empty}</Empty>
            : (
              <Table caption={t.title} rows={page.items} keyOf={(row) => row.id}
                href={(row) => `/lists/${row.id}`}
                columns={[
                  { title: t.columns.name, cell: (row) => row.name },
                  { title: t.columns.segment, minor: true,
                    cell: (row) => row.segment_name ?? t.noSegment },
                  { title: t.columns.size, numeric: true, cell: (row) => number(row.size) },
                  { title: t.columns.phone, numeric: true, minor: true,
                    cell: (row) => number(row.with_phone) },
                  { title: t.columns.holdout, numeric: true, minor: true,
                    cell: (row) => number(row.holdout) },
                  { title: t.columns.made, numeric: true, cell: (row) => moment(row.created_at) },
                ]} />
            )}
        </Loaded>
      </Panel>
    </>
  );
}
