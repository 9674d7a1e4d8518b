import { fields, scripts } from "../api/client";
import type { Field, Script } from "../api/types";
import { number } from "../base/format";
import { useLoad } from "../base/load";
import { Empty, LinkButton, PageHead, Panel } from "../ui/elements";
import { Loaded } from "../ui/loaded";
import { Table } from "../ui/table";
import { t } from "./texts";

const prefix = "answer:";

interface Row {
  key: string;
  title: string;
  n: number | null;  // null: nobody has counted yet
}

/// Questions are fields of rules; one that was only just written is found in its script.
function rowsOf(known: Field[], written: Script[]): Row[] {
  const rows = known.filter((field) => field.name.startsWith(prefix)).map((field): Row => ({
    key: field.name.slice(prefix.length), title: field.title, n: field.answered }));
  const seen = new Set(rows.map((row) => row.key));
  for (const question of written.flatMap((script) => script.questions)) {
    if (seen.has(question.key) || question.kind === "text") continue;
    seen.add(question.key);
    rows.push({ key: question.key, title: question.text, n: null });
  }
  return rows;
}

export function SurveysPage() {
  const { load } = useLoad(
    (signal) => Promise.all([fields(signal), scripts(signal).catch(() => null)]), []);
  return (
    <>
      <PageHead title={t.title} lead={t.lead}>
        <LinkButton href="/answers/import">{t.fromFile}</LinkButton>
        <LinkButton href="/forms">{t.forms}</LinkButton>
      </PageHead>
      <Panel flush>
        <Loaded load={load}>
          {([page, written]) => {
            const questions = rowsOf(page.items, written?.items ?? []);
            if (questions.length === 0) {
              return <Empty title={t.emptyTitle}
                action={<LinkButton href="/scripts" primary>{t.toScripts}</LinkButton>}>
                {t.empty}</Empty>;
            }
            return (
              <Table caption={t.title} rows={questions} keyOf={(row) => row.key}
                href={(row) => `/answers/${row.key}`}
                columns={[
                  { title: t.columns.question, cell: (row) => row.title },
                  { title: t.columns.key, minor: true, cell: (row) => <code>{row.key}</code> },
                  { title: t.columns.n, numeric: true, cell: (row) => number(row.n) },
                ]} />
            );
          }}
        </Loaded>
      </Panel>
    </>
  );
}
