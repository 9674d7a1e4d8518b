import { useState } from "preact/hooks";
import { readXlsform } from "../api/forms";
import type { FormReading } from "../api/types";
import { number } from "../base/format";
import { useAction } from "../base/load";
import { sentenceOf } from "../base/problem";
import { Notice, Panel } from "../ui/elements";
import { Table } from "../ui/table";
import { draftOf } from "./draft";
import type { ScriptDraft } from "./draft";
import { t } from "./texts";

/// Begins a script from a form that another survey program wrote.
export function XlsformPanel(of: { onRead: (draft: ScriptDraft) => void }) {
  const [reading, setReading] = useState<FormReading | null>(null);
  const { run, error } = useAction(async (file: File) => {
    setReading(null);
    const read = await readXlsform(file);
    setReading(read);
    if (read.script) of.onRead(draftOf(read.script));
  });
  const refused = reading?.refusals ?? [];
  return (
    <Panel title={t.xlsformTitle} note={t.xlsformNote}>
      <div class="stack">
        <label class="field">
          <span>{t.xlsformFile}</span>
          <input type="file" accept=".xlsx" onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            if (file) void run(file);
          }} />
        </label>
        {error ? <Notice tone="bad">{sentenceOf(error)}</Notice> : null}
        {reading?.script ? <Notice tone="good">{t.xlsformRead}</Notice> : null}
        {refused.length > 0 ? (
          <>
            <Notice tone="bad">{t.xlsformRefused(number(refused.length))}</Notice>
            <Table caption={t.xlsformTitle} rows={refused}
              keyOf={(row) => `${row.sheet} ${row.row} ${row.sentence}`}
              columns={[
                { title: t.xlsformColumns.row, cell: (row) => `${row.sheet} ${row.row || ""}` },
                { title: t.xlsformColumns.name, cell: (row) => row.name },
                { title: t.xlsformColumns.why, cell: (row) => row.sentence },
              ]} />
          </>
        ) : null}
      </div>
    </Panel>
  );
}
