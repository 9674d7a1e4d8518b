import { useState } from "preact/hooks";
import { freezeList } from "../api/client";
import type { Field, Segment } from "../api/types";
import { number } from "../base/format";
import { useAction } from "../base/load";
import { fieldError } from "../base/problem";
import { navigate } from "../base/router";
import { t as common } from "../base/texts";
import { Dialog } from "../ui/dialog";
import { Button } from "../ui/elements";
import { Form, SelectField, TextField } from "../ui/form";
import { noSample, SampleFields, sampleInput } from "./sample_fields";
import type { SampleWish } from "./sample_fields";
import { t } from "./texts";

interface ArmWish {
  name: string;
  percent: string;
}

const armsMax = 8;
const strataMax = 3;

function Arms(of: { arms: ArmWish[]; error: string | null; onChange: (arms: ArmWish[]) => void }) {
  const set = (place: number, next: Partial<ArmWish>) =>
    of.onChange(of.arms.map((arm, i) => (i === place ? { ...arm, ...next } : arm)));
  const sum = of.arms.reduce((whole, arm) => whole + (Number(arm.percent) || 0), 0);
  return (
    <fieldset class="arms">
      <legend>{t.arms}</legend>
      <p class="hint">{t.armsHint}</p>
      {of.arms.map((arm, place) => (
        <div class="row" key={place}>
          <input class="input" aria-label={t.armName(place + 1)} value={arm.name} required
            pattern="[A-Za-z0-9_\-]+"
            onInput={(event) => set(place, { name: event.currentTarget.value })} />
          <input class="input scalar" type="number" min={1} max={100} required
            aria-label={t.armShare(place + 1)} value={arm.percent}
            onInput={(event) => set(place, { percent: event.currentTarget.value })} />
          <span>%</span>
          <button type="button" class="button quiet remove" aria-label={t.removeArm(place + 1)}
            onClick={() => of.onChange(of.arms.filter((_, i) => i !== place))}>×</button>
        </div>
      ))}
      <div class="row">
        <Button kind="quiet" disabled={of.arms.length >= armsMax} onClick={() => of.onChange(
          [...of.arms, { name: String.fromCharCode(97 + of.arms.length), percent: "50" }])}>
          + {t.addArm}
        </Button>
        {of.arms.length > 0 && sum !== 100
          ? <span class="field-error">{t.armsSum(sum)}</span> : null}
      </div>
      {of.error ? <p class="field-error">{of.error}</p> : null}
    </fieldset>
  );
}

function Strata(of: { fields: Field[]; chosen: string[]; onChange: (chosen: string[]) => void }) {
  const categories = of.fields.filter((field) => field.kind === "category");
  return (
    <fieldset class="strata">
      <legend>{t.strata}</legend>
      <p class="hint">{t.strataHint}</p>
      <div class="checks">
        {categories.map((field) => {
          const is = of.chosen.includes(field.name);
          return (
            <label class="check" key={field.name}>
              <input type="checkbox" checked={is} disabled={!is && of.chosen.length >= strataMax}
                onChange={() => of.onChange(is ? of.chosen.filter((one) => one !== field.name)
                  : [...of.chosen, field.name])} />
              <span>{field.title}</span>
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}

function useWish(of: { segment: Segment }) {
  const [name, setName] = useState(of.segment.name);
  const [size, setSize] = useState("");
  const [holdout, setHoldout] = useState("10");
  const [arms, setArms] = useState<ArmWish[]>([]);
  const [strata, setStrata] = useState<string[]>([]);
  const [onePerHousehold, setOnePerHousehold] = useState(false);
  const [topBy, setTopBy] = useState("");
  const [sample, setSample] = useState<SampleWish>(noSample);
  const action = useAction(async () => {
    const drawn = sampleInput(sample);
    const list = await freezeList(drawn ? {
      name: name.trim(), segment: of.segment.id, sample: drawn,
      stratify_by: drawn.method === "stratified" ? strata : [],
    } : {
      name: name.trim(), segment: of.segment.id, holdout_percent: Number(holdout),
      arms: arms.map((arm) => ({ name: arm.name, percent: Number(arm.percent) })),
      stratify_by: strata, one_per_household: onePerHousehold,
      ...(topBy === "" ? {} : { top_by: topBy }),
      ...(size === "" ? {} : { size_max: Number(size) }) });
    navigate(`/lists/${list.id}`);
  });
  return { name, setName, size, setSize, holdout, setHoldout, arms, setArms, strata, setStrata,
           onePerHousehold, setOnePerHousehold, topBy, setTopBy, sample, setSample, ...action };
}

interface WishOf {
  wish: ReturnType<typeof useWish>;
  fields: Field[];
}

const scoresOf = (fields: Field[]) => fields.filter((field) => field.name.startsWith("score:") ||
  ["support_score", "turnout_score", "persuadability"].includes(field.name));

/// A list to call, or a sample that stands for the segment.
function Kind(of: WishOf) {
  const { wish } = of;
  const choose = (method: string) => wish.setSample({
    ...wish.sample, method: method as SampleWish["method"],
    clusterBy: method === "clustered" && wish.sample.clusterBy === "" ? "household"
      : wish.sample.clusterBy });
  return (
    <SelectField label={t.sampleKind} value={wish.sample.method} empty={t.sampleNone}
      onChange={choose} hint={wish.sample.method === "" ? undefined : t.sampleWhy}
      options={Object.entries(t.sampleMethods).map(([value, title]) => ({ value, title }))} />
  );
}

function Sample(of: WishOf) {
  const { wish, fields } = of;
  return (
    <>
      <SampleFields wish={wish.sample} onChange={wish.setSample} error={wish.error}
        categories={fields.filter((field) => field.kind === "category")}
        scores={scoresOf(fields)} />
      {wish.sample.method === "stratified" ? (
        <>
          <Strata fields={fields} chosen={wish.strata} onChange={wish.setStrata} />
          {fieldError(wish.error, "stratify_by")
            ? <p class="field-error">{fieldError(wish.error, "stratify_by")}</p> : null}
        </>
      ) : null}
    </>
  );
}

function More(of: WishOf) {
  const { wish } = of;
  const scored = scoresOf(of.fields);
  return (
    <details class="freeze-more">
      <summary>{t.freezeMore}</summary>
      <div class="stack">
        <label class="check">
          <input type="checkbox" checked={wish.onePerHousehold}
            onChange={(event) => wish.setOnePerHousehold(event.currentTarget.checked)} />
          <span>{t.onePerHousehold}</span>
        </label>
        <Arms arms={wish.arms} onChange={wish.setArms} error={fieldError(wish.error, "arms")} />
        <Strata fields={of.fields} chosen={wish.strata} onChange={wish.setStrata} />
        <SelectField label={t.topBy} value={wish.topBy} onChange={wish.setTopBy} empty={t.atRandom}
          hint={t.topByHint} error={fieldError(wish.error, "top_by")}
          options={scored.map((field) => ({ value: field.name, title: field.title }))} />
      </div>
    </details>
  );
}

function Calls(of: WishOf) {
  const { wish } = of;
  const { error } = wish;
  return (
    <>
      <TextField label={t.sizeMax} type="number" min={1} value={wish.size} onInput={wish.setSize}
        hint={t.sizeHint} error={fieldError(error, "size_max")} />
      <TextField label={t.holdout} type="number" min={0} max={90} value={wish.holdout} required
        onInput={wish.setHoldout} hint={t.holdoutHint}
        error={fieldError(error, "holdout_percent")} />
      <More wish={wish} fields={of.fields} />
    </>
  );
}

export function FreezeDialog(
  of: { segment: Segment; fields: Field[]; count: number; onClose: () => void }) {
  const wish = useWish(of);
  const { error } = wish;
  return (
    <Dialog title={t.freezeTitle} onClose={of.onClose}>
      <p class="muted">{t.freezeWords(number(of.count))}</p>
      <Form onSubmit={() => void wish.run()} submit={t.freezeSubmit} busy={wish.busy} error={error}
        fields={["name", "size_max", "holdout_percent", "arms", "top_by", "stratify_by",
          "sample.size", "sample.cluster_by", "sample.per_cluster", "sample.size_by"]}
        more={<Button onClick={of.onClose}>{common.cancel}</Button>}>
        <TextField label={t.listName} value={wish.name} onInput={wish.setName} required autoFocus
          error={fieldError(error, "name")} />
        <Kind wish={wish} fields={of.fields} />
        {wish.sample.method === "" ? <Calls wish={wish} fields={of.fields} />
          : <Sample wish={wish} fields={of.fields} />}
      </Form>
    </Dialog>
  );
}
