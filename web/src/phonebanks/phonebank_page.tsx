import { useEffect, useRef } from "preact/hooks";
import { bankCallers, bankProgress } from "../api/client";
import { useLive } from "../api/live";
import { session } from "../api/session";
import type { Phonebank, PhonebankProgress } from "../api/types";
import { number } from "../base/format";
import { useLoad, useNow, useRepeat } from "../base/load";
import { may } from "../base/roles";
import { useStore } from "../base/store";
import { Notice, PageHead } from "../ui/elements";
import { Freshness } from "../ui/freshness";
import { Failed, Loaded, Skeleton } from "../ui/loaded";
import { stateBadge } from "../ui/states";
import { alarmOf } from "./alarm";
import type { Alarm } from "./alarm";
import { FollowingPanel } from "./following_panel";
import { JoinPanel } from "./join_panel";
import { ByMinute, Callers, Counters, Dispositions, Lines, Results, Settings } from "./panels";
import { PacePanel } from "./pace_panel";
import { PrioritiesPanel } from "./priorities_panel";
import { RoomPanel } from "./room_panel";
import { StateButtons } from "./state_buttons";
import { BySegment, ContactRate, Quality } from "./supervision";
import { t } from "./texts";
import { wholeMinutes } from "./whole_minutes";

const callersMs = 2_000;
const progressMs = 10_000;

function alarmWords(alarm: Alarm): string {
  const words = t.alarms[alarm.cause];
  return typeof words === "string" ? words : words(number(alarm.lines));
}

function AlarmBanner(of: { bank: Phonebank; ready: number; progress: PhonebankProgress | null }) {
  const now = useNow(5_000);
  const since = useRef(now);
  const key = `${of.bank.state} ${of.ready > 0}`;
  const before = useRef(key);
  if (before.current !== key) {
    before.current = key;
    since.current = Date.now();
  }
  const alarm = alarmOf({ bank: of.bank, callersReady: of.ready, progress: of.progress,
                          watchedMs: now - since.current });
  if (!alarm) return null;
  return (
    <Notice tone={alarm.cause === "stuck" ? "bad" : "warn"} title={t.alarmTitle}>
      {t.waitingCallers(number(of.ready))} {alarmWords(alarm)}
    </Notice>
  );
}

function Live(of: { bank: Phonebank; receivedAt: number }) {
  const bank = of.bank;
  const callers = useLoad((signal) => bankCallers(bank.id, signal), [bank.id]);
  const progress = useLoad((signal) => bankProgress(bank.id, signal), [bank.id]);
  useRepeat(callers.reload, callersMs, [bank.id]);
  useRepeat(progress.reload, progressMs, [bank.id]);
  const before = useRef(bank.state);
  useEffect(() => {
    if (before.current !== bank.state) callers.reload();
    before.current = bank.state;
  }, [bank.state]);
  const who = useStore(session);
  const writes = who.state === "in" && may(who.session.person.role, "phonebank_write");
  const rows = callers.load.state === "ready" ? callers.load.data.items : [];
  const ready = rows.filter((row) => row.state === "ready").length;
  // Callers are what is missing first; once the first has joined, the link stands with the rest.
  const isKnown = callers.load.state !== "loading";
  const isEmpty = callers.load.state === "ready" && rows.length === 0 && bank.calls === 0 &&
    bank.state !== "closed";
  const minutes = progress.load.state === "ready"
    ? wholeMinutes(progress.load.data, Date.now()) : null;
  return (
    <div class="stack">
      <AlarmBanner bank={bank} ready={ready} progress={minutes} />
      {writes && isEmpty ? <JoinPanel bank={bank.id} /> : null}
      <Counters bank={bank} />
      <div class="columns">
        <div class="stack">
          <Lines bank={bank} />
          <Results bank={bank} />
          <PacePanel bank={bank} writes={writes} />
          <PrioritiesPanel bank={bank} writes={writes} />
          <FollowingPanel bank={bank} receivedAt={of.receivedAt} writes={writes} />
          <Settings bank={bank} />
        </div>
        <div class="stack">
          {minutes ? <ByMinute progress={minutes} /> : <Skeleton rows={6} />}
          <ContactRate bank={bank} />
          <BySegment bank={bank} />
          <Dispositions bank={bank} />
          <Loaded load={callers.load}>
            {(page) => <Callers bank={bank} callers={page.items} writes={writes} />}
          </Loaded>
          <RoomPanel bank={bank.id} writes={writes} />
          {writes && !isEmpty && isKnown ? <JoinPanel bank={bank.id} /> : null}
        </div>
      </div>
      <Quality bank={bank} />
    </div>
  );
}

export function PhonebankPage(of: { params: Record<string, string> }) {
  const { fresh, error } = useLive<Phonebank>(`phonebank:${of.params.id ?? ""}`);
  const who = useStore(session);
  const writes = who.state === "in" && may(who.session.person.role, "phonebank_write");
  const back = { href: "/phonebanks", title: t.back };
  if (!fresh) {
    return (
      <>
        <PageHead title={t.title} back={back} />
        {error ? <Failed error={error} /> : <Skeleton rows={8} />}
      </>
    );
  }
  const bank = fresh.data;
  return (
    <>
      <PageHead back={back} title={<>{bank.name} {stateBadge(bank.state)}</>}
        lead={<Freshness ageMs={bank.age_ms} receivedAt={fresh.at} position={bank.position} />}>
        {writes ? <StateButtons bank={bank} /> : null}
      </PageHead>
      <Live bank={bank} receivedAt={fresh.at} />
    </>
  );
}
