import { fields } from "../api/client";
import { number } from "../base/format";
import { useLoad } from "../base/load";
import { Empty, LinkButton, PageHead, Panel } from "../ui/elements";
import { Loaded } from "../ui/loaded";
import { Table } from "../ui/table";
import { t } from "./texts";

const prefix = "answer:";

export function SurveysPage() {
  const { load } = useLoad((signal) => fields(signal), []);
  return (
    <>
      <PageHead title={t.title} lead={t.lead}>
        <LinkButton href="/answers/import">{t.fromFile}</LinkButton>
        <LinkButton href="/forms">{t.forms}</LinkButton>
      </PageHead>
      <Panel flush>
        <Loaded load={load}>
          {(page) => {
            const questions = page.items.filter((field) => field.name.startsWith(prefix));
            if (questions.length === 0) {
              return <Empty title={t.emptyTitle}
                action={<LinkButton href="/scripts" primary>{t.toScripts}</LinkButton>}>
                {t.empty}</Empty>;
            }
            return (
              <Table caption={t.title} rows={questions} keyOf={(row) => row.name}
                href={(row) => `/answers/${row.name.slice(prefix.length)}`}
                columns={[
                  { title: t.columns.question, cell: (row) => row.title },
                  { title: t.columns.key, minor: true,
                    cell: (row) => <code>{row.name.slice(prefix.length)}</code> },
                  { title: t.columns.n, numeric: true, cell: (row) => number(
                    (row.values ?? []).reduce((sum, one) => sum + one.count, 0)) },
                ]} />
            );
          }}
        </Loaded>
      </Panel>
    </>
  );
}
