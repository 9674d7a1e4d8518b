import { useState } from "preact/hooks";
import type { Caller, Phonebank, PhonebankProgress, ReasonCount } from "../api/types";
import { Bars } from "../charts/bars";
import { Minutes } from "../charts/minutes";
import { Waterfall } from "../charts/waterfall";
import type { Step } from "../charts/waterfall";
import { barTitle, dispositionTitle } from "../base/dispositions";
import { ago, number, percent } from "../base/format";
import { useNow } from "../base/load";
import { wilson } from "../base/stats";
import { Badge, Button, Facts, Panel, Stat, Stats } from "../ui/elements";
import { Rolling } from "../ui/rolling";
import { Table } from "../ui/table";
import { CallerDialog, MessageDialog } from "./caller_actions";
import { WaitStat } from "./supervision";
import { t } from "./texts";

export function Counters(of: { bank: Phonebank }) {
  const bank = of.bank;
  return (
    <Panel>
      <Stats>
        <Stat title={t.callers} value={<Rolling value={bank.callers_active} />} />
        <Stat title={t.calls} value={<Rolling value={bank.calls} />}
          note={t.lastHour(number(bank.calls_last_hour))} />
        <Stat title={t.talks} value={<Rolling value={bank.conversations} />}
          note={t.lastHour(number(bank.conversations_last_hour))} />
        <Stat title={t.reachRate} note={t.reachNote}
          value={bank.calls > 0 ? percent(bank.conversations / bank.calls, 0) : "–"} />
        <Stat title={t.answers} value={<Rolling value={bank.answers} />} />
        <WaitStat bank={bank} />
      </Stats>
    </Panel>
  );
}

const steps: { key: keyof Phonebank["counts"]; tone: Step["tone"] }[] = [
  { key: "ready", tone: "go" }, { key: "held", tone: "busy" }, { key: "waiting", tone: "wait" },
  { key: "outside_hours", tone: "wait" },
  { key: "done", tone: "end" }, { key: "barred", tone: "stop" },
];

function reasonsOf(reasons: ReasonCount[]): string {
  return reasons
    .map((one) => `${barTitle(one.reason)} ${number(one.count)}`).join(", ");
}

export function Lines(of: { bank: Phonebank }) {
  const { bank } = of;
  const placed = steps.map(({ key, tone }): Step => ({
    key, tone, title: t.lines[key], count: bank.counts[key] }));
  return (
    <Panel title={t.linesTitle} note={t.linesNote}>
      <Waterfall label={t.linesTitle} steps={placed}
        total={{ key: "lines", tone: "total", title: t.lines.lines, count: bank.counts.lines }} />
      {bank.counts.callbacks > 0
        ? <p class="hint barred-why">{t.promised(number(bank.counts.callbacks))}</p> : null}
      {bank.barred_reasons.length > 0
        ? <p class="hint barred-why">{t.barredWhy(reasonsOf(bank.barred_reasons))}</p> : null}
      {bank.dial_refusals.length > 0 ? (
        <p class="hint barred-why">{t.dialRefused(reasonsOf(bank.dial_refusals))}</p>) : null}
    </Panel>
  );
}

const callerTones = {
  on_call: "good", ready: "accent", resting: "neutral", away: "neutral" } as const;

export function Callers(of: { bank: Phonebank; callers: Caller[]; writes: boolean }) {
  const now = useNow(5_000);
  const [chosen, setChosen] = useState<Caller | null>(null);
  const [writing, setWriting] = useState(false);
  return (
    <Panel title={t.callersTitle} flush actions={of.writes && of.callers.length > 0
      ? <Button onClick={() => setWriting(true)}>{t.messageAll}</Button> : null}>
      {writing ? <MessageDialog bank={of.bank.id} onClose={() => setWriting(false)} /> : null}
      {chosen ? <CallerDialog bank={of.bank} caller={chosen}
        onClose={() => setChosen(null)} /> : null}
      {of.callers.length === 0 ? <p class="muted inset">{t.noCallers}</p> : (
        <div class="tall">
          <Table caption={t.callersTitle} rows={of.callers} keyOf={(row) => row.id}
            columns={[
              { title: t.callerColumns.name, cell: (row) => (of.writes ? (
                <Button kind="quiet" onClick={() => setChosen(row)}>{row.name}</Button>
              ) : row.name) },
              { title: t.callerColumns.state, cell: (row) => (
                <Badge tone={callerTones[row.state]}>{t.callerStates[row.state]}</Badge>) },
              { title: t.callerColumns.talks, numeric: true,
                cell: (row) => number(row.conversations) },
              { title: t.callerColumns.calls, numeric: true, cell: (row) => number(row.calls) },
              { title: t.callerColumns.seen, numeric: true, minor: true,
                cell: (row) => ago(now - new Date(row.last_seen_at).getTime()) },
            ]} />
        </div>
      )}
    </Panel>
  );
}

export function Dispositions(of: { bank: Phonebank }) {
  const rows = [...of.bank.dispositions].sort((a, b) => b.count - a.count);
  return (
    <Panel title={t.dispositions}>
      {rows.length === 0 ? <p class="muted">{t.noCalls}</p> : (
        <Bars label={t.dispositions} bars={rows.map((row) => ({
          key: row.disposition, title: dispositionTitle(row.disposition), count: row.count }))} />
      )}
    </Panel>
  );
}

export function Results(of: { bank: Phonebank }) {
  const asked = of.bank.results.filter((one) => one.choices.length > 0);
  return (
    <Panel title={t.results}>
      {asked.length === 0 ? <p class="muted">{t.noAnswers}</p> : null}
      <div class="stack">
        {asked.map((one) => {
          const n = one.choices.reduce((sum, choice) => sum + choice.count, 0);
          return (
            <div key={one.key}>
              <h3>{one.question}</h3>
              <p class="hint result-n">{t.resultN(number(n))}</p>
              <Bars label={one.question} shares total={n} bars={one.choices.map((choice) => {
                const interval = wilson(choice.count, n);
                return { key: choice.text, title: choice.text, count: choice.count,
                         ...(interval ? { low: interval.low, high: interval.high } : {}) };
              })} />
            </div>
          );
        })}
      </div>
    </Panel>
  );
}

export function ByMinute(of: { progress: PhonebankProgress }) {
  const { minutes } = of.progress;
  return (
    <Panel title={t.minutes}>
      <Minutes label={t.minutes} timeTitle={t.minute}
        seconds={minutes.map((minute) => new Date(minute.at).getTime() / 1000)}
        series={[
          { title: t.callsSeries, color: "--data-1", values: minutes.map((one) => one.calls) },
          { title: t.talksSeries, color: "--data-2",
            values: minutes.map((one) => one.conversations) },
        ]} />
    </Panel>
  );
}

export function Settings(of: { bank: Phonebank }) {
  const bank = of.bank;
  return (
    <Panel title={t.settings}>
      <Facts rows={[
        [t.settingList, <a href={`/lists/${bank.list}`}>{bank.list_name}</a>],
        [t.settingArm, bank.arm],
        [t.settingScript, <a href={`/scripts/${bank.script}`}>{bank.script_name}</a>],
        [t.settingHours, t.settingHoursValue(bank.opens, bank.closes)],
        [t.settingRules, <a href="/rules">{t.settingRulesValue(
          bank.country?.toUpperCase() ?? "", bank.state_hours)}</a>],
        [t.settingConsent, t.consents[bank.consent]],
        [t.settingLease, t.settingLeaseValue(number(bank.lease_seconds))],
      ]} />
    </Panel>
  );
}

