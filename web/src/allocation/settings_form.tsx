import { useState } from "preact/hooks";
import { saveSpendingSettings } from "../api/plan";
import type { Committee, SpendingSettings } from "../api/types";
import { useAction } from "../base/load";
import { fieldError } from "../base/problem";
import { Notice, Panel } from "../ui/elements";
import { Form, SelectField, TextField } from "../ui/form";
import { cents } from "./money";
import { t } from "./texts";

const objectives = ["win_probability", "expected_weight", "net_votes", "robust_win_probability"];

const pollMethods = ["half_life", "tracker"];

/// Parts of one as percent, without the noise of binary fractions.
const percents = (part = 0) => String(Number((part * 100).toPrecision(12)));

const draftOf = (of: SpendingSettings) => ({
  budget: (of.budget_cents / 100).toFixed(2), first_day: of.first_day ?? "",
  weeks: String(of.weeks), objective: of.objective as string, needed: String(of.needed),
  error_national: percents(of.error_national), error_regional: percents(of.error_regional),
  error_contest: percents(of.error_contest), poll_days: String(of.poll_days),
  poll_half_life: String(of.poll_half_life), poll_method: of.poll_method as string,
  explore_share: percents(of.explore_share),
  opponent: of.opponent ?? "",
});
type Draft = ReturnType<typeof draftOf>;

/// The other way round.
const part = (text: string) => Number((Number(text) / 100).toPrecision(12));

function settingsOf(now: SpendingSettings, draft: Draft, committee: Committee,
                    budget: number): SpendingSettings {
  return {
    ...now, committee, budget_cents: budget, first_day: draft.first_day || null,
    weeks: Number(draft.weeks), objective: draft.objective as SpendingSettings["objective"],
    needed: Number(draft.needed), error_national: part(draft.error_national),
    error_regional: part(draft.error_regional), error_contest: part(draft.error_contest),
    poll_days: Number(draft.poll_days), poll_half_life: Number(draft.poll_half_life),
    poll_method: draft.poll_method as SpendingSettings["poll_method"],
    explore_share: part(draft.explore_share), opponent: draft.opponent || null,
  };
}

const numbers: [keyof Draft, string, string?][] = [
  ["weeks", t.weeks], ["needed", t.needed, t.neededHint], ["error_national", t.errorNational],
  ["error_regional", t.errorRegional], ["error_contest", t.errorContest],
  ["poll_days", t.pollDays], ["poll_half_life", t.pollHalfLife],
  ["explore_share", t.exploreShare, t.exploreHint],
];
const names: [keyof Committee, string][] = [
  ["id", t.committeeId], ["candidate", t.candidateId], ["last_name", t.candidateLast],
  ["first_name", t.candidateFirst], ["office", t.office], ["state", t.committeeState],
  ["district", t.district], ["election", t.election],
];

/// Budget, weeks, objective, errors, and who files reports.
export function SettingsForm(of: { settings: SpendingSettings; opponents: string[];
                                   onSaved: (saved: SpendingSettings) => void }) {
  const [draft, setDraft] = useState(draftOf(of.settings));
  const [committee, setCommittee] = useState<Committee>(of.settings.committee ?? {});
  const [saved, setSaved] = useState(false);
  const budget = cents(draft.budget);
  const { run, busy, error } = useAction(async () => {
    if (budget === null) return;
    setSaved(false);
    of.onSaved(await saveSpendingSettings(settingsOf(of.settings, draft, committee, budget)));
    setSaved(true);
  });
  const set = (field: keyof Draft) => (value: string) => setDraft({ ...draft, [field]: value });
  return (
    <Panel title={t.settings}>
      <Form onSubmit={() => void run()} submit={t.save} busy={busy} error={error}
        disabled={budget === null} fields={["budget_cents", "first_day", "weeks"]}
        more={saved ? <Notice tone="good">{t.saved}</Notice> : null}>
        <div class="form-grid">
          <TextField label={t.budget} required value={draft.budget} onInput={set("budget")}
            error={budget === null ? t.wrongAmount : fieldError(error, "budget_cents")} />
          <TextField label={t.firstDay} type="date" value={draft.first_day}
            onInput={set("first_day")} error={fieldError(error, "first_day")} />
          <SelectField label={t.objective} value={draft.objective} onChange={set("objective")}
            options={objectives.map((one) => ({ value: one, title: t.objectives[one]! }))} />
          <SelectField label={t.pollMethod} value={draft.poll_method}
            onChange={set("poll_method")} hint={t.pollMethodHints[draft.poll_method]}
            options={pollMethods.map((one) => ({ value: one, title: t.pollMethods[one]! }))} />
          {numbers.filter(([field]) => field !== "poll_half_life"
            || draft.poll_method === "half_life").map(([field, label, hint]) => (
            <TextField key={field} label={label} required value={draft[field]} hint={hint}
              onInput={set(field)} error={fieldError(error, field)} />
          ))}
          <SelectField label={t.opponent} value={draft.opponent} onChange={set("opponent")}
            empty={t.noOpponent}
            options={of.opponents.map((one) => ({ value: one, title: one }))} />
        </div>
        <fieldset class="plain">
          <legend>{t.committee}</legend>
          <div class="form-grid">
            {names.map(([field, label]) => (
              <TextField key={field} label={label} value={String(committee[field] ?? "")}
                onInput={(value) => setCommittee({ ...committee, [field]: value })} />
            ))}
            <SelectField label={t.against} value={committee.opposes ? "against" : "for"}
              options={[{ value: "for", title: t.supports },
                { value: "against", title: t.opposes }]}
              onChange={(value) => setCommittee({ ...committee, opposes: value === "against" })} />
          </div>
        </fieldset>
      </Form>
    </Panel>
  );
}
