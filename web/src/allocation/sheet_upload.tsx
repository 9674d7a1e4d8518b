import { useState } from "preact/hooks";
import { importSheet, sheetKinds } from "../api/plan";
import type { SheetKind } from "../api/plan";
import type { ImportedSheet } from "../api/types";
import { useAction } from "../base/load";
import { Button, Notice, Panel } from "../ui/elements";
import { Field, SelectField } from "../ui/form";
import { FileError } from "./file_error";
import { t } from "./texts";

function saidOf(done: ImportedSheet, dry: boolean): string {
  const passed = done.passed > 0 ? ` ${t.rowsPassed(done.passed)}` : "";
  const notes = done.notes.length > 0 ? ` ${done.notes.join(" ")}` : "";
  const ignored = done.ignored.length > 0 ? ` ${t.columnsIgnored(done.ignored.join(", "))}` : "";
  return `${dry ? t.wouldChange(done.rows, done.changed) : t.changedRows(done.rows, done.changed)
  }${passed}${notes}${ignored}`;
}

/// A CSV file: read and checked first, kept when asked for.
export function SheetUpload(of: { mayLimit: boolean; onDone: () => void }) {
  const kinds = sheetKinds.filter((kind) => kind !== "limits" || of.mayLimit);
  const [kind, setKind] = useState<SheetKind>("polls");
  const [repair, setRepair] = useState(false);
  const [file, setFile] = useState<File | null>(null);
  const [said, setSaid] = useState<{ words: string; dry: boolean } | null>(null);
  const { run, busy, error, clear } = useAction(async (dry: boolean) => {
    if (!file) return;
    setSaid(null);
    const done = await importSheet(kind, file,
      { dryRun: dry, repair: repair && kind === "correlations" }, new AbortController().signal);
    setSaid({ words: saidOf(done, dry), dry });
    if (!dry) of.onDone();
  });
  const begin = () => { setSaid(null); clear(); };
  return (
    <Panel title={t.sheetTitle}>
      <form class="form" onSubmit={(event) => { event.preventDefault(); void run(true); }}>
        <div class="form-grid">
          <SelectField label={t.sheetKind} value={kind}
            hint={t.sheetColumns[kind]}
            options={kinds.map((one) => ({ value: one, title: t.sheetTitles[one]! }))}
            onChange={(one) => { setKind(one as SheetKind); begin(); }} />
          <Field label={t.sheetFile} control={(props) => (
            <input {...props} class="input" type="file" accept=".csv,.tsv,.txt,text/csv"
              onChange={(event) => {
                setFile(event.currentTarget.files?.[0] ?? null);
                begin();
              }} />)} />
        </div>
        {kind === "correlations" ? (
          <>
            <p class="muted">{t.correlationsHow}</p>
            <label class="check">
              <input type="checkbox" checked={repair} onChange={(event) => {
                setRepair(event.currentTarget.checked);
                begin();
              }} />
              <span>{t.repairMatrix}</span>
            </label>
          </>
        ) : null}
        {said ? <Notice tone={said.dry ? "neutral" : "good"}>{said.words}</Notice> : null}
        {error ? <FileError error={error} /> : null}
        <div class="row form-end">
          <Button submit busy={busy} disabled={!file}>{t.checkFile}</Button>
          <Button kind="primary" busy={busy} disabled={!file || !!error}
            onClick={() => void run(false)}>{t.importFile}</Button>
        </div>
      </form>
    </Panel>
  );
}
