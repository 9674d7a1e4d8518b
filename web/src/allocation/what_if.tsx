import { useEffect, useState } from "preact/hooks";
import { documentOf, tryPlan } from "../api/plan";
import type { PlanDocument } from "../api/plan";
import { isAborted } from "../base/problem";
import { Button, Panel } from "../ui/elements";
import { Failed } from "../ui/loaded";
import { gainText, money } from "./money";
import { t } from "./texts";

function Slider(of: { label: string; value: number; min: number; max: number; step: number;
                      words: string; onInput: (value: number) => void }) {
  return (
    <label class="slider">
      <span>{of.label}</span>
      <input type="range" min={of.min} max={of.max} step={of.step} value={of.value}
        aria-valuetext={of.words}
        onInput={(event) => of.onInput(Number(event.currentTarget.value))} />
      <output>{of.words}</output>
    </label>
  );
}

/// Sliders; the plan that would be is asked for as they move, the last question wins.
export function WhatIfPanel(of: { now: PlanDocument }) {
  const { now } = of;
  const [budget, setBudget] = useState(1);
  const [swing, setSwing] = useState(0);
  const [effects, setEffects] = useState<Record<string, number>>({});
  const [tried, setTried] = useState<PlanDocument | null>(null);
  const [error, setError] = useState<unknown>(null);
  const spending = now.channels.filter((one) => one.planned_cents + one.booked_cents > 0);
  const asIs = budget === 1 && swing === 0 && Object.values(effects).every((one) => one === 1);
  useEffect(() => {
    if (asIs) {
      setTried(null);
      setError(null);
      return undefined;
    }
    const abort = new AbortController();
    tryPlan({
      budget_cents: Math.max(now.booked_cents, Math.round(now.budget_cents * budget)),
      swing_points: swing,
      effects: Object.entries(effects).map(([channel, factor]) => ({ channel, factor })),
    }, abort.signal).then(
      (answer) => { setTried(documentOf(answer)); setError(null); },
      (problem) => { if (!isAborted(problem)) setError(problem); });
    return () => abort.abort();
  }, [budget, swing, effects, now]);
  const shown = tried ?? now;
  return (
    <Panel title={t.whatIf} actions={asIs ? undefined : (
      <Button onClick={() => { setBudget(1); setSwing(0); setEffects({}); }}>{t.reset}</Button>)}>
      <div class="stack">
        <Slider label={t.whatIfBudget} value={budget} min={0} max={2} step={0.05}
          words={money(Math.round(now.budget_cents * budget), now.currency, true)}
          onInput={setBudget} />
        <Slider label={t.whatIfSwing} value={swing} min={-5} max={5} step={0.1}
          words={t.points(swing.toFixed(1))} onInput={setSwing} />
        {spending.map((channel) => (
          <Slider key={channel.name} label={t.whatIfEffect(channel.title)} min={0} max={3}
            step={0.1} value={effects[channel.name] ?? 1}
            words={t.times((effects[channel.name] ?? 1).toFixed(1))}
            onInput={(value) => setEffects({ ...effects, [channel.name]: value })} />
        ))}
        <p role="status">{t.whatIfGain} <strong>{gainText(shown.objective, shown.gain)}</strong>.
          {" "}{shown.sentences[1]}</p>
        {error ? <Failed error={error} /> : null}
      </div>
    </Panel>
  );
}
