import { useState } from "preact/hooks";
import { barNumbers, barredNumbersFile } from "../api/client";
import { session } from "../api/session";
import type { SuppressionFile } from "../api/types";
import { count, number } from "../base/format";
import { useAction } from "../base/load";
import { may } from "../base/roles";
import { useStore } from "../base/store";
import { DropZone } from "../ui/drop_zone";
import { Notice, Panel } from "../ui/elements";
import { Form, SelectField, TextField } from "../ui/form";
import { t } from "./texts";

const reasons = ["do_not_call", "wrong_number", "disconnected"];

function Done(of: { result: SuppressionFile }) {
  const { numbers, added, voters, refused, refusals } = of.result;
  return (
    <Notice tone={refused > 0 ? "warn" : "good"}>
      {t.listDone(count(numbers, "number"), number(added), count(voters, "voter"))}
      {refused > 0 ? (
        <>
          {" "}{t.listRefused(count(refused, "line"))}
          <ul>{refusals.map((line) => <li key={line}>{line}</li>)}</ul>
        </>
      ) : null}
    </Notice>
  );
}

/// Lists of numbers that must not be called, in and out.
export function NumberList() {
  const who = useStore(session);
  const [file, setFile] = useState<File | null>(null);
  const [reason, setReason] = useState("do_not_call");
  const [source, setSource] = useState("");
  const [result, setResult] = useState<SuppressionFile | null>(null);
  const { run, busy, error } = useAction(async () => {
    if (!file) return;
    setResult(null);
    setResult(await barNumbers({ reason, source }, file, new AbortController().signal));
    setFile(null);
  });
  if (who.state !== "in" || !may(who.session.person.role, "suppress")) return null;
  return (
    <Panel title={t.listTitle}>
      <div class="stack">
        <p class="muted">{t.listLead}</p>
        <Form onSubmit={() => void run()} submit={t.listSubmit} busy={busy} error={error}
          disabled={!file || source.trim() === ""}
          more={<a href={barredNumbersFile(reason)} download>{t.listOut}</a>}>
          <DropZone file={file} onFile={setFile} disabled={busy} />
          <div class="form-grid">
            <SelectField label={t.listReason} value={reason} onChange={setReason}
              options={reasons.map((one) => ({ value: one, title: t.reasons[one] ?? one }))} />
            <TextField label={t.listSource} value={source} onInput={setSource} maxLength={200} />
          </div>
        </Form>
        {result ? <Done result={result} /> : null}
      </div>
    </Panel>
  );
}
