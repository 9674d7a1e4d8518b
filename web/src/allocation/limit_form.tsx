import { useState } from "preact/hooks";
import { importSheet } from "../api/plan";
import type { SpendingState } from "../api/types";
import { useAction } from "../base/load";
import { Form, SelectField, TextField } from "../ui/form";
import { csvOf } from "./csv";
import { cents } from "./money";
import { t } from "./texts";

const empty = { limit: "", kind: "own", market: "", channel: "", from_week: "", to_week: "",
                floor: "", cap: "" };

/// One limit; the same name again changes it. It goes the way of a sheet with one row.
export function LimitForm(of: { state: SpendingState; onSaved: () => void }) {
  const [draft, setDraft] = useState(empty);
  const wrong = (text: string) => text !== "" && cents(text) === null ? t.wrongAmount : null;
  const { run, busy, error } = useAction(async () => {
    const file = new File([csvOf([Object.keys(draft), Object.values(draft)])], "limit.csv");
    await importSheet("limits", file, {}, new AbortController().signal);
    setDraft(empty);
    of.onSaved();
  });
  const set = (field: keyof typeof draft) => (value: string) =>
    setDraft({ ...draft, [field]: value });
  return (
    <Form onSubmit={() => void run()} submit={t.setLimit} busy={busy} error={error}
      disabled={wrong(draft.cap) !== null || wrong(draft.floor) !== null}>
      <div class="form-grid">
        <TextField label={t.limitName} required value={draft.limit} onInput={set("limit")} />
        <SelectField label={t.limitKind} value={draft.kind} onChange={set("kind")}
          options={[{ value: "own", title: t.own }, { value: "legal", title: t.legal }]} />
        <SelectField label={t.market} value={draft.market} onChange={set("market")}
          empty={t.allMarkets}
          options={of.state.markets.map((one) => ({ value: one.name, title: one.title }))} />
        <SelectField label={t.channel} value={draft.channel} onChange={set("channel")}
          empty={t.allChannels}
          options={of.state.channels.map((one) => ({ value: one.name, title: one.title }))} />
        <TextField label={t.fromWeek} type="number" min={1} max={60} value={draft.from_week}
          onInput={set("from_week")} />
        <TextField label={t.toWeek} type="number" min={1} max={60} value={draft.to_week}
          onInput={set("to_week")} />
        <TextField label={t.floor} value={draft.floor} onInput={set("floor")}
          error={wrong(draft.floor)} />
        <TextField label={t.cap} value={draft.cap} onInput={set("cap")} error={wrong(draft.cap)} />
      </div>
    </Form>
  );
}
