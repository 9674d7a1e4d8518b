import { useState } from "preact/hooks";
import { answersOfSegment } from "../api/client";
import type { QuestionName, SegmentAnswers } from "../api/types";
import { Bars } from "../charts/bars";
import { none, number, percent } from "../base/format";
import { useLoad, useRepeat } from "../base/load";
import { Panel } from "../ui/elements";
import { SelectField } from "../ui/form";
import { Freshness } from "../ui/freshness";
import { Loaded } from "../ui/loaded";
import type { Whose } from "./portrait";
import { t } from "./texts";

const repeatMs = 3_000;

function Shares(of: { found: SegmentAnswers; at: number }) {
  const { found } = of;
  if (found.n === null) {
    return <p>{t.answersHidden(found.hidden_below)}</p>;
  }
  return (
    <div class="stack">
      <p class="muted">
        {t.answersN(number(found.n), number(found.whole), found.whole && found.whole > 0
          ? percent(found.n / found.whole, 0) : none)}
      </p>
      {found.n === 0 ? null : (
        <Bars label={found.text} total={found.n} shares
          bars={found.choices.map((one) => ({
            key: one.choice, title: one.choice, count: one.count ?? 0,
            note: t.shareInterval(percent(one.share), percent(one.low), percent(one.high)),
            ...(one.low !== null && one.high !== null ? { low: one.low, high: one.high } : {}),
          }))} />
      )}
      <p class="hint">{t.intervalWhy}</p>
      <p class="count-foot">
        <Freshness ageMs={found.age_ms} receivedAt={of.at} position={found.position} />
      </p>
    </div>
  );
}

function OneQuestion(of: { whose: Whose; question: string }) {
  const { load, reload } = useLoad(
    async (signal) => ({
      found: await answersOfSegment({ ...of.whose, question: of.question }, signal),
      at: Date.now() }),
    [JSON.stringify(of.whose), of.question]);
  useRepeat(reload, repeatMs, []);
  return <Loaded load={load} rows={4}>{(one) => <Shares found={one.found} at={one.at} />}</Loaded>;
}

/// How those in the segment answered, each share with its n and interval.
export function AnswersPanel(of: { whose: Whose; questions: QuestionName[] }) {
  const [chosen, setChosen] = useState(of.questions[0]?.key ?? "");
  return (
    <Panel title={t.answersTitle}>
      {of.questions.length === 0 ? <p class="muted">{t.noQuestions}</p> : (
        <div class="stack">
          <SelectField label={t.question} value={chosen} onChange={setChosen}
            options={of.questions.map((one) => ({ value: one.key, title: one.text }))} />
          <OneQuestion key={chosen} whose={of.whose} question={chosen} />
        </div>
      )}
    </Panel>
  );
}
