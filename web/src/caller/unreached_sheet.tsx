import { useEffect, useState } from "preact/hooks";
import type { DispositionInfo } from "../api/types";
import type { Disposition } from "../base/dispositions";
import { Dialog } from "../ui/dialog";
import { Button } from "../ui/elements";
import type { Callback } from "./call_draft";
import { CallbackForm } from "./callback_form";
import { t } from "./texts";

type Reason = keyof typeof t.reasons;

const ofThePhone: Reason[] = ["no_answer", "left_message", "busy", "wrong_number", "disconnected"];
const ofTheVoter: Reason[] = ["refused", "callback", "moved", "language", "voted_already",
                              "deceased", "do_not_call"];

export interface SheetOf {
  name: string;
  opens: string;
  closes: string;
  own: DispositionInfo[];  // the campaign's, offered
  onReason: (reason: Disposition, callback: Callback | null, own: string | null) => void;
  onClose: () => void;
}

function Reasons(of: { title: string; reasons: Reason[]; firstKey: number;
                       onReason: (reason: Reason) => void }) {
  return (
    <div class="reasons" role="group" aria-label={of.title}>
      <h3>{of.title}</h3>
      {of.reasons.map((reason, index) => (
        <button key={reason} type="button" class="reason" onClick={() => of.onReason(reason)}>
          {t.reasons[reason]}
          {of.firstKey + index <= 9
            ? <kbd aria-hidden="true">{of.firstKey + index}</kbd> : null}
        </button>
      ))}
    </div>
  );
}

function OwnReasons(of: { own: DispositionInfo[]; onReason: (one: DispositionInfo) => void }) {
  if (of.own.length === 0) return null;
  return (
    <div class="reasons" role="group" aria-label={t.ofTheCampaign}>
      <h3>{t.ofTheCampaign}</h3>
      {of.own.map((one) => (
        <button key={one.key} type="button" class="reason" onClick={() => of.onReason(one)}>
          {one.title}
        </button>
      ))}
    </div>
  );
}

function Sure(of: { words: string; onYes: () => void; onBack: () => void }) {
  return (
    <div class="stack">
      <p>{of.words}</p>
      <div class="row">
        <Button kind="danger" large onClick={of.onYes}>{t.confirmYes}</Button>
        <Button large onClick={of.onBack}>{t.back}</Button>
      </div>
    </div>
  );
}

/// Why the voter was not reached; the digits choose too.
export function UnreachedSheet(of: SheetOf) {
  const [step, setStep] = useState<Reason | null>(null);
  const [own, setOwn] = useState<DispositionInfo | null>(null);
  const choose = (reason: Reason) => {
    if (reason === "callback" || reason === "deceased" || reason === "do_not_call") setStep(reason);
    else of.onReason(reason, null, null);
  };
  useEffect(() => {
    if (step || own) return undefined;
    const press = (event: KeyboardEvent) => {
      const reason = [...ofThePhone, ...ofTheVoter][Number(event.key) - 1];
      if (!/^[1-9]$/.test(event.key) || !reason || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      choose(reason);
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [step, own]);
  const back = () => setStep(null);
  const title = step === "callback" ? t.callbackTitle : t.unreachedTitle;
  return (
    <Dialog title={title} onClose={of.onClose}>
      {step === null && own === null ? (
        <>
          <Reasons title={t.ofThePhone} reasons={ofThePhone} firstKey={1} onReason={choose} />
          <Reasons title={t.ofTheVoter(of.name)} reasons={ofTheVoter}
            firstKey={ofThePhone.length + 1} onReason={choose} />
          <OwnReasons own={of.own} onReason={(one) => {
            if (one.bars_number || one.bars_voter) setOwn(one);
            else of.onReason(one.base, null, one.key);
          }} />
          <Button large onClick={of.onClose}>{t.back}</Button>
        </>
      ) : null}
      {step === "callback" ? (
        <CallbackForm opens={of.opens} closes={of.closes} onBack={back}
          onSave={(callback) => of.onReason("callback", callback, null)} />
      ) : null}
      {step === "deceased" ? (
        <Sure words={t.confirmDeceased(of.name)} onBack={back}
          onYes={() => of.onReason("deceased", null, null)} />
      ) : null}
      {step === "do_not_call" ? (
        <Sure words={t.confirmDoNotCall} onBack={back}
          onYes={() => of.onReason("do_not_call", null, null)} />
      ) : null}
      {own ? (
        <Sure onBack={() => setOwn(null)} onYes={() => of.onReason(own.base, null, own.key)}
          words={own.bars_voter ? t.confirmDeceased(of.name) : t.confirmDoNotCall} />
      ) : null}
    </Dialog>
  );
}
