import { useEffect, useState } from "preact/hooks";
import { explainCallable } from "../api/client";
import type { Hindrance, SegmentWaterfall } from "../api/types";
import { Waterfall } from "../charts/waterfall";
import type { Step } from "../charts/waterfall";
import { number } from "../base/format";
import { isAborted } from "../base/problem";
import { Panel } from "../ui/elements";
import { Freshness } from "../ui/freshness";
import { Failed, Skeleton } from "../ui/loaded";
import type { Whose } from "./portrait";
import { t } from "./texts";

const repeatMs = 2_000;

const tones: Record<Hindrance, Step["tone"]> = {
  no_number: "stop", do_not_call: "stop", no_consent: "stop", not_registered: "stop",
  outside_hours: "wait", cooling_down: "wait", held: "busy", callback: "busy",
  hold_out: "end", already_voted: "end",
};

interface Shown {
  of: string;
  found: SegmentWaterfall | null;
  at: number;
  error: unknown;
}

function useWaterfall(whose: Whose) {
  const text = JSON.stringify(whose);
  const [shown, setShown] = useState<Shown>({ of: "", found: null, at: 0, error: null });
  useEffect(() => {
    const abort = new AbortController();
    let timer = 0;
    const turn = () => {
      void explainCallable(whose, abort.signal).then(
        (found) => setShown({ of: text, found, at: Date.now(), error: null }),
        (error) => { if (!isAborted(error)) setShown((before) => ({ ...before, error })); })
        .finally(() => { if (!abort.signal.aborted) timer = window.setTimeout(turn, repeatMs); });
    };
    turn();
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [text]);
  return { ...shown, pending: shown.of !== text };
}

function Steps(of: { found: SegmentWaterfall }) {
  const { found } = of;
  const shown = found.steps.filter((step) => step.count !== null);
  const hidden = found.steps.filter((step) => step.count === null);
  const steps = shown.map((step): Step => ({
    key: step.reason, title: t.hindrances[step.reason], count: step.count ?? 0,
    tone: tones[step.reason], note: t.hindranceNotes[step.reason] }));
  if (found.callable !== null) {
    steps.push({ key: "callable", title: t.callableNow, count: found.callable, tone: "go" });
  }
  if (found.whole === null) return <p>{t.hiddenSegment}</p>;
  return (
    <>
      <Waterfall label={t.waterfallTitle} steps={steps}
        total={{ key: "whole", title: t.everybodyHere, count: found.whole, tone: "total" }} />
      {hidden.length > 0 ? (
        <p class="hint">{t.hiddenSteps(hidden.map((one) => t.hindrances[one.reason]))}</p>
      ) : null}
    </>
  );
}

/// From everybody in the segment to who can be called at this moment, by reason.
export function CallablePanel(of: { whose: Whose }) {
  const { found, at, error, pending } = useWaterfall(of.whose);
  return (
    <Panel title={t.waterfallTitle} note={found ? t.waterfallNote(number(found.callable)) : null}>
      {error ? <Failed error={error} /> : null}
      {!found ? (error ? null : <Skeleton rows={8} />) : (
        <div class={`stack${pending ? " pending" : ""}`} aria-busy={pending}>
          <p class="muted">{t.waterfallLead(found.opens, found.closes)}</p>
          <Steps found={found} />
          <p class="count-foot">
            <Freshness ageMs={found.age_ms} receivedAt={at} position={found.position} />
          </p>
        </div>
      )}
    </Panel>
  );
}
