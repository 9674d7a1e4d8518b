import { useState } from "preact/hooks";
import { erasePerson, erasureOutlook, everythingFile } from "../api/client";
import { session } from "../api/session";
import type { Erasure, Voter } from "../api/types";
import { count, number, words } from "../base/format";
import { useAction, useLoad } from "../base/load";
import { may } from "../base/roles";
import { navigate } from "../base/router";
import { useStore } from "../base/store";
import { Dialog } from "../ui/dialog";
import { Button, LinkButton, Notice, Panel } from "../ui/elements";
import { Form, SelectField } from "../ui/form";
import { Loaded } from "../ui/loaded";
import { Table } from "../ui/table";
import { t } from "./texts";

const reasons = ["person_asked", "law", "minor", "mistake"] as const;

/// What would go, by table.
function Outlook(of: { erasure: Erasure }) {
  const { identities, raw_rows: rows, tables } = of.erasure;
  return (
    <>
      <p>{t.eraseWhat(count(identities, "id"), count(rows, "row"))}</p>
      <div class="erased-tables">
        <Table caption={t.eraseTables} rows={tables} keyOf={(row) => row.table}
          columns={[
            { title: t.eraseColumns.table, cell: (row) => words(row.table) },
            { title: t.eraseColumns.rows, numeric: true, cell: (row) => number(row.rows) },
          ]} />
      </div>
    </>
  );
}

function EraseDialog(of: { voter: string; onClose: () => void }) {
  const { load } = useLoad((signal) => erasureOutlook(of.voter, signal), [of.voter]);
  const [reason, setReason] = useState("");
  const { run, busy, error } = useAction(async () => {
    await erasePerson(of.voter, reason);
    navigate("/voters?erased=1");
  });
  return (
    <Dialog title={t.eraseTitle} onClose={of.onClose}>
      <Loaded load={load} rows={6}>{(erasure) => <Outlook erasure={erasure} />}</Loaded>
      <Notice tone="warn">{t.eraseWords}</Notice>
      <Form onSubmit={() => void run()} submit={t.eraseConfirm} busy={busy} error={error}
        disabled={reason === "" || load.state !== "ready"}
        more={<Button onClick={of.onClose}>{t.eraseCancel}</Button>}>
        <SelectField label={t.eraseReason} value={reason} onChange={setReason}
          empty={t.eraseChoose}
          options={reasons.map((one) => ({ value: one, title: t.eraseReasons[one] }))} />
      </Form>
    </Dialog>
  );
}

/// What the person may ask for: everything that is known, and to be forgotten.
export function Rights(of: { voter: Voter }) {
  const who = useStore(session);
  const [erasing, setErasing] = useState(false);
  if (who.state !== "in" || !may(who.session.person.role, "registry_write")) return null;
  return (
    <Panel title={t.rights}>
      <div class="stack">
        <p class="muted">{of.voter.protected ? t.rightsProtected : t.rightsLead}</p>
        <div class="row">
          <LinkButton href={everythingFile(of.voter.id)} download>{t.everything}</LinkButton>
          {may(who.session.person.role, "administer")
            ? <Button kind="danger" onClick={() => setErasing(true)}>{t.erase}</Button> : null}
        </div>
      </div>
      {erasing ? <EraseDialog voter={of.voter.id} onClose={() => setErasing(false)} /> : null}
    </Panel>
  );
}
