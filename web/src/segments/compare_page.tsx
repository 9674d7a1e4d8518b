import { useState } from "preact/hooks";
import { compareSegments, segmentNumbers } from "../api/client";
import type { AllSegmentNumbers, SegmentComparison, SegmentNumbers } from "../api/types";
import { decimal, none, number, percent } from "../base/format";
import { useLoad, useRepeat } from "../base/load";
import { navigate, usePlace } from "../base/router";
import { Empty, PageHead, Panel } from "../ui/elements";
import { SelectField } from "../ui/form";
import { Freshness } from "../ui/freshness";
import { Loaded } from "../ui/loaded";
import { Table } from "../ui/table";
import { comparedRows } from "./compare_model";
import type { ComparedRow } from "./compare_model";
import { Count, shareOf } from "./live_count";
import { OverlapPanel } from "./overlap_panel";
import { breakdownOf, composition, scores } from "./portrait";
import { t } from "./texts";
import { valueTitle } from "./value_title";

const repeatMs = 3_000;
const rowsShown = 12;

interface Names {
  a: string;
  b: string;
}

const cellTitle = (by: string, row: ComparedRow) => {
  if (row.value === "") return t.unknown;
  const title = valueTitle(by, row.value);
  return row.state ? `${title}, ${row.state}` : title;
};

const points = (difference: number | null) => {
  if (difference === null) return none;
  const words = decimal(Math.abs(100 * difference), 1);
  return `${difference > 0.0005 ? "+" : difference < -0.0005 ? "−" : "±"}${words}`;
};

/// How the two meet, as one bar in three parts.
function OverlapBar(of: { found: SegmentComparison; names: Names }) {
  const { a_only: left, both, b_only: right } = of.found;
  if (left === null || both === null || right === null) {
    return <p class="hint">{t.overlapHidden}</p>;
  }
  const whole = Math.max(1, left + both + right);
  const parts = [{ key: "a", count: left, title: t.onlyIn(of.names.a) },
                 { key: "both", count: both, title: t.inBoth },
                 { key: "b", count: right, title: t.onlyIn(of.names.b) }];
  return (
    <div class="overlap">
      <div class="overlap-bar" aria-hidden="true">
        {parts.map((part) => (
          <i key={part.key} class={`part-${part.key}`}
            style={{ width: `${(100 * part.count) / whole}%` }} />
        ))}
      </div>
      <dl class="overlap-parts">
        {parts.map((part) => (
          <div key={part.key}>
            <dt><i class={`part-${part.key}`} aria-hidden="true" />{part.title}</dt>
            <dd>{number(part.count)} <small>{percent(part.count / whole, 0)}</small></dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function Sizes(of: { found: SegmentComparison; names: Names }) {
  const rows = [
    { key: "count", title: t.voters, of: (one: SegmentComparison["a"]) => one.count },
    { key: "households", title: t.households, of: (one: SegmentComparison["a"]) => one.households },
    { key: "phone", title: t.withPhone, of: (one: SegmentComparison["a"]) => one.with_phone },
    { key: "callable", title: t.callableNow, of: (one: SegmentComparison["a"]) => one.callable },
  ];
  const cell = (one: SegmentComparison["a"], row: (typeof rows)[number]) => (
    <>
      <Count value={row.of(one)} />
      {row.key === "count" ? null : <small> {shareOf(row.of(one), one.count)}</small>}
    </>
  );
  return (
    <div class="compared">
      <section class="whole">
        <Table caption={t.sizes} rows={rows} keyOf={(row) => row.key}
          columns={[
            { title: "", cell: (row) => row.title },
            { title: of.names.a, numeric: true, cell: (row) => cell(of.found.a, row) },
            { title: of.names.b, numeric: true, cell: (row) => cell(of.found.b, row) },
          ]} />
      </section>
    </div>
  );
}

function Parts(of: { by: string; found: SegmentComparison; names: Names }) {
  const rows = comparedRows(breakdownOf(of.found.a, of.by), breakdownOf(of.found.b, of.by),
                            { a: of.found.a.count, b: of.found.b.count });
  const title = t.partTitles[of.by] ?? of.by;
  return (
    <section>
      <h3>{title}</h3>
      <Table caption={title} rows={rows.slice(0, rowsShown)} keyOf={(row) => row.key}
        columns={[
          { title, cell: (row) => cellTitle(of.by, row) },
          { title: of.names.a, numeric: true,
            cell: (row) => (row.a === null ? t.hidden : percent(row.a)) },
          { title: of.names.b, numeric: true,
            cell: (row) => (row.b === null ? t.hidden : percent(row.b)) },
          { title: t.difference, numeric: true, cell: (row) => points(row.difference) },
        ]} />
      {rows.length > rowsShown ? <p class="hint">{t.moreGroups(number(rows.length - rowsShown))}</p>
        : null}
    </section>
  );
}

function Scores(of: { found: SegmentComparison; names: Names }) {
  const rows = of.found.a.distributions.map(
    (a, place) => ({ a, b: of.found.b.distributions[place] }));
  const words = (one: SegmentComparison["a"]["distributions"][number] | undefined) =>
    (one === undefined || one.mean === null ? none
      : t.meanAndMiddle(decimal(one.mean, 1), number(one.quantiles[1]), number(one.quantiles[3])));
  return (
    <section class="whole">
      <h3>{t.scoresTitle}</h3>
      <Table caption={t.scoresTitle} rows={rows} keyOf={(row) => row.a.score}
        columns={[
          { title: t.score, cell: (row) => t.scoreTitles[row.a.score] ?? row.a.score },
          { title: of.names.a, numeric: true, cell: (row) => words(row.a) },
          { title: of.names.b, numeric: true, cell: (row) => words(row.b) },
        ]} />
    </section>
  );
}

function Both(of: { a: SegmentNumbers; b: SegmentNumbers }) {
  const names = { a: of.a.name, b: of.b.name };
  const { load, reload } = useLoad(
    async (signal) => ({ at: Date.now(), found: await compareSegments(
      { a: of.a.id, b: of.b.id, breakdowns: composition, scores }, signal) }),
    [of.a.id, of.b.id]);
  useRepeat(reload, repeatMs, []);
  return (
    <Loaded load={load} rows={10}>
      {({ found, at }) => (
        <Panel title={t.sideBySide}>
          <div class="stack">
            <OverlapBar found={found} names={names} />
            <Sizes found={found} names={names} />
            <div class="compared">
              {composition.map((by) => <Parts key={by} by={by} found={found} names={names} />)}
              <Scores found={found} names={names} />
            </div>
            {found.a.hidden_below > 0 ? <p class="hint">{t.hiddenBelow(found.a.hidden_below)}</p>
              : null}
            <p class="count-foot">
              <Freshness ageMs={found.a.age_ms} receivedAt={at} position={found.a.position} />
            </p>
          </div>
        </Panel>
      )}
    </Loaded>
  );
}

function Chosen(of: { all: AllSegmentNumbers }) {
  const { query } = usePlace();
  const items = of.all.items;
  const a = items.find((one) => one.id === query.get("a")) ?? items[0];
  const b = items.find((one) => one.id === query.get("b")) ??
    items.find((one) => one.id !== a?.id);
  const [, redraw] = useState(0);
  if (!a || !b) return <Empty title={t.compareNone}>{t.compareNoneWhy}</Empty>;
  const options = items.map((one) => ({ value: one.id, title: one.name }));
  const go = (next: { a: string; b: string }) => {
    navigate(`/segments/compare?a=${next.a}&b=${next.b}`, { replace: true });
    redraw((before) => before + 1);
  };
  return (
    <div class="stack">
      <Panel>
        <div class="compare-pick">
          <SelectField label={t.firstSegment} value={a.id} options={options}
            onChange={(one) => go({ a: one, b: b.id })} />
          <SelectField label={t.secondSegment} value={b.id} options={options}
            onChange={(one) => go({ a: a.id, b: one })} />
        </div>
      </Panel>
      <Both key={`${a.id} ${b.id}`} a={a} b={b} />
      <OverlapPanel all={of.all} first={[a.id, b.id]} />
    </div>
  );
}

export function ComparePage() {
  const { load } = useLoad((signal) => segmentNumbers(signal), []);
  return (
    <>
      <PageHead title={t.compareTitle} lead={t.compareLead}
        back={{ href: "/segments", title: t.back }} />
      <Loaded load={load} rows={8}>{(all) => <Chosen all={all} />}</Loaded>
    </>
  );
}
