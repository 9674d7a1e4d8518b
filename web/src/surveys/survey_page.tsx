import { useEffect, useState } from "preact/hooks";
import { lists, phonebanks, questionEstimates, segmentNumbers } from "../api/client";
import type { List, Phonebank, QuestionEstimates, SegmentNumbers } from "../api/types";
import { decimal, number } from "../base/format";
import { useLoad, useRepeat } from "../base/load";
import { Notice, PageHead, Panel, Stat, Stats } from "../ui/elements";
import { SelectField } from "../ui/form";
import { Freshness } from "../ui/freshness";
import { Loaded } from "../ui/loaded";
import { Margins, Shares, States, TrendPanel } from "./panels";
import { t } from "./texts";

interface Wish {
  margins: string[];
  segment: string;
  bank: string;
  list: string;
  yes: string;
}

const marginNames = ["age", "gender", "party", "county", "state"] as const;
const everyMs = 3_000;

function Controls(of: {
  wish: Wish; set: (part: Partial<Wish>) => void; segments: SegmentNumbers[]; banks: Phonebank[];
  lists: List[];
  choices: { choice: number; text: string }[] }) {
  const { wish, set } = of;
  const toggle = (name: string, on: boolean) =>
    set({ margins: on ? [...wish.margins, name] : wish.margins.filter((one) => one !== name) });
  return (
    <Panel title={t.show}>
      <div class="form-grid">
        <fieldset class="field wide">
          <legend>{t.weightTo}</legend>
          <div class="row">
            {marginNames.map((name) => (
              <label key={name} class="check">
                <input type="checkbox" checked={wish.margins.includes(name)}
                  onChange={(event) => toggle(name, event.currentTarget.checked)} />
                {t.margins[name]}
              </label>
            ))}
          </div>
        </fieldset>
        <SelectField label={t.segment} value={wish.segment} empty={t.everybody}
          onChange={(segment) => set({ segment })}
          options={of.segments.map((one) => ({ value: one.id, title: one.name }))} />
        <SelectField label={t.bank} value={wish.bank} empty={t.allBanks}
          onChange={(bank) => set({ bank })}
          options={of.banks.map((one) => ({ value: one.id, title: one.name }))} />
        <SelectField label={t.list} value={wish.list} empty={t.allLists} hint={t.listHint}
          onChange={(list) => set({ list, margins: of.lists.some((one) =>
            one.id === list && one.sample !== null) ? [] : wish.margins })}
          options={of.lists.map((one) => ({ value: one.id,
            title: one.sample ? t.sampleOption(one.name) : one.name }))} />
        {of.choices.length > 0 ? (
          <SelectField label={t.yes} value={wish.yes} onChange={(yes) => set({ yes })}
            options={of.choices.map((one) => ({ value: String(one.choice), title: one.text }))} />
        ) : null}
      </div>
    </Panel>
  );
}

function Worth(of: { made: QuestionEstimates }) {
  const { made } = of;
  return (
    <Panel>
      <Stats>
        <Stat title={t.n} value={number(made.n)} note={t.declined(number(made.declined))} />
        {made.mean ? (
          <Stat title={t.mean} value={decimal(made.mean.value, 2)}
            note={made.mean.lower === null || made.mean.upper === null ? undefined
              : t.meanNote(decimal(made.mean.lower, 2), decimal(made.mean.upper, 2))} />
        ) : null}
        <Stat title={t.effective}
          value={made.effective_n === null ? t.unweighted : number(made.effective_n)}
          note={made.effective_n === null ? undefined : made.sample
            ? t.sampleNote(number(made.n), made.finite) : t.effectiveNote(number(made.n))} />
        <Stat title={t.deff}
          value={made.design_effect === null ? "–" : decimal(made.design_effect, 2)}
          note={t.deffNote} />
        {made.weight_least !== null && made.weight_most !== null ? (
          <Stat title={t.weights}
            value={`${decimal(made.weight_least, 2)} – ${decimal(made.weight_most, 2)}`}
            note={t.weightsNote(number(made.rounds))} />
        ) : null}
      </Stats>
    </Panel>
  );
}

export function SurveyPage(of: { params: Record<string, string> }) {
  const key = of.params.key ?? "";
  const [wish, setWish] = useState<Wish>(
    { margins: ["age", "gender", "party"], segment: "", bank: "", list: "", yes: "1" });
  const [received, setReceived] = useState(Date.now());
  const { load, reload } = useLoad((signal) => questionEstimates(key, {
    margins: wish.margins.join(","), yes: wish.yes,
    segment: wish.segment || null, phonebank: wish.bank || null,
    list: wish.list || null }, signal),
  [key, wish.margins.join(","), wish.yes, wish.segment, wish.bank, wish.list]);
  const known = useLoad((signal) => Promise.all(
    [segmentNumbers(signal), phonebanks(signal), lists(signal)]), []);
  useRepeat(reload, everyMs, [key]);
  useEffect(() => setReceived(Date.now()), [load]);
  const [saved, banks, frozen] = known.load.state === "ready"
    ? [known.load.data[0].items, known.load.data[1].items, known.load.data[2].items]
    : [[], [], []];
  const title = load.state === "ready" ? load.data.text : key;
  const choices = load.state === "ready" ? load.data.choices : [];
  const lead = load.state === "ready"
    ? <Freshness ageMs={load.data.age_ms} receivedAt={received} position={load.data.position} />
    : t.keyLead(key);
  return (
    <>
      <PageHead title={title} back={{ href: "/answers", title: t.back }} lead={lead} />
      <div class="stack">
        <Controls wish={wish} set={(part) => setWish({ ...wish, ...part })} segments={saved}
          banks={banks} lists={frozen} choices={choices} />
        <Loaded load={load} rows={8}>
          {(made) => (
            <>
              {made.sentences.map((sentence) => (
                <Notice key={sentence} tone="warn">{sentence}</Notice>
              ))}
              <Worth made={made} />
              <div class="columns wide-left">
                {made.choices.length > 0
                  ? <TrendPanel made={made} yes={Number(wish.yes)} /> : null}
                <States made={made} />
              </div>
              <Shares made={made} />
              <Margins made={made} />
            </>
          )}
        </Loaded>
      </div>
    </>
  );
}
