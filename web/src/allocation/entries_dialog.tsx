import { useState } from "preact/hooks";
import { enterMoney, ledgerEntries } from "../api/plan";
import type { Commitment } from "../api/types";
import { day } from "../base/format";
import { isoDay } from "../base/iso_day";
import { useAction, useLoad } from "../base/load";
import { fieldError } from "../base/problem";
import { uuid } from "../base/uuid";
import { Dialog } from "../ui/dialog";
import { Form, SelectField, TextField } from "../ui/form";
import { Loaded } from "../ui/loaded";
import { Table } from "../ui/table";
import { cents, money } from "./money";
import { t } from "./texts";

const kinds = ["invoice", "payment", "release", "refund"];
/// A release and a refund take money away; a refund is a payment back.
const kindOf = (kind: string) => kind === "refund" ? "payment" : kind;
const signOf = (kind: string) => kind === "release" || kind === "refund" ? -1 : 1;

function EntryForm(of: { commitment: Commitment; onEntered: () => void }) {
  const [key, setKey] = useState(uuid);
  const [draft, setDraft] = useState({
    kind: "invoice", amount: "", day: isoDay(new Date()), reference: "" });
  const amount = cents(draft.amount);
  const { run, busy, error } = useAction(async () => {
    if (amount === null) return;
    await enterMoney(of.commitment.id, {
      kind: kindOf(draft.kind), cents: amount * signOf(draft.kind), day: draft.day,
      reference: draft.reference, key });
    setKey(uuid());
    setDraft({ ...draft, amount: "", reference: "" });
    of.onEntered();
  });
  const set = (field: keyof typeof draft) => (value: string) =>
    setDraft({ ...draft, [field]: value });
  return (
    <Form onSubmit={() => void run()} submit={t.enter} busy={busy} error={error}
      fields={["day"]} disabled={amount === null}>
      <div class="form-grid">
        <SelectField label={t.entryKind} value={draft.kind} onChange={set("kind")}
          options={kinds.map((kind) => ({ value: kind, title: t.entryKinds[kind]! }))} />
        <TextField label={t.amount} required value={draft.amount} onInput={set("amount")}
          error={draft.amount !== "" && amount === null ? t.wrongAmount : null} />
        <TextField label={t.day} type="date" required value={draft.day} onInput={set("day")}
          error={fieldError(error, "day")} />
        <TextField label={t.reference} value={draft.reference} onInput={set("reference")}
          maxLength={200} />
      </div>
    </Form>
  );
}

/// What happened to a commitment, and what is entered next: an invoice, a payment, a release.
export function EntriesDialog(of: { commitment: Commitment; writes: boolean;
                                    onEntered: () => void; onClose: () => void }) {
  const { commitment } = of;
  const { load, reload } = useLoad((signal) => ledgerEntries(commitment.id, signal),
    [commitment.id]);
  return (
    <Dialog title={t.entriesOf(commitment.market, commitment.channel, commitment.week)}
      onClose={of.onClose}>
      <Loaded load={load}>{({ items }) => (
        <Table caption={t.entries} rows={items}
          keyOf={(one) => `${one.at} ${one.kind} ${one.cents}`} columns={[
            { title: t.day, cell: (one) => day(one.day) },
            { title: t.entryKind, cell: (one) => t.entryKinds[one.kind] ?? one.kind },
            { title: t.amount, numeric: true, cell: (one) => money(one.cents) },
            { title: t.number, minor: true, cell: (one) => one.reference || "–" },
          ]} />
      )}</Loaded>
      {of.writes ? (
        <EntryForm commitment={commitment} onEntered={() => { reload(); of.onEntered(); }} />
      ) : null}
    </Dialog>
  );
}
