import { useState } from "preact/hooks";
import { experiment, setExperimentCost } from "../api/client";
import { spendingState } from "../api/plan";
import type { Experiment } from "../api/types";
import { useAction, useLoad } from "../base/load";
import { ApiError, fieldError } from "../base/problem";
import { Dialog } from "../ui/dialog";
import { Form, SelectField, TextField } from "../ui/form";
import type { Option } from "../ui/form";
import { Loaded } from "../ui/loaded";
import { t } from "./texts";

interface Draft {
  arm: string;  // empty: all of them
  from: "sum" | "ledger";
  dollars: string;
  channel: string;
  fromWeek: string;
  toWeek: string;
}

const text = (of: number | null) => (of === null ? "" : String(of));

/// What is noted of an arm, or of all.
function draftOf(one: Experiment, arm: string): Draft {
  const own = one.arm_costs.find((cost) => cost.arm === arm);
  const noted = arm === "" ? {
    cents: one.cost_cents, channel: one.cost_channel, from: one.cost_from_week,
    to: one.cost_to_week } : {
    cents: own?.cost_cents ?? null, channel: own?.channel ?? null, from: own?.from_week ?? null,
    to: own?.to_week ?? null };
  return { arm, from: noted.channel === null ? "sum" : "ledger",
           dollars: noted.channel !== null || noted.cents === null ? ""
             : String(noted.cents / 100),
           channel: noted.channel ?? "", fromWeek: text(noted.from), toWeek: text(noted.to) };
}

/// The ledger's channels, for whom may see the money; the others write the channel's name.
async function channelsOf(signal: AbortSignal): Promise<Option[]> {
  try {
    return (await spendingState(signal)).channels.map(
      (one) => ({ value: one.name, title: one.title }));
  } catch (problem) {
    if (problem instanceof ApiError && problem.status === 403) return [];
    throw problem;
  }
}

function CostForm(of: { one: Experiment; arm: string; channels: Option[]; onDone: () => void }) {
  const { one } = of;
  const [draft, setDraft] = useState<Draft>(draftOf(one, of.arm));
  const set = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const { run, busy, error } = useAction(async () => {
    await setExperimentCost(one.id, {
      ...(draft.arm ? { arm: draft.arm } : {}),
      ...(draft.from === "sum"
        ? { cost_cents: Math.round(100 * Number(draft.dollars)) }
        : { channel: draft.channel,
            ...(draft.fromWeek ? { from_week: Number(draft.fromWeek) } : {}),
            ...(draft.toWeek ? { to_week: Number(draft.toWeek) } : {}) }) });
    of.onDone();
  });
  const arms = one.arms.filter((name, place) => place > 0 && name !== one.control);
  return (
    <Form onSubmit={() => void run()} submit={t.costSave} busy={busy} error={error}
      fields={["cost_cents", "channel", "to_week"]}>
      {arms.length > 1 ? (
        <SelectField label={t.costArm} value={draft.arm} empty={t.costAllArms}
          options={arms.map((name) => ({ value: name, title: name }))}
          onChange={(arm) => setDraft(draftOf(one, arm))} />
      ) : null}
      <SelectField label={t.costFrom} value={draft.from}
        options={[{ value: "sum", title: t.costSum }, { value: "ledger", title: t.costLedger }]}
        onChange={(from) => set({ from: from as Draft["from"] })} />
      {draft.from === "sum" ? (
        <TextField label={t.cost} value={draft.dollars} required inputMode="numeric"
          onInput={(dollars) => set({ dollars: dollars.replace(",", ".") })}
          error={fieldError(error, "cost_cents")} />
      ) : (
        <>
          {of.channels.length > 0 ? (
            <SelectField label={t.costChannel} value={draft.channel} required
              empty={t.costChoose} options={of.channels} hint={t.costChannelHint}
              onChange={(channel) => set({ channel })} />
          ) : (
            <TextField label={t.costChannel} value={draft.channel} required
              hint={t.costChannelHint} onInput={(channel) => set({ channel })}
              error={fieldError(error, "channel")} />
          )}
          <div class="form-grid">
            <TextField label={t.costFromWeek} type="number" min={1} max={60}
              value={draft.fromWeek} onInput={(fromWeek) => set({ fromWeek })} />
            <TextField label={t.costToWeek} type="number" min={1} max={60} value={draft.toWeek}
              onInput={(toWeek) => set({ toWeek })} error={fieldError(error, "to_week")} />
          </div>
        </>
      )}
    </Form>
  );
}

/// What contacting has cost: of all arms or of one, as a sum or as what the ledger has booked.
export function CostDialog(of: { experiment: string; arm: string; onDone: () => void;
                                 onClose: () => void }) {
  const { load } = useLoad(async (signal) => {
    const [report, channels] = await Promise.all([
      experiment(of.experiment, signal), channelsOf(signal)]);
    return { one: report.experiment, channels };
  }, [of.experiment]);
  return (
    <Dialog title={t.costTitle} onClose={of.onClose}>
      <Loaded load={load} rows={3}>
        {({ one, channels }) => (
          <CostForm one={one} channels={channels} onDone={of.onDone}
            arm={one.arms.length > 2 ? of.arm : ""} />
        )}
      </Loaded>
    </Dialog>
  );
}
