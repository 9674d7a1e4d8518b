import { useState } from "preact/hooks";
import { pace, passes, setPace } from "../api/client";
import type { Pace, Phonebank, PhonebankPass } from "../api/types";
import { duration, number } from "../base/format";
import { useAction, useLoad, useRepeat } from "../base/load";
import { fieldError } from "../base/problem";
import { t as common } from "../base/texts";
import { Dialog } from "../ui/dialog";
import { Button, Facts, Panel } from "../ui/elements";
import { Form, TextField } from "../ui/form";
import { Loaded } from "../ui/loaded";
import { Table } from "../ui/table";
import { t } from "./texts";

const passesMs = 10_000;
const fields = ["retry_minutes", "busy_minutes", "message_minutes", "attempts_max",
                "lease_seconds", "opens", "closes"] as const;
type TextOf = Record<(typeof fields)[number], string>;

function textOf(now: Pace): TextOf {
  return Object.fromEntries(fields.map((field) => [field, String(now[field])])) as TextOf;
}

function PaceForm(of: { bank: string; now: Pace; onSaved: (next: Pace) => void;
                        onClose: () => void }) {
  const [draft, setDraft] = useState<TextOf>(() => textOf(of.now));
  const [whole, setWhole] = useState(of.now.whole_passes);
  const [nextAtOnce, setNextAtOnce] = useState(of.now.next_at_once);
  const { run, busy, error } = useAction(async () => {
    of.onSaved(await setPace(of.bank, {
      retry_minutes: Number(draft.retry_minutes), busy_minutes: Number(draft.busy_minutes),
      message_minutes: Number(draft.message_minutes), attempts_max: Number(draft.attempts_max),
      lease_seconds: Number(draft.lease_seconds), opens: draft.opens, closes: draft.closes,
      whole_passes: whole, next_at_once: nextAtOnce }));
  });
  const numberField = (field: (typeof fields)[number], min: number) => (
    <TextField label={t.paceFields[field]} type="number" min={min} value={draft[field]} required
      onInput={(value) => setDraft({ ...draft, [field]: value })}
      error={fieldError(error, field)} />
  );
  const timeField = (field: "opens" | "closes") => (
    <TextField label={t.paceFields[field]} value={draft[field]} required maxLength={5}
      onInput={(value) => setDraft({ ...draft, [field]: value })}
      error={fieldError(error, field)} />
  );
  return (
    <Dialog title={t.paceTitle} onClose={of.onClose}>
      <p class="hint">{t.paceWords}</p>
      <Form onSubmit={() => void run()} submit={t.paceSave} busy={busy} error={error}
        fields={[...fields]} more={<Button onClick={of.onClose}>{common.cancel}</Button>}>
        <div class="form-grid">
          {numberField("retry_minutes", 0)}{numberField("busy_minutes", 1)}
          {numberField("message_minutes", 0)}{numberField("attempts_max", 1)}
          {timeField("opens")}{timeField("closes")}
          {numberField("lease_seconds", 30)}
        </div>
        <label class="check">
          <input type="checkbox" checked={whole}
            onChange={(event) => setWhole(event.currentTarget.checked)} />
          {t.wholePasses}
        </label>
        <label class="check">
          <input type="checkbox" checked={nextAtOnce}
            onChange={(event) => setNextAtOnce(event.currentTarget.checked)} />
          {t.nextAtOnce}
        </label>
      </Form>
    </Dialog>
  );
}

function Passes(of: { rows: PhonebankPass[] }) {
  return (
    <Table caption={t.passes} rows={of.rows} keyOf={(row) => String(row.attempts)} columns={[
      { title: t.passColumns.tried, cell: (row) => t.tried(row.attempts) },
      { title: t.passColumns.lines, numeric: true, cell: (row) => number(row.lines) },
      { title: t.passColumns.left, numeric: true, cell: (row) => number(row.left) },
    ]} />
  );
}

/// The times between passes, which may be changed while it runs, and how far the passes are.
export function PacePanel(of: { bank: Phonebank; writes: boolean }) {
  const id = of.bank.id;
  const now = useLoad((signal) => pace(id, signal), [id]);
  const rows = useLoad((signal) => passes(id, signal), [id]);
  useRepeat(rows.reload, passesMs, [id]);
  const [editing, setEditing] = useState(false);
  return (
    <Panel title={t.passes} actions={of.writes
      ? <Button onClick={() => setEditing(true)}>{t.paceChange}</Button> : null}>
      <Loaded load={now.load}>
        {(shown) => (
          <>
            <Facts rows={[
              [t.settingRetry, duration(shown.retry_minutes * 60)],
              [t.settingBusy, duration(shown.busy_minutes * 60)],
              [t.settingMessage, duration(shown.message_minutes * 60)],
              [t.settingTries, number(shown.attempts_max)],
              [t.settingNext, shown.next_at_once ? t.nextNow : t.nextLater],
              [t.order, shown.whole_passes ? t.orderWhole : t.orderList],
            ]} />
            {editing ? (
              <PaceForm bank={id} now={shown} onClose={() => setEditing(false)}
                onSaved={(next) => {
                  now.replace(next);
                  rows.reload();
                  setEditing(false);
                }} />
            ) : null}
          </>
        )}
      </Loaded>
      <div class="after-facts">
        <Loaded load={rows.load}>{(page) => <Passes rows={page.items} />}</Loaded>
      </div>
    </Panel>
  );
}
