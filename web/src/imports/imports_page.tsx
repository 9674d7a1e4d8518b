import { imports } from "../api/client";
import type { Import } from "../api/types";
import { moment, number } from "../base/format";
import { useRepeat } from "../base/load";
import { usePages } from "../base/pages";
import { usePlace } from "../base/router";
import { Empty, PageHead, Panel } from "../ui/elements";
import { Loaded, More } from "../ui/loaded";
import { stateBadge } from "../ui/states";
import { Table } from "../ui/table";
import { Look } from "./look";
import { StartForm } from "./start_form";
import { t } from "./texts";

function Runs(of: { runs: Import[] }) {
  return (
    <Table caption={t.listTitle} rows={of.runs} keyOf={(run) => run.id}
      href={(run) => `/imports/${run.id}`}
      columns={[
        { title: t.columns.file, cell: (run) => run.run_name || run.file_name },
        { title: t.columns.state, cell: (run) => stateBadge(run.state) },
        { title: t.columns.read, numeric: true, cell: (run) => number(run.rows_read) },
        { title: t.columns.added, numeric: true, minor: true, cell: (run) => number(run.rows_new) },
        { title: t.columns.changed, numeric: true, minor: true,
          cell: (run) => number(run.rows_changed) },
        { title: t.columns.rejected, numeric: true, minor: true,
          cell: (run) => number(run.rows_rejected) },
        { title: t.columns.started, numeric: true, cell: (run) => moment(run.started_at) },
      ]} />
  );
}

export function ImportsPage() {
  const upload = usePlace().query.get("upload");
  const pages = usePages(
    (signal, cursor) => imports(signal, cursor), []);
  const running = pages.load.state === "ready" &&
    pages.load.data.items.some((run) => run.state === "running");
  useRepeat(() => { if (running) pages.reload(); }, 2_000, [running]);
  return (
    <>
      <PageHead title={t.title} lead={t.lead} />
      <div class="stack">
        {upload ? <Look upload={upload} /> : <StartForm />}
        <Panel title={t.listTitle} flush>
          <Loaded load={pages.load}>
            {(page) => page.items.length > 0
              ? <><Runs runs={page.items} /><More pages={pages} /></>
              : <Empty title={t.emptyTitle}>{t.empty}</Empty>}
          </Loaded>
        </Panel>
      </div>
    </>
  );
}
