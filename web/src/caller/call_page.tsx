import { useEffect, useState } from "preact/hooks";
import { callerHome, claim, heartbeat, release, sendResult } from "../api/client";
import { useLive } from "../api/live";
import type { Bars, CallerStart, CallNow, HeartbeatAnswer, LiveCall } from "../api/types";
import { onComeback } from "../base/connection";
import { dispositionTitle } from "../base/dispositions";
import { count, number } from "../base/format";
import { useNow } from "../base/load";
import { isSignedOut } from "../base/problem";
import { useStore } from "../base/store";
import { Button, Notice } from "../ui/elements";
import { AwayBanner } from "../ui/frame";
import { markLanguage } from "../base/language";
import { CallMenu } from "./call_menu";
import { CallView } from "./call_view";
import { Calling } from "./calling";
import type { Phase } from "./calling";
import { ChangeDialog, changeMs } from "./change_dialog";
import { useOneTab } from "./one_tab";
import { Outbox } from "./outbox";
import type { Shelf } from "./outbox";
import { Away, CallFailed, Elsewhere, Fetching, NothingNow, OnBreak, Rejoin, Sending, Welcome }
  from "./phases";
import { practiceLease } from "./practice";
import { t } from "./texts";

const heartbeatMs = 15_000;
const savedShownMs = 4_000;

const noShelf: Shelf = {
  length: 0, key: () => null, getItem: () => null, removeItem: () => undefined,
  setItem: () => { throw new Error("no storage"); } };

function shelf(): Shelf {
  try {
    return window.localStorage;
  } catch {
    return noShelf;
  }
}

function makeCalling() {
  const outbox = new Outbox({ shelf: shelf(), send: sendResult });
  const calling = new Calling({ callerHome: () => callerHome(), claim, release }, outbox);
  return { outbox, calling };
}

interface Heard {
  answer: HeartbeatAnswer;
  lease: string | null;  // what was held when the server was asked
}

/// Tells the server that the caller is here; gives what the lead has to say, and whether the number
/// shown was barred (where the live connection does not get through).
function useHeartbeat(calling: Calling): Heard | null {
  const [heard, setHeard] = useState<Heard | null>(null);
  useEffect(() => {
    let timer = 0;
    let ended = false;
    const beat = async () => {
      const now = calling.phase.get();
      const phase = now.name;
      const lease = now.name === "call" ? now.lease.id : null;
      if (phase !== "rejoin" && phase !== "loading") {
        await heartbeat(phase === "break").then(
          (answer) => {
            setHeard({ answer, lease });
            const here = calling.home.get()?.phonebank.id;
            if (here && here !== answer.phonebank) void calling.arrive();
          },
          (error) => { if (isSignedOut(error)) calling.rejoin(); });
      }
      if (!ended) timer = window.setTimeout(beat, heartbeatMs * (0.85 + Math.random() * 0.3));
    };
    timer = window.setTimeout(beat, heartbeatMs * Math.random());
    return () => {
      ended = true;
      clearTimeout(timer);
    };
  }, []);
  return heard;
}

/// Whether the number on the page was barred after it had been shown; known within a second.
function useBarred(phase: Phase): boolean {
  const { fresh } = useLive<Bars>("bars");
  return phase.name === "call" && (fresh?.data.leases.includes(phase.lease.id) ?? false);
}

/// How the call stands that the server makes; nothing where callers use their own phones.
function useServersCall(home: CallerStart | null): LiveCall | null {
  const watched = home && home.dialling !== "manual" ? home.person : null;
  const { fresh } = useLive<CallNow>(watched ? `dial:${watched}` : null);
  return fresh?.data.call ?? null;
}

/// What is on the way, and for a moment that it has arrived.
function SendState(of: { outbox: Outbox }) {
  const { pending, acknowledged } = useStore(of.outbox.state);
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (acknowledged === 0) return undefined;
    setShown(true);
    const timer = setTimeout(() => setShown(false), savedShownMs);
    return () => clearTimeout(timer);
  }, [acknowledged]);
  return (
    <span class={`send-state${pending > 0 ? " waits" : ""}`} role="status">
      {pending > 0 ? t.toSend(number(pending)) : shown ? t.saved : ""}
    </span>
  );
}

/// The last result, for as long as it can be changed. A bar is offered to be undone in its words.
function LastResult(of: { calling: Calling; outbox: Outbox }) {
  const handed = useStore(of.calling.handed)[0];
  const home = useStore(of.calling.home);
  const now = useNow(5_000);
  useStore(of.outbox.state);
  const [asking, setAsking] = useState(false);
  const [done, setDone] = useState("");
  if (!handed || !home || of.outbox.waits(handed.result.key) || now - handed.at > changeMs ||
      handed.result.voters.length === 0) {
    return null;
  }
  const barring = handed.result.voters.find((one) => home.dispositions.some(
    (info) => info.key === one.disposition && (info.bars_number || info.bars_voter)));
  return (
    <div class={`last-result${barring ? " barring" : ""}`}>
      {barring ? <span>{t.undoBar(dispositionTitle(barring.disposition))}</span> : null}
      {done === handed.result.key ? <span role="status">{t.changed}</span> : null}
      <Button kind="quiet" onClick={() => setAsking(true)}>
        {barring ? t.undo : t.changeLast}
      </Button>
      {asking ? (
        <ChangeDialog handed={handed} home={home} onClose={() => setAsking(false)}
          onChanged={(result) => {
            of.calling.changed(result);
            setDone(result.key);
            setAsking(false);
          }} />
      ) : null}
    </div>
  );
}

/// A call to an invented household: everything works, nothing is kept.
function Practice(of: { home: CallerStart; onEnd: () => void }) {
  const [round, setRound] = useState(0);
  const [lease] = useState(practiceLease);
  const again = () => setRound(round + 1);
  return (
    <>
      <Notice tone="accent" title={t.practiceTitle}
        actions={<Button onClick={of.onEnd}>{t.practiceEnd}</Button>}>
        {t.practiceWords}
      </Notice>
      <CallView key={round} home={of.home} lease={lease} barred={false} practice live={null}
        onFinish={again} onSkip={again} />
    </>
  );
}

function Top(of: { calling: Calling; outbox: Outbox; phase: Phase }) {
  const home = useStore(of.calling.home);
  const { phase, calling } = of;
  const hasWork = !["welcome", "break", "rejoin", "loading"].includes(phase.name);
  const rest = () => {
    if (phase.name === "call") void calling.handBack(phase.lease, "break");
    else calling.takeBreak();
  };
  return (
    <header class="call-top">
      <div class="call-top-words">
        <strong>{home?.phonebank.name ?? ""}</strong>
        {home ? (
          <small>
            {t.own(count(home.own.conversations, t.talk, t.talks),
                   count(home.own.calls, t.call, t.calls))}
          </small>
        ) : null}
      </div>
      <SendState outbox={of.outbox} />
      {hasWork ? <Button kind="quiet" onClick={rest}>{t.takeBreak}</Button> : null}
      <CallMenu calling={calling} outbox={of.outbox} joined={phase.name !== "rejoin"} />
    </header>
  );
}

function PhaseView(of: {
  calling: Calling; outbox: Outbox; phase: Phase; barred: boolean; live: LiveCall | null }) {
  const { calling, phase, outbox } = of;
  const home = useStore(calling.home);
  const [practising, setPractising] = useState(false);
  const next = () => void calling.next();
  switch (phase.name) {
    case "loading": return <Fetching />;
    case "fetching": return <Fetching />;
    case "sending": return <Sending onTry={() => outbox.kick()} />;
    case "away": return <Away onTry={home ? next : () => void calling.start()} />;
    case "break": return <OnBreak onBack={next} />;
    case "rejoin": return <Rejoin />;
    case "failed": return <CallFailed error={phase.error} onTry={() => void calling.start()} />;
    case "welcome":
      if (!home) return null;
      return practising ? <Practice home={home} onEnd={() => setPractising(false)} />
        : <Welcome home={home} onStart={next} onPractise={() => setPractising(true)} />;
    case "nothing":
      return <NothingNow nothing={phase.nothing} again={phase.again} onAsk={next}
        onGone={() => void calling.arrive()} />;
    case "call":
      return home ? (
        <CallView key={phase.lease.id} home={home} lease={phase.lease} barred={of.barred}
          live={of.live}
          onFinish={(result) => void calling.finish(result, phase.lease)}
          onSkip={() => void calling.handBack(phase.lease, "skipped")} />
      ) : null;
  }
}

function KeyHint() {
  return (
    <p class="key-hint">
      <strong>{t.keysTitle}</strong>
      {t.keys.map(([key, words]) => <span key={key}><kbd>{key}</kbd> {words}</span>)}
    </p>
  );
}

function Calls() {
  const [{ calling, outbox }] = useState(makeCalling);
  const phase = useStore(calling.phase);
  const sending = useStore(outbox.state);
  const heard = useHeartbeat(calling);
  const isBarred = useBarred(phase);
  const saidSo = phase.name === "call" && heard?.lease === phase.lease.id && heard.answer.barred;
  const barred = isBarred || saidSo;
  const home = useStore(calling.home);
  const live = useServersCall(home);
  const message = heard && !heard.answer.barred ? heard.answer.message : null;
  useEffect(() => {
    const kick = () => outbox.kick();
    const leave = onComeback(kick);
    addEventListener("online", kick);
    void calling.start();
    return () => {
      leave();
      removeEventListener("online", kick);
      calling.stop();
    };
  }, []);
  useEffect(() => {
    if (sending.held === "signed_out") calling.rejoin();
  }, [sending.held]);
  return (
    <>
      <Top calling={calling} outbox={outbox} phase={phase} />
      <main id="main">
        {home?.dialling === "simulator"
          ? <Notice tone="warn" title={t.simulatedTitle}>{t.simulatedWords}</Notice> : null}
        {barred ? <Notice tone="bad" title={t.barredTitle}>{t.barredWords}</Notice>
          : message ? <Notice tone="warn">{message}</Notice> : null}
        {sending.refused.length > 0 ? (
          <Notice tone="bad" title={t.refusedTitle}
            actions={<Button onClick={() => outbox.dismissRefused()}>{t.gotIt}</Button>}>
            {sending.refused.join(" ")}
          </Notice>
        ) : null}
        <LastResult calling={calling} outbox={outbox} />
        <PhaseView calling={calling} outbox={outbox} phase={phase} barred={barred}
          live={live} />
        {phase.name === "call" ? <KeyHint /> : null}
      </main>
    </>
  );
}

export function CallPage() {
  const { here, take } = useOneTab();
  useEffect(markLanguage, []);
  return (
    <div class="caller">
      <AwayBanner />
      {here ? <Calls /> : <main id="main"><Elsewhere onTake={take} /></main>}
    </div>
  );
}
