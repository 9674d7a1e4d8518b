import { useRef, useState } from "preact/hooks";
import { rejectedRows, rejects, rejectsFile, startImport, upload } from "../api/client";
import type { Import, Reject } from "../api/types";
import { number } from "../base/format";
import { useAction } from "../base/load";
import { usePages } from "../base/pages";
import { navigate } from "../base/router";
import { DropZone } from "../ui/drop_zone";
import { Button, LinkButton, Notice, Panel } from "../ui/elements";
import { Failed, Loaded, More } from "../ui/loaded";
import { Table } from "../ui/table";
import { t } from "./texts";

/// Mended rows and the import that they are of point at each other.
export function Mending(of: { run: Import }) {
  const { mends, mended_by: by } = of.run;
  if (mends) {
    return (
      <Notice tone="accent" title={t.mendOf}
        actions={<LinkButton href={`/imports/${mends}`}>{t.mendOfLink}</LinkButton>}>
        {t.mendOfWords}
      </Notice>
    );
  }
  if (by.length === 0) return null;
  return (
    <Notice tone="accent" title={t.mendedBy} actions={by.map((one, index) => (
      <LinkButton key={one} href={`/imports/${one}`}>{t.mendedLink(index + 1)}</LinkButton>
    ))} />
  );
}

function Mend(of: { run: Import }) {
  const [file, setFile] = useState<File | null>(null);
  const abort = useRef(new AbortController());
  const { run, busy, error } = useAction(async () => {
    if (!file) return;
    const { upload: token } = await upload(file, () => undefined, abort.current.signal);
    const started = await startImport({ upload: token, mends: of.run.id });
    navigate(`/imports/${started.id}${started.repeat ? "?repeat=1" : ""}`);
  });
  return (
    <Panel title={t.mendTitle} note={t.mendWords} actions={
      <LinkButton href={rejectedRows(of.run.id)} download>{t.mendRows}</LinkButton>}>
      <div class="stack">
        <DropZone file={file} onFile={setFile} disabled={busy} />
        {error ? <Failed error={error} /> : null}
        <div>
          <Button kind="primary" busy={busy} disabled={!file} onClick={() => void run()}>
            {t.mendStart}
          </Button>
        </div>
      </div>
    </Panel>
  );
}

export function Rejects(of: { run: Import }) {
  const { id, rows_rejected: rejected } = of.run;
  const pages = usePages<Reject>((signal, cursor) => rejects(id, signal, cursor), [id]);
  const csv = rejected > 0
    ? <LinkButton href={rejectsFile(id)} download>{t.csv}</LinkButton> : undefined;
  const canMend = rejected > 0 && of.run.state === "published" && !of.run.mends;
  return (
    <>
      <Panel title={t.rejectsTitle} note={rejected > 0 ? t.rejectsNote : t.noRejects} actions={csv}
        flush>
        {rejected > 0 ? (
          <Loaded load={pages.load}>
            {(page) => (
              <>
                <Table caption={t.rejectsTitle} rows={page.items} keyOf={(row) => String(row.line)}
                  columns={[
                    { title: t.rejectColumns.line, numeric: true, cell: (row) => number(row.line) },
                    { title: t.rejectColumns.column, cell: (row) => row.column ?? t.anyColumn },
                    { title: t.rejectColumns.reason, cell: (row) => row.reason },
                    { title: t.rejectColumns.raw, minor: true,
                      cell: (row) => <code class="raw">{row.raw}</code> },
                  ]} />
                <More pages={pages} />
              </>
            )}
          </Loaded>
        ) : null}
      </Panel>
      {canMend ? <Mend key={id} run={of.run} /> : null}
    </>
  );
}
