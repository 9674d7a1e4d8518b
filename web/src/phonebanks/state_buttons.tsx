import { useState } from "preact/hooks";
import { setPhonebankState } from "../api/client";
import type { Phonebank, PhonebankState } from "../api/types";
import { useAction } from "../base/load";
import { Confirm } from "../ui/dialog";
import { Button } from "../ui/elements";
import { Failed } from "../ui/loaded";
import { t } from "./texts";

const states: PhonebankState[] = ["open", "paused", "closed"];

export function StateButtons(of: { bank: Phonebank }) {
  const [closing, setClosing] = useState(false);
  const { run, busy, error } = useAction(async (state: PhonebankState) => {
    await setPhonebankState(of.bank.id, state);
    setClosing(false);
  });
  return (
    <>
      <div class="segmented" role="group" aria-label={t.columns.state}>
        {states.map((state) => {
          const here = of.bank.state === state;
          return (
            <Button key={state} pressed={here} disabled={busy && !here}
              onClick={() => {
                if (here) return;
                if (state === "closed") setClosing(true);
                else void run(state);
              }}>
              {here ? t.stateDone[state] : t.states[state]}
            </Button>
          );
        })}
      </div>
      {error ? <Failed error={error} /> : null}
      {closing ? (
        <Confirm title={t.closeTitle} words={t.closeWords} confirm={t.states.closed} busy={busy}
          danger onConfirm={() => void run("closed")} onClose={() => setClosing(false)} />
      ) : null}
    </>
  );
}
