import { useState } from "preact/hooks";
import { useLive } from "../api/live";
import { comparePlans, documentOf, plan, plans, spendingState, titlesOf } from "../api/plan";
import type { NextPlace, PlanDocument, PlannedMarket } from "../api/plan";
import type { Plan, Planning } from "../api/types";
import { moment, percent } from "../base/format";
import { useLoad } from "../base/load";
import { Badge, Button, LinkButton, Notice, PageHead, Panel, Stat, Stats } from "../ui/elements";
import { Loaded, Skeleton } from "../ui/loaded";
import { Table } from "../ui/table";
import { MapPanel } from "./map_panel";
import { gainShort, gainText, money } from "./money";
import { LinesPanel } from "./plan_lines";
import { t } from "./texts";
import { UsedInputs } from "./used_inputs";
import { WhatIfPanel } from "./what_if";

const sure = 1.96;
const marketsShown = 25;
const nextDollars = 10_000;
const next10k = (plan: PlanDocument, marginal: number) =>
  gainShort(plan.objective, marginal * nextDollars);

function Missing(of: { problem: string | null }) {
  const { load } = useLoad((signal) => spendingState(signal), [of.problem]);
  return (
    <Loaded load={load}>{(state) => (
      <Notice tone="warn" title={of.problem ? t.impossible : t.noPlan}>
        {of.problem ? <p>{of.problem}</p> : null}
        {state.missing.length > 0 ? <p>{t.missing}</p> : null}
        <ul>{state.missing.map((words) => <li key={words}>{words}</li>)}</ul>
      </Notice>
    )}</Loaded>
  );
}

function Head(of: { document: PlanDocument }) {
  const { document: plan } = of;
  const low = plan.gain - sure * plan.gain_error;
  return (
    <Panel>
      <div class="plan-words">
        {plan.sentences.map((words) => <p key={words}>{words}</p>)}
      </div>
      <Stats>
        <Stat title={t.gain} value={gainText(plan.objective, plan.gain)}
          note={low <= 0 ? t.unsure : t.gainNote(gainShort(plan.objective, low),
            gainShort(plan.objective, plan.gain + sure * plan.gain_error))} />
        <Stat title={t.price} value={gainText(plan.objective, plan.price * nextDollars)} />
        <Stat title={t.proof} value={t.proofs[plan.certificate]}
          note={t.gap(plan.gap.toExponential(1))} />
      </Stats>
    </Panel>
  );
}

function Budget(of: { document: PlanDocument }) {
  const { document: plan } = of;
  const part = (cents: number) => `${Math.min(100, 100 * cents / Math.max(1, plan.budget_cents))}%`;
  const said = (cents: number) => money(cents, plan.currency, true);
  return (
    <Panel title={t.budget} note={said(plan.budget_cents)}>
      <div class="budget-bar" aria-hidden="true">
        <i class="booked" style={{ width: part(plan.booked_cents) }} />
        <i class="planned" style={{ width: part(plan.planned_cents) }} />
      </div>
      <p>{t.budgetBar(said(plan.booked_cents), said(plan.planned_cents),
        said(plan.unspent_cents))}</p>
      {plan.limits.length > 0 ? (
        <Table caption={t.limits} rows={plan.limits} keyOf={(limit) => limit.name} columns={[
          { title: t.limit, cell: (limit) => limit.name },
          { title: t.used, numeric: true, cell: (limit) => said(limit.cents) },
          { title: t.cap, numeric: true,
            cell: (limit) => limit.cap_cents === undefined ? "–" : said(limit.cap_cents) },
          { title: t.worth, numeric: true, minor: true,
            cell: (limit) => limit.price === 0 ? "–" : next10k(plan, limit.price) },
        ]} />
      ) : null}
    </Panel>
  );
}

function Next(of: { place: NextPlace; objective: string }) {
  const { place } = of;
  const first = place.contests[0];
  return (
    <li>
      <strong>{place.title}</strong>, {t.nextWords(place.channel_title, place.week)}:{" "}
      {gainText(of.objective, place.gain)}{" "}
      {place.unsure ? <Badge tone="warn">{t.unsure}</Badge> : null}
      {first ? <small class="muted"> {t.because} {t.partOf(percent(first.part, 0),
        first.contest)}</small> : null}
    </li>
  );
}

function Markets(of: { document: PlanDocument }) {
  const { document: plan } = of;
  const rows = [...plan.markets].sort((a, b) => b.planned_cents + b.booked_cents
    - a.planned_cents - a.booked_cents || b.marginal - a.marginal).slice(0, marketsShown);
  const said = (cents: number) => money(cents, plan.currency, true);
  return (
    <Panel title={t.markets} flush>
      <Table caption={t.markets} rows={rows} keyOf={(row: PlannedMarket) => row.name} columns={[
        { title: t.market, cell: (row) => (
          <>{row.title} {row.held_out ? <Badge>{t.heldOut}</Badge> : null}</>) },
        { title: t.booked, numeric: true, cell: (row) => said(row.booked_cents) },
        { title: t.planned, numeric: true, cell: (row) => said(row.planned_cents) },
        { title: t.marginal, numeric: true, minor: true,
          cell: (row) => next10k(plan, row.marginal) },
      ]} />
    </Panel>
  );
}

function Contests(of: { document: PlanDocument }) {
  const rows = [...of.document.contests].sort((a, b) => b.point - a.point).slice(0, marketsShown);
  return (
    <Panel title={t.contests} flush>
      <Table caption={t.contests} rows={rows} keyOf={(row) => row.name} columns={[
        { title: t.contest, cell: (row) => `${row.name} (${row.weight})` },
        { title: t.share, numeric: true, cell: (row) => percent(row.share) },
        { title: t.after, numeric: true, cell: (row) => percent(row.share_after, 2) },
        { title: t.chance, numeric: true, minor: true, cell: (row) => percent(row.chance_after) },
      ]} />
    </Panel>
  );
}

function Changes(of: { document: PlanDocument }) {
  const { changes, currency } = of.document;
  if (!changes?.money) return null;
  const title = titlesOf(of.document);
  const why = [...new Set(changes.why.map((one) => t.whys[one.subject] ?? t.bookedMoney))];
  return (
    <Panel title={t.changed}>
      {why.length > 0 ? <p>{t.why}: {why.join(", ")}.</p> : null}
      <ul>
        {(changes.shares ?? []).slice(0, 5).map((one) => (
          <li key={one.contest}>
            {`${one.contest}: ${percent(one.before, 2)} → ${percent(one.after, 2)}`}
          </li>
        ))}
      </ul>
      {changes.money.length === 0 ? <p>{t.nothingMoved}</p> : (
        <Table caption={t.moved} rows={changes.money}
          keyOf={(row) => `${row.market} ${row.channel}`} columns={[
            { title: t.market, cell: (row) => (
              <>{title.market(row.market)}
                <small class="on-phone">{title.channel(row.channel)}</small></>) },
            { title: t.channel, minor: true, cell: (row) => title.channel(row.channel) },
            { title: t.before, numeric: true, cell: (row) => money(row.before_cents, currency) },
            { title: t.now, numeric: true, cell: (row) => money(row.after_cents, currency) },
          ]} />
      )}
    </Panel>
  );
}

function Difference(of: { newest: string; older: string }) {
  const { load } = useLoad((signal) => comparePlans(of.newest, of.older, signal),
    [of.newest, of.older]);
  return (
    <Loaded load={load}>{({ items }) => items.length === 0 ? <p>{t.same}</p> : (
      <Table caption={t.difference} rows={items.slice(0, marketsShown)}
        keyOf={(row) => `${row.market} ${row.channel}`} columns={[
          { title: t.market, cell: (row) => (
            <>{row.market}<small class="on-phone">{row.channel}</small></>) },
          { title: t.channel, minor: true, cell: (row) => row.channel },
          { title: t.before, numeric: true, cell: (row) => money(row.before_cents) },
          { title: t.now, numeric: true, cell: (row) => money(row.after_cents) },
        ]} />
    )}</Loaded>
  );
}

function History(of: { newest: string }) {
  const { load } = useLoad((signal) => plans(signal), [of.newest]);
  const [older, setOlder] = useState<string | null>(null);
  return (
    <Panel title={t.history}>
      <Loaded load={load}>{({ items }) => (
        <Table caption={t.history} rows={items} keyOf={(row: Plan) => row.id} columns={[
          { title: t.made, cell: (row) => moment(row.made_at) },
          { title: t.planned, numeric: true, cell: (row) => money(row.planned_cents) },
          { title: t.states.approved!, numeric: true, minor: true,
            cell: (row) => money(row.approved_cents) },
          { title: t.compare, cell: (row) => row.id === of.newest ? t.now : (
            <Button pressed={older === row.id} label={`${t.compare}: ${moment(row.made_at)}`}
              onClick={() => setOlder(row.id)}>{t.compare}</Button>) },
        ]} />
      )}</Loaded>
      {older ? <Difference newest={of.newest} older={older} /> : null}
    </Panel>
  );
}

function Shown(of: { which: string; planning: Planning }) {
  const { load, reload } = useLoad((signal) => plan(of.which, signal), [of.which]);
  const isCurrent = of.planning.inputs === of.planning.tried_inputs && !of.planning.problem;
  return (
    <Loaded load={load} rows={10}>{(shown) => {
      const document = documentOf(shown);
      return (
        <div class="stack">
          <Head document={document} />
          <Budget document={document} />
          <Panel title={t.next}>
            <ol class="next-places">
              {document.next.slice(0, 5).map((place) => (
                <Next key={`${place.market} ${place.channel}`} place={place}
                  objective={document.objective} />
              ))}
            </ol>
          </Panel>
          <WhatIfPanel key={of.which} now={document} />
          <MapPanel plan={document} />
          <Changes document={document} />
          <Markets document={document} />
          <Contests document={document} />
          <UsedInputs plan={document} />
          <LinesPanel plan={shown} isCurrent={isCurrent} onDecided={reload} />
          <History newest={of.which} />
        </div>
      );
    }}</Loaded>
  );
}

export function PlanPage() {
  const { fresh } = useLive<Planning>("planning");
  const planning = fresh?.data;
  return (
    <>
      <PageHead title={t.title} lead={t.lead}>
        <LinkButton href="/money/inputs">{t.inputsLink}</LinkButton>
        <LinkButton href="/ledger">{t.ledgerLink}</LinkButton>
      </PageHead>
      {planning ? (
        <div class="stack">
          {planning.problem || !planning.newest ? <Missing problem={planning.problem} /> : null}
          {planning.newest && planning.inputs !== planning.tried_inputs
            ? <Notice tone="warn" title={t.older}>{t.behind}</Notice> : null}
          {planning.newest && planning.problem && planning.inputs === planning.tried_inputs
            ? <Notice tone="warn" title={t.older}>{t.olderWords}</Notice> : null}
          {planning.newest ? <Shown which={planning.newest} planning={planning} /> : null}
        </div>
      ) : <Skeleton rows={8} />}
    </>
  );
}
