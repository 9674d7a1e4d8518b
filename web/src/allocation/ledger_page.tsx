import { useState } from "preact/hooks";
import {
  commitments, commitMoney, importLedger, ledgerFile, scheduleFile, spendingState,
} from "../api/plan";
import { session } from "../api/session";
import type { SpendingState } from "../api/types";
import { useAction, useLoad } from "../base/load";
import { fieldError } from "../base/problem";
import { may } from "../base/roles";
import { useStore } from "../base/store";
import { uuid } from "../base/uuid";
import { Dialog } from "../ui/dialog";
import { Button, Empty, LinkButton, Notice, PageHead, Panel } from "../ui/elements";
import { Form, SelectField, TextField } from "../ui/form";
import { Failed, Loaded } from "../ui/loaded";
import { Table } from "../ui/table";
import { cents, money } from "./money";
import { t } from "./texts";

const today = () => new Date().toISOString().slice(0, 10);

function BookForm(of: { state: SpendingState; onBooked: () => void }) {
  const [key] = useState(uuid);
  const [draft, setDraft] = useState({
    market: of.state.markets[0]?.name ?? "", channel: of.state.channels[0]?.name ?? "",
    week: "1", amount: "", vendor: "", order: "", purpose: "", day: today() });
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

function ImportPanel(of: { onDone: () => void }) {
  const [said, setSaid] = useState("");
  const { run, error } = useAction(async (file: File) => {
    setSaid("");
    const done = await importLedger(file, new AbortController().signal);
    setSaid(t.imported(done.entries, done.known));
    of.onDone();
  });
  return (
    <Panel title={t.importTitle}>
      <label class="field">
        <span>{t.importHint}</span>
        <input type="file" accept=".csv,text/csv" onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          if (file) void run(file);
        }} />
      </label>
      {said ? <Notice tone="good">{said}</Notice> : null}
      {error ? <Failed error={error} /> : null}
    </Panel>
  );
}

function Booked(of: { round: number }) {
  const { load } = useLoad((signal) => commitments(signal), [of.round]);
  return (
    <Loaded load={load} rows={6}>{({ items }) => items.length === 0 ? (
      <Empty title={t.empty}>{t.emptyWords}</Empty>
    ) : (
      <Panel flush>
        <Table caption={t.ledgerTitle} rows={items} keyOf={(row) => row.id} columns={[
          { title: t.market, cell: (row) => row.market },
          { title: t.channel, cell: (row) => row.channel },
          { title: t.week, numeric: true, cell: (row) => row.week },
          { title: t.vendor, minor: true, cell: (row) => row.vendor || "–" },
          { title: t.order, minor: true, cell: (row) => row.order || "–" },
          { title: t.committed, numeric: true, cell: (row) => money(row.committed_cents) },
          { title: t.invoiced, numeric: true, minor: true,
            cell: (row) => money(row.invoiced_cents) },
          { title: t.paid, numeric: true, cell: (row) => money(row.paid_cents) },
        ]} />
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
        <Booked round={round} />
        {writes ? <ImportPanel onDone={again} /> : null}
        <Panel title={t.files}>
          <div class="row">
            <LinkButton href={ledgerFile} download>{t.csv}</LinkButton>
            <LinkButton href={scheduleFile("schedule_b")} download>{t.scheduleB}</LinkButton>
            <LinkButton href={scheduleFile("schedule_e")} download>{t.scheduleE}</LinkButton>
          </div>
        </Panel>
      </div>
      {booking && load.state === "ready" ? (
        <Dialog title={t.bookTitle} onClose={() => setBooking(false)}>
          <BookForm state={load.data} onBooked={again} />
        </Dialog>
      ) : null}
    </>
  );
}
