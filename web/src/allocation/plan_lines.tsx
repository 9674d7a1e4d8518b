import { useState } from "preact/hooks";
import { decidePlan, documentOf, planLines, titlesOf } from "../api/plan";
import { session } from "../api/session";
import type { Plan, PlanLine } from "../api/types";
import { useAction, useLoad } from "../base/load";
import { may } from "../base/roles";
import { useStore } from "../base/store";
import { Confirm } from "../ui/dialog";
import { Badge, Button, Panel } from "../ui/elements";
import { Failed, Loaded } from "../ui/loaded";
import { Table } from "../ui/table";
import { money } from "./money";
import { t } from "./texts";

const shownFirst = 15;
const shownMax = 200;
const toneOf = (state: string) =>
  state === "approved" ? "good" : state === "rejected" ? "bad" : "neutral";

function Lines(of: { plan: Plan; lines: PlanLine[]; busy: boolean;
                     decide: ((lines: number[], approve: boolean) => Promise<void>) | null }) {
  const { decide, busy } = of;
  const title = titlesOf(documentOf(of.plan));
  return (
    <Table caption={t.lines} rows={of.lines}
      keyOf={(line) => String(line.line)} columns={[
        { title: t.market, cell: (line) => (
          <>{title.market(line.market)}
            <small class="on-phone">{title.channel(line.channel)}, {t.week} {line.week}</small>
          </>) },
        { title: t.channel, minor: true, cell: (line) => title.channel(line.channel) },
        { title: t.week, numeric: true, minor: true, cell: (line) => line.week },
        { title: t.amount, numeric: true, cell: (line) => money(line.cents) },
        { title: t.state, cell: (line) => line.state === "proposed" && decide ? (
          <span class="row line-buttons">
            <Button busy={busy} label={`${t.approve} ${line.market} ${line.channel}`}
              onClick={() => void decide([line.line], true)}>{t.approve}</Button>
            <Button kind="quiet" busy={busy}
              label={`${t.reject} ${line.market} ${line.channel}`}
              onClick={() => void decide([line.line], false)}>{t.reject}</Button>
          </span>
        ) : <Badge tone={toneOf(line.state)}>{t.states[line.state]}</Badge> },
      ]} />
  );
}

/// A plan's lines; who may, approves them one by one or all.
export function LinesPanel(of: { plan: Plan; isCurrent: boolean; onDecided: () => void }) {
  const { load, reload } = useLoad((signal) => planLines(of.plan.id, signal), [of.plan.id]);
  const [asking, setAsking] = useState(false);
  const [all, setAll] = useState(false);
  const who = useStore(session);
  const decides = of.isCurrent && who.state === "in"
    && may(who.session.person.role, "spending_approve");
  const { run, busy, error } = useAction(async (lines: number[], approve: boolean) => {
    try {
      await decidePlan(of.plan.id, lines, approve);
    } finally {
      setAsking(false);
      reload();
      of.onDecided();
    }
  });
  return (
    <Loaded load={load} rows={6}>{({ items }) => {
      const left = items.filter((line) => line.state === "proposed");
      const sum = left.reduce((total, line) => total + line.cents, 0);
      return (
        <Panel title={t.lines} flush
          note={all && items.length > shownMax ? t.fewLines(shownMax, items.length) : undefined}
          actions={decides && left.length > 0 ? (
            <Button kind="primary" onClick={() => setAsking(true)}>{t.approveAll}</Button>)
            : undefined}>
          {error ? <Failed error={error} /> : null}
          <Lines plan={of.plan} lines={items.slice(0, all ? shownMax : shownFirst)}
            decide={decides ? run : null} busy={busy} />
          {items.length > shownFirst ? (
            <p class="row form-end">
              <Button kind="quiet" onClick={() => setAll(!all)}>
                {all ? t.fewer : t.allOf(Math.min(items.length, shownMax))}
              </Button>
            </p>
          ) : null}
          {asking ? (
            <Confirm title={t.approveTitle} words={t.approveWords(money(sum))} busy={busy}
              confirm={t.approve} onConfirm={() => void run([], true)}
              onClose={() => setAsking(false)} />
          ) : null}
        </Panel>
      );
    }}</Loaded>
  );
}
