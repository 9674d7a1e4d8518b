import { useEffect, useRef, useState } from "preact/hooks";
import { countSegment } from "../api/client";
import type { Rule } from "../api/rule";
import type { Field, SegmentCount } from "../api/types";
import { Bars } from "../charts/bars";
import { decimal, number, percent } from "../base/format";
import { isAborted } from "../base/problem";
import { Panel, Stat, Stats } from "../ui/elements";
import { Freshness } from "../ui/freshness";
import { Failed, Skeleton } from "../ui/loaded";
import { Rolling } from "../ui/rolling";
import { t } from "./texts";
import { valueTitle } from "./value_title";

const pauseMs = 80;  // after the last edit
const repeatMs = 2_000;  // the feed moves on while nobody edits
const groupsShown = 12;

interface Counted {
  result: SegmentCount | null;
  receivedAt: number;
  error: unknown;
}

/// The count of a rule: a moment after each edit, an older request aborted, and every 2 s.
export function useCount(rule: Rule, groupBy: string): Counted {
  const [counted, setCounted] = useState<Counted>({ result: null, receivedAt: 0, error: null });
  const text = JSON.stringify(rule);
  useEffect(() => {
    const abort = new AbortController();
    let timer = 0;
    const ask = () => countSegment({ rule: JSON.parse(text), group_by: groupBy }, abort.signal)
      .then(
        (result) => setCounted({ result, receivedAt: Date.now(), error: null }),
        (error) => {
          if (!isAborted(error)) setCounted((before) => ({ ...before, error }));
        })
      .finally(() => { if (!abort.signal.aborted) timer = window.setTimeout(turn, repeatMs); });
    const turn = () => {
      if (document.hidden) timer = window.setTimeout(turn, repeatMs);
      else void ask();
    };
    timer = window.setTimeout(ask, pauseMs);
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [text, groupBy]);
  return counted;
}

function took(us: number): string {
  return us < 1000 ? `${decimal(us, 0)} µs` : `${decimal(us / 1000, 1)} ms`;
}

export interface Grouping {
  fields: Field[];  // the categories one may group by
  by: Field | undefined;
  onChange: (field: string) => void;
}

function GroupSelect(of: Grouping) {
  return (
    <label class="group-by">
      {t.groupBy}{" "}
      <select class="input" value={of.by?.name}
        onChange={(event) => of.onChange(event.currentTarget.value)}>
        {of.fields.map((field) => (
          <option key={field.name} value={field.name} selected={field.name === of.by?.name}>
            {field.title}
          </option>
        ))}
      </select>
    </label>
  );
}

function Groups(of: { result: SegmentCount; grouping: Grouping }) {
  const { by } = of.grouping;
  const sorted = [...of.result.groups].sort((a, b) => b.count - a.count);
  const rest = sorted.length - groupsShown;
  if (!by) return null;
  return (
    <div class="groups">
      <GroupSelect {...of.grouping} />
      <Bars label={t.byField(by.title)} total={Math.max(1, of.result.count)}
        bars={sorted.slice(0, groupsShown).map((group) => ({
          key: group.value, count: group.count,
          title: group.value === "" ? t.unknown : valueTitle(by.name, group.value),
          ...(group.support_mean !== null
            ? { note: t.support(decimal(group.support_mean, 0)) } : {}) }))} />
      {rest > 0 ? <p class="hint">{t.moreGroups(number(rest))}</p> : null}
    </div>
  );
}

/// On a phone: the count at the lower edge, while one edits above it.
export function MiniCount(of: { counted: Counted }) {
  const result = of.counted.result;
  if (!result) return null;
  return (
    <p class="count-mini" aria-hidden="true">
      <strong><Rolling value={result.count} /></strong>
      {t.ofAll(percent(result.total ? result.count / result.total : 0), number(result.total))}
    </p>
  );
}

export function LiveCount(of: { counted: Counted; grouping: Grouping }) {
  const { result, receivedAt, error } = of.counted;
  const announced = useRef("");
  if (result) announced.current = `${number(result.count)} ${t.voters}`;
  return (
    <Panel title={t.result}>
      <p class="unseen" role="status">{announced.current}</p>
      {error ? <Failed error={error} /> : null}
      {!result ? (error ? null : <Skeleton rows={5} />) : (
        <div class="stack">
          <div class="count">
            <strong><Rolling value={result.count} /></strong>
            <span>{t.ofAll(percent(result.total ? result.count / result.total : 0),
                           number(result.total))}</span>
          </div>
          <Stats>
            <Stat title={t.households} value={<Rolling value={result.households} />} />
            <Stat title={t.withPhone} value={<Rolling value={result.with_phone} />}
              note={percent(result.count ? result.with_phone / result.count : 0, 0)} />
          </Stats>
          {result.warnings.map((words) => <p key={words} class="count-warning">{words}</p>)}
          <Groups result={result} grouping={of.grouping} />
          <p class="count-foot">
            <Freshness ageMs={result.age_ms} receivedAt={receivedAt} position={result.position} />
            <span>{t.counted(took(result.took_us))}</span>
          </p>
        </div>
      )}
    </Panel>
  );
}
