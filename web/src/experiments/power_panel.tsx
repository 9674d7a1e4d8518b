import { useEffect, useState } from "preact/hooks";
import { planExperiment } from "../api/client";
import type { ExperimentPlan } from "../api/types";
import { decimal, number, percent } from "../base/format";
import { isAborted } from "../base/problem";
import { Panel, Stat, Stats } from "../ui/elements";
import { TextField } from "../ui/form";
import { Failed } from "../ui/loaded";
import { t } from "./texts";

interface Wish {
  control: string;
  effect: string;
  contact: string;
  answering: string;
  share: string;
  explained: string;
  cluster: string;
  likeness: string;
  power: string;
  voters: string;
}

const start: Wish = { control: "50", effect: "5", contact: "30", answering: "100", share: "50",
                      explained: "0", cluster: "1.3", likeness: "0.2", power: "80", voters: "" };

const part = (text: string) => Number(text) / 100;

/// Numbers of a plan, asked of the server as they are typed.
export function PowerPanel(of: { voters?: number }) {
  const [wish, setWish] = useState(start);
  const [plan, setPlan] = useState<ExperimentPlan | null>(null);
  const [error, setError] = useState<unknown>(null);
  const voters = wish.voters === "" ? of.voters : Number(wish.voters);
  useEffect(() => {
    const abort = new AbortController();
    const timer = setTimeout(() => {
      planExperiment({
        control_mean: part(wish.control), effect: part(wish.effect), contact: part(wish.contact),
        answering: part(wish.answering), treated_share: part(wish.share),
        explained: part(wish.explained), cluster_size: Number(wish.cluster),
        cluster_correlation: Number(wish.likeness), power: part(wish.power),
        ...(voters ? { voters } : {}) }, abort.signal).then(
        (made) => { setPlan(made); setError(null); },
        (problem) => { if (!isAborted(problem)) setError(problem); });
    }, 200);
    return () => { clearTimeout(timer); abort.abort(); };
  }, [wish, voters]);
  const field = (key: keyof Wish, label: string, hint?: string) => (
    <TextField label={label} type="text" inputMode="numeric" value={wish[key]} hint={hint}
      onInput={(value) => setWish({ ...wish, [key]: value.replace(",", ".") })} />
  );
  return (
    <Panel title={t.powerTitle}>
      <div class="stack">
        <div class="form-grid">
          {field("control", t.powerControl)}
          {field("effect", t.powerEffect)}
          {field("contact", t.powerContact, t.powerContactHint)}
          {field("answering", t.powerAnswering)}
          {field("share", t.powerShare)}
          {field("explained", t.powerExplained)}
          {field("cluster", t.powerCluster)}
          {field("likeness", t.powerCorrelation)}
          {field("power", t.powerPower)}
          {field("voters", t.powerVoters)}
        </div>
        {error ? <Failed error={error} /> : null}
        {plan && !error ? (
          <Stats>
            <Stat title={t.powerNeeded} value={number(plan.needed_voters)} />
            {plan.detectable_effect !== null ? (
              <Stat title={t.powerDetectable}
                value={t.points(decimal(100 * plan.detectable_effect, 1))} />
            ) : null}
            {plan.power !== null ? (
              <Stat title={t.powerChance} value={percent(plan.power, 0)} />
            ) : null}
          </Stats>
        ) : null}
      </div>
    </Panel>
  );
}
