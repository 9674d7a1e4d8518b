import { useState } from "preact/hooks";
import { barAlreadyVoted } from "../api/client";
import { session } from "../api/session";
import type { AlreadyVotedFile } from "../api/types";
import { count, number } from "../base/format";
import { useAction } from "../base/load";
import { may } from "../base/roles";
import { useStore } from "../base/store";
import { DropZone } from "../ui/drop_zone";
import { Notice, Panel } from "../ui/elements";
import { Form, TextField } from "../ui/form";
import { t } from "./texts";

function Done(of: { result: AlreadyVotedFile }) {
  const { added, before, ids, left_out: left, unknown, unknown_first: first } = of.result;
  return (
    <Notice tone={unknown > 0 ? "warn" : "good"}>
      {t.votedDone(count(ids, "id"), count(added, "voter"), number(before))}
      {left > 0 ? <> {t.votedLeft(count(left, "line"))}</> : null}
      {unknown > 0 ? (
        <>
          {" "}{t.votedUnknown(count(unknown, "id"))}
          <ul>{first.map((id) => <li key={id}>{id}</li>)}</ul>
        </>
      ) : null}
    </Notice>
  );
}

/// Those whose ballot is in are called no more.
export function AlreadyVoted() {
  const who = useStore(session);
  const [file, setFile] = useState<File | null>(null);
  const [source, setSource] = useState("");
  const [column, setColumn] = useState("");
  const [result, setResult] = useState<AlreadyVotedFile | null>(null);
  const { run, busy, error } = useAction(async () => {
    if (!file) return;
    setResult(null);
    setResult(await barAlreadyVoted({ source: source.trim(), from: file.name.slice(0, 200),
                                      column: column.trim() }, file,
                                    new AbortController().signal));
    setFile(null);
  });
  if (who.state !== "in" || !may(who.session.person.role, "suppress")) return null;
  return (
    <Panel title={t.votedTitle}>
      <div class="stack">
        <p class="muted">{t.votedLead}</p>
        <Form onSubmit={() => void run()} submit={t.votedSubmit} busy={busy} error={error}
          disabled={!file || source.trim() === ""}>
          <DropZone file={file} onFile={setFile} disabled={busy} />
          <div class="form-grid">
            <TextField label={t.votedSource} value={source} onInput={setSource} maxLength={40}
              hint={t.votedSourceHint} />
            <TextField label={t.votedColumn} value={column} onInput={setColumn} maxLength={200}
              hint={t.votedColumnHint} />
          </div>
        </Form>
        {result ? <Done result={result} /> : null}
      </div>
    </Panel>
  );
}
