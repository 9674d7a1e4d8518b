import { scripts } from "../api/client";
import { session } from "../api/session";
import { number } from "../base/format";
import { useLoad } from "../base/load";
import { may } from "../base/roles";
import { useStore } from "../base/store";
import { Empty, LinkButton, PageHead, Panel } from "../ui/elements";
import { Loaded } from "../ui/loaded";
import { Table } from "../ui/table";
import { t } from "./texts";

export function ScriptsPage() {
  const { load } = useLoad((signal) => scripts(signal), []);
  const who = useStore(session);
  const writes = who.state === "in" && may(who.session.person.role, "scripts_write");
  const add = writes ? <LinkButton href="/scripts/new" primary>{t.add}</LinkButton> : null;
  return (
    <>
      <PageHead title={t.title} lead={t.lead}>{add}</PageHead>
      <Panel flush>
        <Loaded load={load}>
          {(page) => page.items.length === 0
            ? <Empty title={t.emptyTitle} action={add}>{t.empty}</Empty>
            : (
              <Table caption={t.title} rows={page.items} keyOf={(row) => row.id}
                href={(row) => `/scripts/${row.id}`}
                columns={[
                  { title: t.columns.name, cell: (row) => row.name },
                  { title: t.columns.questions, cell: (row) =>
                    row.questions.map((question) => question.key).join(", ") || "–" },
                  { title: t.columns.version, numeric: true, cell: (row) => number(row.version) },
                ]} />
            )}
        </Loaded>
      </Panel>
    </>
  );
}
