import { useState } from "preact/hooks";
import { moveExperiment } from "../api/client";
import { useLive } from "../api/live";
import { session } from "../api/session";
import type { Experiment, ExperimentReport } from "../api/types";
import { moment, number, words } from "../base/format";
import { useAction } from "../base/load";
import { may } from "../base/roles";
import { useStore } from "../base/store";
import { Band } from "../charts/band";
import { Confirm } from "../ui/dialog";
import { Badge, Button, Facts, Notice, PageHead, Panel } from "../ui/elements";
import { Freshness } from "../ui/freshness";
import { Failed, Skeleton } from "../ui/loaded";
import { CostDialog } from "./cost_dialog";
import { stateOf } from "./experiments_page";
import { ArmsTable, BalanceTable, EffectsTable, GroupsTable } from "./tables";
import { dollars, findingOf, isShare, short } from "./model";
import { t } from "./texts";

type Report = { report: ExperimentReport; share: boolean };

function Verdict(of: Report) {
  const plain = of.report.effects.filter((row) => row.method === "difference");
  const tones = { better: "good", worse: "bad", early: "warn", open: "neutral" } as const;
  return (
    <Panel title={t.verdict}>
      <div class="stack">
        {plain.length === 0 ? <p>{t.nothingYet}</p> : null}
        {plain.map((row) => {
          const track = of.report.tracks.find((one) => one.arm === row.arm);
          const cost = of.report.costs.find((one) => one.arm === row.arm)?.each ?? null;
          const found = findingOf(row, track, cost,
            { share: of.share, ended: of.report.experiment.state === "ended" });
          return (
            <div key={row.arm} class={`notice ${tones[found.verdict]}`} role="status">
              <div class="notice-words">
                <strong>{found.sentences[0]}</strong>
                <div>{found.sentences.slice(1).join(" ")}</div>
              </div>
            </div>
          );
        })}
        {of.report.sentences.map((sentence) => (
          <Notice key={sentence} tone="warn">{sentence}</Notice>
        ))}
      </div>
    </Panel>
  );
}

function Over(of: Report) {
  const unit = of.report.experiment.unit === "household" ? t.households : t.answers;
  return (
    <Panel title={t.over} note={t.overNote}>
      {of.report.tracks.map((track) => (
        <div key={track.arm}>
          {of.report.tracks.length > 1 ? <h3>{track.arm}</h3> : null}
          {track.points.length === 0 ? <p class="muted">{t.tooFew}</p> : (
            <Band label={`${t.over}, ${track.arm}`} xTitle={unit}
              format={(value) => short(value, of.share)}
              titles={{ band: t.band, inner: t.inner, value: t.effect }}
              points={track.points.map((point) => ({
                x: point.units, value: point.value, low: point.lower, high: point.upper,
                innerLow: point.fixed_lower, innerHigh: point.fixed_upper,
                ...(point.at > "1971" ? { when: moment(point.at) } : {}) }))} />
          )}
          {track.known_at_units !== null ? (
            <p class="muted">{t.known(`${number(track.known_at_units)} ${unit}`)}</p>
          ) : null}
        </div>
      ))}
      {of.report.tracks.length === 0 ? <p class="muted">{t.tooFew}</p> : null}
    </Panel>
  );
}

function Registered(of: { one: Experiment }) {
  const { one } = of;
  return (
    <Panel title={t.registered}>
      <div class="stack">
        {one.hypothesis ? <p>{one.hypothesis}</p> : null}
        <ul class="outcomes">
          {one.outcomes.map((outcome) => (
            <li key={outcome.number}>
              <strong>{t.kinds[outcome.outcome.kind]}: {words(outcome.outcome.key)}</strong>{" "}
              {outcome.is_primary && !outcome.withdrawn_at
                ? <Badge tone="accent">{t.primaryBadge}</Badge> : null}
              {outcome.reason ? <Badge tone="warn">{t.later}</Badge> : null}
              {outcome.withdrawn_at
                ? <Badge tone="warn">{t.replaced(moment(outcome.withdrawn_at))}</Badge> : null}
              <small class="muted"> {t.registeredAt(moment(outcome.at))}</small>
              {outcome.reason ? <div class="muted">{t.laterWhy(outcome.reason)}</div> : null}
            </li>
          ))}
        </ul>
        <Facts rows={[
          [t.facts.list, <a href={`/lists/${one.list}`}>{one.list_name}</a>],
          [t.facts.control, one.control], [t.facts.unit, t.units[one.unit]],
          [t.facts.begun, moment(one.started_at)],
          ...(one.measuring_at
            ? [[t.facts.contactsOver, moment(one.measuring_at)] as [string, string]] : []),
          ...(one.ended_at ? [[t.facts.ended, moment(one.ended_at)] as [string, string]] : []),
          ...(one.cost_cents !== null
            ? [[t.facts.cost, dollars(one.cost_cents)] as [string, string]] : []),
          ...one.arm_costs.flatMap((cost): [string, string][] => (cost.cost_cents === null ? []
            : [[`${t.facts.cost}: ${cost.arm}`, dollars(cost.cost_cents)]])),
          [t.facts.band, t.answersCount(number(one.planned_units))],
        ]} />
      </div>
    </Panel>
  );
}

/// On to the next state, once it is confirmed.
function NextState(of: { one: Experiment }) {
  const [asks, setAsks] = useState<"measuring" | "ended" | null>(null);
  const { run, busy, error } = useAction(async (state: "measuring" | "ended") => {
    await moveExperiment(of.one.id, state);
    setAsks(null);
  });
  if (of.one.state === "ended") return null;
  return (
    <>
      {of.one.state === "running"
        ? <Button onClick={() => setAsks("measuring")}>{t.endContacts}</Button> : null}
      <Button onClick={() => setAsks("ended")}>{t.end}</Button>
      {asks ? (
        <Confirm title={asks === "measuring" ? t.endContacts : t.end} busy={busy} error={error}
          words={asks === "measuring" ? t.endContactsSure : t.endSure} confirm={t.goOn}
          onConfirm={() => void run(asks)} onClose={() => setAsks(null)} />
      ) : null}
    </>
  );
}

export function ExperimentPage(of: { params: Record<string, string> }) {
  const { fresh, error } = useLive<ExperimentReport>(`experiment:${of.params.id ?? ""}`);
  const [costs, setCosts] = useState(false);
  const who = useStore(session);
  const writes = who.state === "in" && may(who.session.person.role, "segments_write");
  if (error) return <Failed error={error} />;
  if (!fresh) return <Skeleton rows={8} />;
  const report = fresh.data;
  const outcome = report.experiment.outcomes.find((one) => one.number === report.outcome);
  const share = outcome ? isShare(outcome.outcome) : true;
  return (
    <>
      <PageHead back={{ href: "/experiments", title: t.back }}
        title={<>{report.experiment.name} {stateOf(report.experiment.state)}</>}
        lead={<Freshness ageMs={report.age_ms} receivedAt={fresh.at}
          position={report.position} />}>
        {writes ? <Button onClick={() => setCosts(true)}>{t.costButton}</Button> : null}
        {writes ? <NextState one={report.experiment} /> : null}
      </PageHead>
      {costs ? (
        <CostDialog experiment={report.experiment.id} arm="" onDone={() => setCosts(false)}
          onClose={() => setCosts(false)} />
      ) : null}
      <div class="stack">
        <Verdict report={report} share={share} />
        <div class="columns wide-left">
          <Over report={report} share={share} />
          <Registered one={report.experiment} />
        </div>
        <ArmsTable report={report} share={share} />
        <EffectsTable report={report} share={share} />
        <GroupsTable report={report} share={share} />
        <BalanceTable report={report} />
      </div>
    </>
  );
}
