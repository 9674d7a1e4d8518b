import { number, percent } from "../base/format";

export interface Step {
  key: string;
  title: string;
  count: number;
  tone: "total" | "go" | "busy" | "wait" | "end" | "stop";
  note?: string;
}

/// A total taken apart: each step starts where the one above ended.
export function Waterfall(of: { label: string; total: Step; steps: Step[] }) {
  const whole = Math.max(1, of.total.count);
  let start = 0;
  const placed = of.steps.map((step) => {
    const left = start;
    start += step.count;
    return { step, left };
  });
  const row = (step: Step, left: number) => (
    <li key={step.key}>
      <span class="bar-title">{step.title}{step.note ? <small>{step.note}</small> : null}</span>
      <span class="bar-track" aria-hidden="true">
        <i class={`tone-${step.tone}`}
          style={{ left: `${(100 * left) / whole}%`, width: `${(100 * step.count) / whole}%` }} />
      </span>
      <span class="bar-value">
        {number(step.count)}<small>{percent(step.count / whole, 0)}</small>
      </span>
    </li>
  );
  return (
    <ul class="bars waterfall" aria-label={of.label}>
      {row(of.total, 0)}
      {placed.map(({ step, left }) => row(step, left))}
    </ul>
  );
}
