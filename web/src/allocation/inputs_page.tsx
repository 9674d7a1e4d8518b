import { useState } from "preact/hooks";
import {
  addPriors, priorsFile, removeLimit, removeLive, spendingSettings, spendingState,
} from "../api/plan";
import { session } from "../api/session";
import type { LiveInput, SpendLimit, SpendingState } from "../api/types";
import { ago, day, percent } from "../base/format";
import { useAction, useLoad, useNow } from "../base/load";
import { may } from "../base/roles";
import { useStore } from "../base/store";
import { Badge, Button, LinkButton, PageHead, Panel } from "../ui/elements";
import { Failed, Loaded } from "../ui/loaded";
import { Table } from "../ui/table";
import { CorrelationsPanel } from "./correlations_panel";
import { LimitForm } from "./limit_form";
import { money } from "./money";
import { SettingsForm } from "./settings_form";
import { SheetUpload } from "./sheet_upload";
import { t } from "./texts";

function weeksOf(limit: SpendLimit): string {
  if (limit.from_week === null && limit.to_week === null) return t.allWeeks;
  return `${limit.from_week ?? 1} – ${limit.to_week ?? t.lastWeek}`;
}

function Limits(of: { state: SpendingState; mayLimit: boolean; onChanged: () => void }) {
  const { run, busy, error } = useAction(async (id: string) => {
    await removeLimit(id);
    of.onChanged();
  });
  return (
    <Panel title={t.limits}>
      {of.state.limits.length === 0 ? <p class="muted">{t.noLimits}</p> : (
        <Table caption={t.limits} rows={of.state.limits} keyOf={(one) => one.id} columns={[
          { title: t.limit, cell: (one) => (
            <>{one.name} {one.legal ? <Badge>{t.legal}</Badge> : null}</>) },
          { title: t.where, minor: true, cell: (one) =>
            [one.market ?? t.allMarkets, one.channel ?? t.allChannels].join(", ") },
          { title: t.weeks, minor: true, cell: weeksOf },
          { title: t.floor, numeric: true, minor: true, cell: (one) =>
            one.floor_cents > 0 ? money(one.floor_cents) : "–" },
          { title: t.cap, numeric: true, cell: (one) =>
            one.cap_cents === null ? "–" : money(one.cap_cents) },
          { title: t.booked, numeric: true, cell: (one) => money(one.booked_cents) },
          ...(of.mayLimit ? [{ title: t.change, cell: (one: SpendLimit) => (
            <Button kind="quiet" busy={busy} label={`${t.remove}: ${one.name}`}
              onClick={() => void run(one.id)}>{t.remove}</Button>) }] : []),
        ]} />
      )}
      {error ? <Failed error={error} /> : null}
      {of.mayLimit ? (
        <div class="form-below"><LimitForm state={of.state} onSaved={of.onChanged} /></div>
      ) : null}
    </Panel>
  );
}

function Live(of: { state: SpendingState; writes: boolean; onChanged: () => void }) {
  const now = useNow(10_000);
  const { run, busy, error } = useAction(async (name: string) => {
    await removeLive(name);
    of.onChanged();
  });
  const reading = (one: LiveInput) => one.problem ?? (one.value === null ? t.notRead
    : one.kind === "experiment" ? t.effectOf((one.value * 100).toFixed(2),
      ((one.error ?? 0) * 100).toFixed(2))
      : t.shareOf(percent(one.value), Math.round(one.counts ?? 0)));
  return (
    <Panel title={t.live}>
      <p class="muted">{t.liveWords}</p>
      {of.state.live.length > 0 ? (
        <Table caption={t.live} rows={of.state.live} keyOf={(one) => one.name} columns={[
          { title: t.live, cell: (one) => (
            <>{one.name} <small class="muted">{t.liveKinds[one.kind]}, {one.of}</small></>) },
          { title: t.reading, cell: reading },
          { title: t.readAt, numeric: true, minor: true, cell: (one) =>
            one.read_at ? ago(now - new Date(one.read_at).getTime()) : "–" },
          ...(of.writes ? [{ title: t.change, cell: (one: LiveInput) => (
            <Button kind="quiet" busy={busy} label={`${t.remove}: ${one.name}`}
              onClick={() => void run(one.name)}>{t.remove}</Button>) }] : []),
        ]} />
      ) : null}
      {error ? <Failed error={error} /> : null}
    </Panel>
  );
}

function Channels(of: { state: SpendingState; writes: boolean; onChanged: () => void }) {
  const { run, busy, error } = useAction(async () => {
    await addPriors();
    of.onChanged();
  });
  const points = (value: number | null) => value === null ? "–" : value.toFixed(2);
  return (
    <Panel title={t.channels}
      actions={<LinkButton href={priorsFile} download>{t.priors}</LinkButton>}>
      {of.state.channels.length === 0 ? (
        <>
          <p>{t.noChannels}</p>
          {of.writes ? (
            <Button busy={busy} onClick={() => void run()}>{t.beginPriors}</Button>) : null}
        </>
      ) : (
        <Table caption={t.channels} rows={of.state.channels} keyOf={(one) => one.name} columns={[
          { title: t.channel, cell: (one) => one.title },
          { title: t.effectPoints, numeric: true, cell: (one) =>
            `${points(one.effect_points)} ± ${points(one.error_points)}` },
          { title: t.halfLife, numeric: true, minor: true, cell: (one) =>
            one.half_life_weeks ? t.weeksOf(one.half_life_weeks) : "–" },
          { title: t.ownMeasures, numeric: true, minor: true, cell: (one) => one.measures },
          { title: t.prices, numeric: true, cell: (one) => one.rates },
        ]} />
      )}
      {error ? <Failed error={error} /> : null}
    </Panel>
  );
}

function Contests(of: { state: SpendingState }) {
  if (of.state.contests.length === 0) return null;
  return (
    <Panel title={t.contests} flush>
      <Table caption={t.contests} rows={of.state.contests} keyOf={(one) => one.name} columns={[
        { title: t.contest, cell: (one) => `${one.name} (${one.weight})` },
        { title: t.share, numeric: true,
          cell: (one) => one.share === null ? "–" : one.share_error === null ? percent(one.share)
            : `${percent(one.share)} ± ${(one.share_error * 100).toFixed(1)}` },
        { title: t.polls, numeric: true, cell: (one) => one.polls },
        { title: t.lastPoll, numeric: true, minor: true,
          cell: (one) => one.last_poll ? day(one.last_poll) : "–" },
      ]} />
    </Panel>
  );
}

/// What plans are made of: settings, sheets, limits, live inputs.
export function InputsPage() {
  const [round, setRound] = useState(0);
  const state = useLoad((signal) => spendingState(signal), []);
  const settings = useLoad((signal) => spendingSettings(signal), []);
  const who = useStore(session);
  const role = who.state === "in" ? who.session.person.role : null;
  const writes = role !== null && may(role, "spending_write");
  const mayLimit = role !== null && may(role, "spending_approve");
  const again = () => {
    state.reload();
    setRound(round + 1);
  };
  return (
    <>
      <PageHead title={t.inputsTitle} lead={t.inputsLead}
        back={{ href: "/money", title: t.back }} />
      <div class="stack">
        {writes ? <SheetUpload mayLimit={mayLimit} onDone={again} /> : null}
        <Loaded load={state.load} rows={8}>{(got) => (
          <>
            {mayLimit ? (
              <Loaded load={settings.load} rows={6}>{(now) => (
                <SettingsForm settings={now} opponents={got.opponents}
                  onSaved={(saved) => { settings.replace(saved); again(); }} />
              )}</Loaded>
            ) : null}
            <Limits key={round} state={got} mayLimit={mayLimit} onChanged={again} />
            <Live state={got} writes={writes} onChanged={again} />
            <Channels state={got} writes={writes} onChanged={again} />
            <Contests state={got} />
            <CorrelationsPanel state={got} writes={writes} onChanged={again} />
          </>
        )}</Loaded>
      </div>
    </>
  );
}
