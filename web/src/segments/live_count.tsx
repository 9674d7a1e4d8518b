import { useRef } from "preact/hooks";
import type { Field, SegmentBreakdown, SegmentPortrait } from "../api/types";
import { Bars } from "../charts/bars";
import { decimal, none, number, percent } from "../base/format";
import { Panel, Stat, Stats } from "../ui/elements";
import { Freshness } from "../ui/freshness";
import { Failed, Skeleton } from "../ui/loaded";
import { Rolling } from "../ui/rolling";
import { breakdownOf } from "./portrait";
import type { Portrayed } from "./portrait";
import { t } from "./texts";
import { valueTitle } from "./value_title";

const groupsShown = 12;

function took(us: number): string {
  return us < 1000 ? `${decimal(us, 0)} µs` : `${decimal(us / 1000, 1)} ms`;
}

export const shareOf = (part: number | null, whole: number | null) =>
  part === null || whole === null ? none : percent(whole ? part / whole : 0, 0);

/// A count, or a word for one that this role is not shown.
export function Count(of: { value: number | null }) {
  return of.value === null ? <span class="hidden-cell">{t.hidden}</span>
    : <Rolling value={of.value} />;
}

export interface Grouping {
  fields: { name: string; title: string }[];  // what one may group by
  by: { name: string; title: string } | undefined;
  onChange: (field: string) => void;
}

export const groupable = (fields: Field[]) => [
  ...fields.filter((field) => field.kind === "category"), { name: "age_band", title: t.ageBand }];

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

export function BreakdownBars(
  of: { title: string; breakdown: SegmentBreakdown; whole: number | null; most?: number;
        support?: boolean }) {
  const cells = of.breakdown.cells;
  const shown = cells.filter((cell) => cell.count !== null);
  const most = of.most ?? groupsShown;
  const rest = shown.length - most;
  const hidden = cells.length - shown.length;
  return (
    <>
      <Bars label={t.byField(of.title)} total={Math.max(1, of.whole ?? 1)}
        bars={shown.slice(0, most).map((cell) => ({
          key: `${cell.state} ${cell.value}`, count: cell.count ?? 0,
          title: cell.value === "" ? t.unknown : valueTitle(of.breakdown.by, cell.value),
          ...(of.support && cell.support_mean !== null
            ? { note: t.support(decimal(cell.support_mean, 0)) } : {}) }))} />
      {rest > 0 ? <p class="hint">{t.moreGroups(number(rest))}</p> : null}
      {hidden > 0 ? <p class="hint">{t.hiddenGroups(hidden)}</p> : null}
    </>
  );
}

function Groups(of: { portrayed: Portrayed; result: SegmentPortrait; grouping: Grouping }) {
  const { by } = of.grouping;
  const breakdown = by ? breakdownOf(of.result, by.name) : undefined;
  return (
    <div class="groups">
      <GroupSelect {...of.grouping} />
      {of.portrayed.groupError ? <Failed error={of.portrayed.groupError} /> : null}
      {by && breakdown ? <BreakdownBars title={by.title} breakdown={breakdown} support
        whole={of.result.count} /> : null}
    </div>
  );
}

/// On a phone: the count at the lower edge, while one edits above it.
export function MiniCount(of: { portrayed: Portrayed }) {
  const { result, pending } = of.portrayed;
  if (!result) return null;
  return (
    <p class={`count-mini${pending ? " pending" : ""}`} aria-hidden="true">
      <strong><Count value={result.count} /></strong>
      {t.ofAll(shareOf(result.count, result.total), number(result.total))}
    </p>
  );
}

function Totals(of: { result: SegmentPortrait }) {
  const { result } = of;
  return (
    <>
      <div class="count">
        <strong><Count value={result.count} /></strong>
        <span>{t.ofAll(result.count === null ? none
          : percent(result.total ? result.count / result.total : 0), number(result.total))}</span>
      </div>
      <Stats>
        <Stat title={t.households} value={<Count value={result.households} />} />
        <Stat title={t.withPhone} value={<Count value={result.with_phone} />}
          note={shareOf(result.with_phone, result.count)} />
        <Stat title={t.callableNow} value={<Count value={result.callable} />}
          note={shareOf(result.callable, result.count)} />
      </Stats>
    </>
  );
}

/// A feed that does not move on makes numbers old; the reader is told, and how old.
export function PortraitFoot(of: { portrayed: Portrayed }) {
  const { result, receivedAt } = of.portrayed;
  if (!result) return null;
  return (
    <>
      {result.warnings.map((words) => <p key={words} class="count-warning">{words}</p>)}
      {result.age_ms > 10_000 ? <p class="count-warning" role="alert">{t.stalled}</p> : null}
      {result.hidden_below > 0 ? <p class="hint">{t.hiddenBelow(result.hidden_below)}</p> : null}
      <p class="count-foot">
        <Freshness ageMs={result.age_ms} receivedAt={receivedAt} position={result.position} />
        <span>{t.counted(took(result.took_us))}</span>
      </p>
    </>
  );
}

export function LiveCount(of: { portrayed: Portrayed; grouping: Grouping }) {
  const { result, error, pending } = of.portrayed;
  const announced = useRef("");
  if (result && !pending) {
    announced.current = result.count === null ? t.hidden : `${number(result.count)} ${t.voters}`;
  }
  return (
    <Panel title={t.result}>
      <p class="unseen" role="status">{announced.current}</p>
      {error ? <Failed error={error} /> : null}
      {!result ? (error ? null : <Skeleton rows={5} />) : (
        <div class={`stack${pending ? " pending" : ""}`} aria-busy={pending}>
          <Totals result={result} />
          <Groups portrayed={of.portrayed} result={result} grouping={of.grouping} />
          <PortraitFoot portrayed={of.portrayed} />
        </div>
      )}
    </Panel>
  );
}
