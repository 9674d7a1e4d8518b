import { useEffect, useState } from "preact/hooks";
import { callerHome, claim, heartbeat, release, sendResult, signOut } from "../api/client";
import { useLive } from "../api/live";
import { signedOut } from "../api/session";
import type { Bars } from "../api/types";
import { onComeback } from "../base/connection";
import { count, number } from "../base/format";
import { isSignedOut } from "../base/problem";
import { useStore } from "../base/store";
import { Confirm } from "../ui/dialog";
import { Button, Notice } from "../ui/elements";
import { AwayBanner } from "../ui/frame";
import { CallView } from "./call_view";
import { Calling } from "./calling";
import type { Phase } from "./calling";
import { Outbox } from "./outbox";
import type { Shelf } from "./outbox";
import { Away, CallFailed, Fetching, NothingNow, OnBreak, Rejoin, Sending, Welcome }
  from "./phases";
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

/// Tells the server that the caller is here; gives what the lead has to say.
function useHeartbeat(calling: Calling): string | null {
  const [message, setMessage] = useState<string | null>(null);
  useEffect(() => {
    let timer = 0;
    let ended = false;
    const beat = async () => {
      const phase = calling.phase.get().name;
      if (phase !== "rejoin" && phase !== "loading") {
        await heartbeat().then(
          (answer) => setMessage(answer.message),
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
  return message;
}

/// Whether the number on the page was barred after it had been shown; known within a second.
function useBarred(phase: Phase): boolean {
  const { fresh } = useLive<Bars>("bars");
  return phase.name === "call" && (fresh?.data.leases.includes(phase.lease.id) ?? false);
}

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

function LeaveButton(of: { calling: Calling }) {
  const [asking, setAsking] = useState(false);
  const leave = async () => {
    const phase = of.calling.phase.get();
    if (phase.name === "call") await of.calling.handBack(phase.lease, "break");
    await signOut().catch(() => undefined);
    signedOut();
    setAsking(false);
    of.calling.rejoin();
  };
  return (
    <>
      <Button kind="quiet" onClick={() => setAsking(true)}>{t.leave}</Button>
      {asking ? (
        <Confirm title={t.leaveTitle} words={t.leaveWords} confirm={t.leave}
          onConfirm={() => void leave()} onClose={() => setAsking(false)} />
      ) : null}
    </>
  );
}

function Top(of: { calling: Calling; outbox: Outbox; phase: Phase }) {
  const home = useStore(of.calling.home);
  const { phase, calling } = of;
  const inBreak = phase.name === "break" || phase.name === "rejoin" || phase.name === "loading";
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
            {t.own(count(home.own.conversations, t.talk), count(home.own.calls, t.call))}
          </small>
        ) : null}
      </div>
      <SendState outbox={of.outbox} />
      {inBreak ? null : <Button kind="quiet" onClick={rest}>{t.takeBreak}</Button>}
      {phase.name === "rejoin" ? null : <LeaveButton calling={calling} />}
    </header>
  );
}

function PhaseView(of: {
  calling: Calling; outbox: Outbox; phase: Phase; barred: boolean }) {
  const { calling, phase, outbox } = of;
  const home = useStore(calling.home);
  const next = () => void calling.next();
  switch (phase.name) {
    case "loading": return <Fetching />;
    case "fetching": return <Fetching />;
    case "sending": return <Sending onTry={() => outbox.kick()} />;
    case "away": return <Away onTry={home ? next : () => void calling.start()} />;
    case "break": return <OnBreak onBack={next} />;
    case "rejoin": return <Rejoin />;
    case "failed": return <CallFailed error={phase.error} onTry={() => void calling.start()} />;
    case "welcome": return home ? <Welcome home={home} onStart={next} /> : null;
    case "nothing":
      return <NothingNow nothing={phase.nothing} again={phase.again} onAsk={next} />;
    case "call":
      return home ? (
        <CallView key={phase.lease.id} home={home} lease={phase.lease} barred={of.barred}
          onFinish={(result) => void calling.finish(result)}
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

export function CallPage() {
  const [{ calling, outbox }] = useState(makeCalling);
  const phase = useStore(calling.phase);
  const sending = useStore(outbox.state);
  const message = useHeartbeat(calling);
  const barred = useBarred(phase);
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
    <div class="caller">
      <AwayBanner />
      <Top calling={calling} outbox={outbox} phase={phase} />
      <main id="main">
        {barred ? <Notice tone="bad" title={t.barredTitle}>{t.barredWords}</Notice>
          : message ? <Notice tone="warn">{message}</Notice> : null}
        {sending.refused.length > 0 ? (
          <Notice tone="bad" title={t.refusedTitle}
            actions={<Button onClick={() => outbox.dismissRefused()}>{t.gotIt}</Button>}>
            {sending.refused.join(" ")}
          </Notice>
        ) : null}
        <PhaseView calling={calling} outbox={outbox} phase={phase} barred={barred} />
        {phase.name === "call" ? <KeyHint /> : null}
      </main>
    </div>
  );
}
