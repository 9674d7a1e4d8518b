import { useState } from "preact/hooks";
import { time } from "../base/format";
import { Button } from "../ui/elements";
import { SelectField } from "../ui/form";
import type { Callback } from "./call_draft";
import { slotsOf } from "./callback_time";
import { t } from "./texts";

export interface CallbackOf {
  opens: string;
  closes: string;
  onSave: (callback: Callback) => void;
  onBack: () => void;
}

function zoneName(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone.replace(/_/g, " ");
}

function Radio(of: { name: string; words: string; checked: boolean; onChoose: () => void }) {
  return (
    <label class={`choice small${of.checked ? " chosen" : ""}`}>
      <input type="radio" name={of.name} checked={of.checked} onChange={of.onChoose} />
      <span>{of.words}</span>
    </label>
  );
}

export function CallbackForm(of: CallbackOf) {
  const [now] = useState(() => new Date());
  const slots = (which: number) => slotsOf({ ...of, now, day: which });
  const [day, setDay] = useState(slots(0).length > 0 ? 0 : 1);
  const [by, setBy] = useState<Callback["by"]>("anyone");
  const [chosen, setChosen] = useState("");
  const open = slots(day);
  const at = open.find((slot) => slot.toISOString() === chosen) ?? open[0];
  return (
    <form class="form" onSubmit={(event) => {
      event.preventDefault();
      if (at) of.onSave({ at: at.toISOString(), by });
    }}>
      <fieldset>
        <legend class="unseen">{t.callbackTitle}</legend>
        <div class="choice-pair">
          <Radio name="day" words={t.today} checked={day === 0} onChoose={() => setDay(0)} />
          <Radio name="day" words={t.tomorrow} checked={day === 1} onChoose={() => setDay(1)} />
        </div>
      </fieldset>
      {at ? (
        <SelectField label={t.at} value={at.toISOString()} onChange={setChosen}
          hint={t.atHint(zoneName())}
          options={open.map((slot) => ({
            value: slot.toISOString(), title: time(slot.toISOString()) }))} />
      ) : <p class="muted">{t.noSlots}</p>}
      <fieldset>
        <legend class="label">{t.whoCalls}</legend>
        <div class="choice-pair">
          <Radio name="by" words={t.byAnyone} checked={by === "anyone"}
            onChoose={() => setBy("anyone")} />
          <Radio name="by" words={t.byMe} checked={by === "me"} onChoose={() => setBy("me")} />
        </div>
      </fieldset>
      <div class="row">
        <Button kind="primary" large submit disabled={!at}>{t.callbackSave}</Button>
        <Button large onClick={of.onBack}>{t.back}</Button>
      </div>
    </form>
  );
}
