import { useState } from "preact/hooks";
import {
  commitments, commitMoney, importLedger, ledgerFile, scheduleFile, spendingState,
} from "../api/plan";
import { session } from "../api/session";
import type { Commitment, SpendingState } from "../api/types";
import { isoDay } from "../base/iso_day";
import { useAction, useLoad } from "../base/load";
import { usePages } from "../base/pages";
import { fieldError } from "../base/problem";
import { may } from "../base/roles";
import { useStore } from "../base/store";
import { uuid } from "../base/uuid";
import { Dialog } from "../ui/dialog";
import { Button, Empty, LinkButton, Notice, PageHead, Panel } from "../ui/elements";
import { Field, Form, SelectField, TextField } from "../ui/form";
import { Loaded, More } from "../ui/loaded";
import { Table } from "../ui/table";
import { EntriesDialog } from "./entries_dialog";
import { FileError } from "./file_error";
import { cents, money } from "./money";
import { t } from "./texts";

function BookForm(of: { state: SpendingState; onBooked: () => void }) {
  const [key] = useState(uuid);
  const [draft, setDraft] = useState({
    market: of.state.markets[0]?.name ?? "", channel: of.state.channels[0]?.name ?? "",
    week: "1", amount: "", vendor: "", order: "", purpose: "", day: isoDay(new Date()) });
  const amount = cents(draft.amount);
  const { run, busy, error } = useAction(async () => {
    if (amount === null) return;
    const { amount: _, week, ...rest } = draft;
    await commitMoney({ ...rest, week: Number(week), cents: amount, key });
    of.onBooked();
  });
  const set = (field: keyof typeof draft) => (value: string) =>
    setDraft({ ...draft, [field]: value });
  const wrong = draft.amount !== "" && amount === null ? t.wrongAmount : null;
  return (
    <Form onSubmit={() => void run()} submit={t.book} busy={busy} error={error}
      fields={["market", "channel", "week", "order"]} disabled={amount === null}>
      <div class="form-grid">
        <SelectField label={t.market} value={draft.market} onChange={set("market")}
          options={of.state.markets.map((one) => ({ value: one.name, title: one.title }))} />
        <SelectField label={t.channel} value={draft.channel} onChange={set("channel")}
          options={of.state.channels.map((one) => ({ value: one.name, title: one.title }))} />
        <TextField label={t.week} type="number" min={1} max={60} required value={draft.week}
          onInput={set("week")} error={fieldError(error, "week")} />
        <TextField label={t.amount} required value={draft.amount} onInput={set("amount")}
          error={wrong} />
        <TextField label={t.vendor} value={draft.vendor} onInput={set("vendor")} />
        <TextField label={t.order} value={draft.order} onInput={set("order")}
          error={fieldError(error, "order")} />
        <TextField label={t.purpose} value={draft.purpose} onInput={set("purpose")} />
      </div>
    </Form>
  );
}

/// A ledger as CSV: read and checked first, kept when asked for.
function ImportPanel(of: { onDone: () => void }) {
  const [file, setFile] = useState<File | null>(null);
  const [said, setSaid] = useState<{ words: string; dry: boolean } | null>(null);
  const { run, busy, error, clear } = useAction(async (dry: boolean) => {
    if (!file) return;
    setSaid(null);
    const done = await importLedger(file, dry, new AbortController().signal);
    setSaid({ dry, words: dry ? t.wouldImport(done.entries, done.known, money(done.cents))
      : t.imported(done.entries, done.known) });
    if (!dry) of.onDone();
  });
  return (
    <Panel title={t.importTitle}>
      <form class="form" onSubmit={(event) => { event.preventDefault(); void run(true); }}>
        <Field label={t.importFileLabel} hint={t.importHint} control={(props) => (
          <input {...props} class="input" type="file" accept=".csv,text/csv" onChange={(event) => {
            setFile(event.currentTarget.files?.[0] ?? null);
            setSaid(null);
            clear();
          }} />)} />
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

/// The ledger and the payments for others; payments of some days.
function FilesPanel() {
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  return (
    <Panel title={t.files}>
      <div class="stack">
        <div class="form-grid">
          <TextField label={t.paymentsFrom} type="date" value={from} onInput={setFrom} />
          <TextField label={t.paymentsTo} type="date" value={to} onInput={setTo} />
        </div>
        <div class="row">
          <LinkButton href={ledgerFile} download>{t.csv}</LinkButton>
          <LinkButton href={scheduleFile("schedule_b", from, to)} download>
            {t.scheduleB}</LinkButton>
          <LinkButton href={scheduleFile("schedule_e", from, to)} download>
            {t.scheduleE}</LinkButton>
        </div>
        <p class="hint">{t.filesHint}</p>
      </div>
    </Panel>
  );
}

function Booked(of: { round: number; writes: boolean }) {
  const pages = usePages((signal, cursor) => commitments(signal, cursor), [of.round]);
  const [open, setOpen] = useState<Commitment | null>(null);
  return (
    <Loaded load={pages.load} rows={6}>{({ items }) => items.length === 0 ? (
      <Empty title={t.empty}>{t.emptyWords}</Empty>
    ) : (
      <Panel flush>
        <Table caption={t.ledgerTitle} rows={items} keyOf={(row) => row.id} columns={[
          { title: t.market, cell: (row) => (
            <button type="button" class="link" onClick={() => setOpen(row)}
              aria-label={`${t.entries}: ${row.market}, ${row.channel}, ${t.week} ${row.week}`}>
              {row.market}<small class="on-phone">{row.channel}, {t.week} {row.week}</small>
            </button>) },
          { title: t.channel, minor: true, cell: (row) => row.channel },
          { title: t.week, numeric: true, minor: true, cell: (row) => row.week },
          { title: t.vendor, minor: true, cell: (row) => row.vendor || "–" },
          { title: t.order, minor: true, cell: (row) => row.order || "–" },
          { title: t.committed, numeric: true, cell: (row) => money(row.committed_cents) },
          { title: t.invoiced, numeric: true, minor: true,
            cell: (row) => money(row.invoiced_cents) },
          { title: t.paid, numeric: true, cell: (row) => money(row.paid_cents) },
        ]} />
        <More pages={pages} />
        {open ? <EntriesDialog commitment={open} writes={of.writes}
          onEntered={pages.reload}
          onClose={() => setOpen(null)} /> : null}
      </Panel>
    )}</Loaded>
  );
}

export function LedgerPage() {
  const { load } = useLoad((signal) => spendingState(signal), []);
  const [round, setRound] = useState(0);
  const [booking, setBooking] = useState(false);
  const who = useStore(session);
  const writes = who.state === "in" && may(who.session.person.role, "spending_write");
  const again = () => {
    setBooking(false);
    setRound((before) => before + 1);
  };
  return (
    <>
      <PageHead title={t.ledgerTitle} lead={t.ledgerLead} back={{ href: "/money", title: t.back }}>
        {writes ? <Button kind="primary" onClick={() => setBooking(true)}>{t.book}</Button> : null}
      </PageHead>
      <div class="stack">
        <Booked round={round} writes={writes} />
        {writes ? <ImportPanel onDone={again} /> : null}
        <FilesPanel />
      </div>
      {booking && load.state === "ready" ? (
        <Dialog title={t.bookTitle} onClose={() => setBooking(false)}>
          <BookForm state={load.data} onBooked={again} />
        </Dialog>
      ) : null}
    </>
  );
}
