import { useRef, useState } from "preact/hooks";
import { layouts, startImport, upload } from "../api/client";
import type { Layout } from "../api/types";
import { bytes, number } from "../base/format";
import { useAction, useLoad } from "../base/load";
import { isAborted, sentenceOf } from "../base/problem";
import { navigate } from "../base/router";
import { Button, Meter, Notice, Panel } from "../ui/elements";
import { DropZone } from "../ui/drop_zone";
import { SelectField, TextField } from "../ui/form";
import { Loaded } from "../ui/loaded";
import { t } from "./texts";

function hintOf(layout: Layout | undefined) {
  if (!layout) return undefined;
  const delimiter = t.delimiters[layout.delimiter] ?? layout.delimiter;
  return t.layoutHint(number(layout.columns.length), delimiter);
}

const absentMaxUsual = 10;

function Start(of: { layouts: Layout[] }) {
  const [layout, setLayout] = useState("auto");
  const [absentMax, setAbsentMax] = useState(String(absentMaxUsual));
  const [file, setFile] = useState<File | null>(null);
  const [sent, setSent] = useState<number | null>(null);
  const abort = useRef<AbortController | null>(null);
  const { run, busy, error } = useAction(async (what: "look" | "try" | "import") => {
    if (!file) return;
    abort.current = new AbortController();
    setSent(0);
    try {
      const { upload: token } = await upload(file, setSent, abort.current.signal);
      if (what === "look") {
        navigate(`/imports?upload=${encodeURIComponent(token)}`);
        return;
      }
      const run = await startImport({ layout, upload: token, dry_run: what === "try",
        absent_share_max: Number(absentMax) / 100 });
      navigate(`/imports/${run.id}${run.repeat ? "?repeat=1" : ""}`);
    } finally {
      setSent(null);
    }
  });
  return (
    <div class="stack">
      <SelectField label={t.layout} value={layout} onChange={setLayout}
        options={[{ value: "auto", title: t.auto },
                  ...of.layouts.map((one) => ({ value: one.name, title: one.title }))]}
        hint={layout === "auto" ? t.autoHint
          : hintOf(of.layouts.find((one) => one.name === layout))} />
      <DropZone file={file} onFile={setFile} disabled={busy} />
      <TextField label={t.absentMax} type="number" min={0} max={100} value={absentMax}
        onInput={setAbsentMax} hint={t.absentHint} />
      {file && sent !== null ? (
        <div class="upload">
          <p role="status">{t.uploading(bytes(sent), bytes(file.size))}</p>
          <Meter share={file.size > 0 ? sent / file.size : 0} label={t.uploadLabel} />
        </div>
      ) : null}
      {error && !isAborted(error) ? <Notice tone="bad">{sentenceOf(error)}</Notice> : null}
      <div class="row">
        <Button kind="primary" busy={busy} disabled={!file} onClick={() => void run("look")}>
          {t.look}
        </Button>
        <Button disabled={!file || busy} onClick={() => void run("try")}>{t.tryFirst}</Button>
        <Button disabled={!file || busy} onClick={() => void run("import")}>{t.start}</Button>
        {busy ? <Button onClick={() => abort.current?.abort()}>{t.cancelUpload}</Button> : null}
        {!file ? <span class="hint">{t.pickFile}</span> : null}
      </div>
    </div>
  );
}

export function StartForm() {
  const { load } = useLoad((signal) => layouts(signal), []);
  return (
    <Panel title={t.newTitle}>
      <Loaded load={load} rows={3}>
        {(page) => page.items.length > 0
          ? <Start layouts={page.items} /> : <Notice tone="warn">{t.noLayouts}</Notice>}
      </Loaded>
    </Panel>
  );
}
