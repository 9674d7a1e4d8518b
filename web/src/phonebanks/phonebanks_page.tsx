import { phonebanks } from "../api/client";
import { session } from "../api/session";
import { number } from "../base/format";
import { useLoad, useRepeat } from "../base/load";
import { may } from "../base/roles";
import { useStore } from "../base/store";
import { Empty, LinkButton, PageHead, Panel } from "../ui/elements";
import { Loaded } from "../ui/loaded";
import { stateBadge } from "../ui/states";
import { Table } from "../ui/table";
import { t } from "./texts";

export function PhonebanksPage() {
  const { load, reload } = useLoad((signal) => phonebanks(signal), []);
  const who = useStore(session);
  const writes = who.state === "in" && may(who.session.person.role, "phonebank_write");
  useRepeat(reload, 3_000, []);
  const open = writes ? <LinkButton href="/phonebanks/new" primary>{t.open}</LinkButton> : null;
  return (
    <>
      <PageHead title={t.title} lead={t.lead}>{open}</PageHead>
      <Panel flush>
        <Loaded load={load}>
          {(page) => page.items.length === 0
            ? <Empty title={t.emptyTitle} action={open}>{t.empty}</Empty>
            : (
              <Table caption={t.title} rows={page.items} keyOf={(row) => row.id}
                href={(row) => `/phonebanks/${row.id}`}
                columns={[
                  { title: t.columns.name, cell: (row) => row.name },
                  { title: t.columns.state, cell: (row) => stateBadge(row.state) },
                  { title: t.columns.list, minor: true, cell: (row) => row.list_name },
                  { title: t.columns.callers, numeric: true,
                    cell: (row) => number(row.callers_active) },
                  { title: t.columns.calls, numeric: true, cell: (row) => number(row.calls) },
                  { title: t.columns.talks, numeric: true, minor: true,
                    cell: (row) => number(row.conversations) },
                  { title: t.columns.left, numeric: true, minor: true,
                    cell: (row) => number(
                      row.counts.lines - row.counts.done - row.counts.barred) },
                ]} />
            )}
        </Loaded>
      </Panel>
    </>
  );
}
