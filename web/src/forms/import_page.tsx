import { useState } from "preact/hooks";
import { scripts } from "../api/client";
import { importAnswers } from "../api/forms";
import type { AnswerImport, ImportAnswersInput } from "../api/types";
import { number } from "../base/format";
import { useAction, useLoad } from "../base/load";
import { Button, Notice, PageHead, Panel, Stat, Stats } from "../ui/elements";
import { Form, SelectField } from "../ui/form";
import { Table } from "../ui/table";
import { t } from "./texts";

const headBytes = 64 * 1024;
const likely = ["voter_id", "id", "ncid", "external_id", "vtr", "phone"];

/// The names in a file's first line, to choose from; the server reads the file itself.
async function headerOf(file: File): Promise<string[]> {
  const text = await file.slice(0, headBytes).text();
  const line = text.replace(/^\uFEFF/, "").split(/\r?\n/)[0] ?? "";
  const by = [",", ";", "\t"].sort((a, b) => line.split(b).length - line.split(a).length)[0]!;
  return line.split(by).map((name) => name.trim().replace(/^"|"$/g, "").replaceAll('""', '"'));
}

interface Wish {
  file: File;
  columns: string[];
  voter: string;
  by: NonNullable<ImportAnswersInput["by"]>;
  at: string;
  questions: Record<string, string>;
}

const inputOf = (wish: Wish, dry: boolean): ImportAnswersInput => ({
  voter_column: wish.voter, by: wish.by, at_column: wish.at, dry_run: dry,
  questions: Object.entries(wish.questions).filter(([, key]) => key !== "")
    .map(([column, key]) => `${column}=${key}`).join("\n") });

function Report(of: { report: AnswerImport }) {
  const { report } = of;
  return (
    <>
      {report.repeat ? <Notice tone="warn">{t.repeat}</Notice> : null}
      <Panel>
        <Stats>
          <Stat title={t.newAnswers} value={number(report.answers)} />
          <Stat title={t.voters} value={number(report.voters)} />
          <Stat title={t.same} value={number(report.same)} />
          <Stat title={t.rejected} value={number(report.rejected)} />
        </Stats>
      </Panel>
      {report.rejects.length > 0 ? (
        <Panel title={t.rejects} flush>
          <Table caption={t.rejects} rows={report.rejects}
            keyOf={(row) => `${row.line} ${row.column}`}
            columns={[
              { title: t.rejectColumns.line, numeric: true, cell: (row) => number(row.line) },
              { title: t.rejectColumns.column, cell: (row) => row.column },
              { title: t.rejectColumns.reason, cell: (row) => row.reason },
            ]} />
        </Panel>
      ) : null}
    </>
  );
}

function Columns(of: { wish: Wish; keys: { value: string; title: string }[];
                       set: (part: Partial<Wish>) => void }) {
  const { wish, set } = of;
  const rest = wish.columns.filter((name) => name !== wish.voter && name !== wish.at);
  return (
    <fieldset class="field wide">
      <legend>{t.columnsTitle}</legend>
      <div class="form-grid">
        {rest.map((name) => (
          <SelectField key={name} label={name} value={wish.questions[name] ?? ""}
            empty={t.notRead} options={of.keys}
            onChange={(key) => set({ questions: { ...wish.questions, [name]: key } })} />
        ))}
      </div>
    </fieldset>
  );
}

function Reading(of: { wish: Wish; keys: { value: string; title: string }[];
                       set: (part: Partial<Wish>) => void }) {
  const { wish, set } = of;
  const [report, setReport] = useState<AnswerImport | null>(null);
  const [done, setDone] = useState("");
  const { run, busy, error } = useAction(async (dry: boolean) => {
    setDone("");
    const made = await importAnswers(inputOf(wish, dry), wish.file, new AbortController().signal);
    setReport(made);
    if (!dry) setDone(t.imported(number(made.repeat ? 0 : made.answers)));
  });
  const names = wish.columns.map((name) => ({ value: name, title: name }));
  const change = (part: Partial<Wish>) => { setReport(null); set(part); };
  return (
    <div class="stack">
      <Panel>
        <Form onSubmit={() => void run(true)} submit={t.look} busy={busy} error={error}
          fields={[]}>
          <div class="form-grid">
            <SelectField label={t.voterColumn} value={wish.voter} options={names}
              onChange={(voter) => change({ voter })} />
            <SelectField label={t.by} value={wish.by}
              onChange={(by) => change({ by: by as Wish["by"] })}
              options={Object.entries(t.bys).map(([value, title]) => ({ value, title }))} />
            <SelectField label={t.atColumn} value={wish.at} empty={t.now} options={names}
              onChange={(at) => change({ at })} />
          </div>
          <Columns wish={wish} keys={of.keys} set={change} />
        </Form>
      </Panel>
      {done ? <Notice tone="good">{done}</Notice> : null}
      {report ? <Report report={report} /> : null}
      {report && !done && !report.repeat && report.answers > 0 ? (
        <div class="row">
          <Button kind="primary" busy={busy} onClick={() => void run(false)}>{t.import}</Button>
        </div>
      ) : null}
    </div>
  );
}

export function ImportAnswersPage() {
  const [wish, setWish] = useState<Wish | null>(null);
  const { load } = useLoad((signal) => scripts(signal), []);
  const asked = (load.state === "ready" ? load.data.items : []).flatMap((one) => one.questions);
  const keys = [...new Map(asked.map((question) => [question.key, question.text]))]
    .map(([value, title]) => ({ value, title }));
  const choose = async (file: File) => {
    const columns = await headerOf(file);
    const voter = columns.find((name) => likely.includes(name.toLowerCase())) ?? columns[0] ?? "";
    setWish({ file, columns, voter, at: "", questions: Object.fromEntries(columns
      .filter((name) => keys.some((key) => key.value === name)).map((name) => [name, name])),
    by: voter.toLowerCase() === "phone" ? "phone" : "external_id" });
  };
  return (
    <>
      <PageHead title={t.importTitle} lead={t.importLead}
        back={{ href: "/answers", title: "Answers" }} />
      <div class="stack">
        <Panel>
          <label class="field">
            <span>{t.file}</span>
            <input type="file" accept=".csv,.tsv,text/csv" onChange={(event) => {
              const file = event.currentTarget.files?.[0];
              if (file) void choose(file);
            }} />
          </label>
        </Panel>
        {wish ? <Reading key={wish.file.name} wish={wish} keys={keys}
          set={(part) => setWish({ ...wish, ...part })} /> : null}
      </div>
    </>
  );
}
