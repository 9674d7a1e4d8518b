import { useEffect, useState } from "preact/hooks";
import type { Ref } from "preact";
import { dial, hangUp } from "../api/client";
import type { Lease, LiveCall } from "../api/types";
import type { Disposition } from "../base/dispositions";
import { useNow } from "../base/load";
import { ApiError, isPassing, sentenceOf } from "../base/problem";
import { Button } from "../ui/elements";
import { t } from "./texts";

// The number as one large button: a link for the caller's own phone, or a call that the server
// makes.

/// A phone must not wait long for our word: then what the page knows stands.
const askMsMax = 2_000;

export interface DialOf {
  lease: Lease;
  barred: boolean;  // after the number was shown
  practice: boolean;
  driver: "manual" | "simulator";
  live: LiveCall | null;  // the caller's newest call
  control: Ref<HTMLElement>;  // the large button, for the key
  onPropose: (disposition: Disposition) => void;
}

export function PhoneSign() {
  return (
    <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
      <path d="M5 3h4.2l2 5.2-2.6 1.6a11.5 11.5 0 0 0 5.6 5.6l1.6-2.6 5.2 2V19a2 2 0 0 1
        -2 2A16 16 0 0 1 3 5a2 2 0 0 1 2-2z" />
    </svg>
  );
}

function Struck(of: { number: string; why?: string | null }) {
  return (
    <>
      <p class="dial barred"><s>{of.number}</s></p>
      {of.why ? <p class="dial-refused" role="alert">{of.why}</p> : null}
    </>
  );
}

type Word = { link: string | null } | { refused: Refused };

/// Why not; a phone bank that is paused will go on, everything else stays as it is.
interface Refused {
  words: string;
  forGood: boolean;
}

function refusedBy(error: unknown): Refused {
  const passes = isPassing(error) || (error instanceof ApiError && error.code === "conflict");
  return { words: sentenceOf(error), forGood: !passes };
}

/// Asks whether the number may be called at this moment; null: nobody could say in time.
async function askFirst(lease: Lease): Promise<Word | null> {
  const late = new Promise<null>((done) => { setTimeout(() => done(null), askMsMax); });
  const asked = dial(lease).then(
    ({ link }) => ({ link }),
    (error: unknown) => (isPassing(error) ? null : { refused: refusedBy(error) }));
  return Promise.race([asked, late]);
}

function OwnPhone(of: DialOf) {
  const [refused, setRefused] = useState<Refused | null>(null);
  const [tried, setTried] = useState(false);
  const { number, number_shown } = of.lease;
  const press = async (event: Event) => {
    if (of.practice) {
      event.preventDefault();
      setTried(true);
      return;
    }
    if (!navigator.onLine) return;  // the link does what it says
    event.preventDefault();
    setRefused(null);
    const answer = await askFirst(of.lease);
    if (answer && "refused" in answer) setRefused(answer.refused);
    else location.href = answer?.link ?? `tel:${number}`;
  };
  if (of.barred || refused?.forGood) {
    return <Struck number={number_shown} why={refused?.words ?? null} />;
  }
  return (
    <>
      <a class="dial" href={`tel:${number}`} aria-label={t.callNumber(number_shown)}
        ref={of.control as Ref<HTMLAnchorElement>} onClick={(event) => void press(event)}>
        <PhoneSign />
        {number_shown}
      </a>
      {refused ? <p class="dial-refused" role="alert">{refused.words}</p> : null}
      {tried ? <p class="dial-refused" role="status">{t.practiceDial}</p> : null}
    </>
  );
}

/// Seconds since the page heard that the call stands as it does; the server's clock may be another.
function useSecondsIn(state: string): number {
  const [since, setSince] = useState(Date.now);
  useEffect(() => setSince(Date.now()), [state]);
  return Math.max(0, Math.floor((useNow(1_000) - since) / 1_000));
}

const clock = (seconds: number) =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

function UnderWay(of: DialOf & { call: LiveCall }) {
  const seconds = useSecondsIn(of.call.state);
  const [hanging, setHanging] = useState(false);
  const { state } = of.call;
  const end = () => {
    setHanging(true);
    hangUp(of.lease.id).catch(() => setHanging(false));
  };
  return (
    <div class={`dialling ${state}`}>
      <p class="dialling-state">
        <span role="status">{t.callStates[state as "asked" | "ringing" | "answered"]}</span>
        {state === "asked" ? null : <span class="dialling-clock" aria-hidden="true">
          {clock(seconds)}</span>}
      </p>
      <p class="dialling-number">{of.lease.number_shown}</p>
      <button type="button" class="dial hang-up" onClick={end} disabled={hanging}
        ref={of.control as Ref<HTMLButtonElement>}>
        {t.hangUp}
      </button>
    </div>
  );
}

function Ended(of: DialOf & { call: LiveCall }) {
  const { end, proposed } = of.call;
  const reason = proposed && proposed in t.reasons
    ? t.reasons[proposed as keyof typeof t.reasons] : null;
  return (
    <div class="dialling ended">
      <p class="dialling-state" role="status">{t.callEnds[end ?? "failed"]}</p>
      <p class="dialling-number">{of.lease.number_shown}</p>
      {proposed && reason ? (
        <Button kind="primary" large onClick={() => of.onPropose(proposed as Disposition)}>
          {t.saveAs(reason)}
        </Button>
      ) : null}
      <p class="hint">
        {proposed ? t.orAnother : end === "finished" ? t.noteIt : t.nobodySpoke}
      </p>
    </div>
  );
}

/// The server makes the call, and tells how it stands.
function ServersCall(of: DialOf) {
  const [mine, setMine] = useState<LiveCall | null>(null);
  const [asking, setAsking] = useState(false);
  const [refused, setRefused] = useState<Refused | null>(null);
  const { lease } = of;
  const call = [of.live, mine].find((one) => one?.lease === lease.id) ?? null;
  const place = async () => {
    setAsking(true);
    setRefused(null);
    try {
      setMine((await dial(lease)).call);
    } catch (error) {
      setRefused(refusedBy(error));
    }
    setAsking(false);
  };
  if (call?.state === "ended") return <Ended {...of} call={call} />;
  if (call) return <UnderWay {...of} call={call} />;
  if (of.barred || refused?.forGood) {
    return <Struck number={lease.number_shown} why={refused?.words ?? null} />;
  }
  return (
    <>
      <button type="button" class="dial" onClick={() => void place()} disabled={asking}
        aria-label={t.callNumber(lease.number_shown)} ref={of.control as Ref<HTMLButtonElement>}>
        <PhoneSign />
        {lease.number_shown}
      </button>
      {refused ? <p class="dial-refused" role="alert">{refused.words}</p> : null}
    </>
  );
}

export function DialPanel(of: DialOf) {
  return of.practice || of.driver === "manual" ? <OwnPhone {...of} /> : <ServersCall {...of} />;
}
