import { useEffect, useRef, useState } from "preact/hooks";
import { decideMatch, matchCounts, matches, undoDecision } from "../api/client";
import type { Match } from "../api/types";
import { number, percent } from "../base/format";
import { useAction, useLoad } from "../base/load";
import { usePages } from "../base/pages";
import { Button, Empty, Notice, PageHead, Panel } from "../ui/elements";
import { SelectField } from "../ui/form";
import { Failed, Loaded, More } from "../ui/loaded";
import { Table } from "../ui/table";
import { Review } from "./review";
import type { Said } from "./review";
import { Runs } from "./runs";
import { t } from "./texts";

interface Filter {
  state: string;
  kind: string;
}

/// What was said last, and can be taken back.
interface Last {
  pair: Match;
  said: Said;
  decision: string | null;
}

const keyOf: Record<string, Said | "undo"> = {
  s: "same", d: "different", l: "later", u: "undo",
};

/// One key each, wherever the reader is but in a field.
function useKeys(act: (key: Said | "undo") => void) {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const at = event.target;
      const inField = at instanceof HTMLInputElement || at instanceof HTMLSelectElement ||
        at instanceof HTMLTextAreaElement;
      // A key that is held down would decide on pairs that nobody has seen.
      if (event.repeat || inField || event.ctrlKey || event.metaKey || event.altKey) return;
      const key = keyOf[event.key.toLowerCase()];
      if (key) latest.current(key);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}

function Queue(of: { items: Match[]; current: string; choose: (id: string) => void }) {
  return (
    <Table caption={t.queue} rows={of.items} keyOf={(pair) => pair.id}
      columns={[
        { title: t.columns.pair, cell: (pair) => (
          <button type="button" class="pair" aria-current={pair.id === of.current}
            onClick={() => of.choose(pair.id)}>
            {pair.one.name}<small>{pair.other.name}</small>
          </button>
        ) },
        { title: t.columns.adds, minor: true, cell: (pair) => pair.adds.length > 0
          ? pair.adds.map((one) => t.adds[one] ?? one).join(", ") : t.nothingAdded },
        { title: t.columns.source, minor: true,
          cell: (pair) => `${pair.one.source} · ${pair.other.source}` },
        { title: t.columns.probability, numeric: true, cell: (pair) => percent(pair.probability) },
      ]} />
  );
}

function Filters(of: { filter: Filter; change: (filter: Filter) => void }) {
  const options = (names: Record<string, string>) =>
    Object.entries(names).map(([value, title]) => ({ value, title }));
  return (
    <div class="filters">
      <SelectField label={t.state} value={of.filter.state} options={options(t.states)}
        onChange={(state) => of.change({ ...of.filter, state })} />
      <SelectField label={t.kinds} value={of.filter.kind} options={options(t.kindsOf)}
        onChange={(kind) => of.change({ ...of.filter, kind })} />
    </div>
  );
}

function LastSaid(of: { last: Last; busy: boolean; undo: () => void }) {
  const { pair, said } = of.last;
  return (
    <Notice tone="good" title={t.saidTitle(pair.one.name, pair.other.name)} actions={(
      <Button kind="quiet" busy={of.busy} onClick={of.undo}>
        {t.undo} <kbd aria-hidden="true">{t.keys.undo}</kbd>
      </Button>
    )}>
      {t.said[said]}
    </Notice>
  );
}

/// Decides on the pair in view, and remembers the last word so that it can be taken back.
function useDecisions(of: {
  current: Match | undefined; last: Last | null; setLast: (last: Last | null) => void;
  after: () => void }) {
  const { current, last, setLast, after } = of;
  const decide = useAction(async (said: Said) => {
    if (!current) return;
    const { decision } = await decideMatch(current.id, said);
    setLast({ pair: current, said, decision });
    after();
  });
  const undo = useAction(async () => {
    if (!last) return;
    if (last.decision) await undoDecision(last.decision);
    else await decideMatch(last.pair.id, "open");
    setLast(null);
    after();
  });
  return { decide, undo, busy: decide.busy || undo.busy, error: decide.error ?? undo.error };
}

export function MatchesPage() {
  const [filter, setFilter] = useState<Filter>({ state: "open", kind: "all" });
  const [chosen, setChosen] = useState<string | null>(null);
  const pages = usePages((signal, cursor) => matches({ ...filter, cursor }, signal),
    [filter.state, filter.kind]);
  const counts = useLoad((signal) => matchCounts(signal), []);
  const [last, setLast] = useState<Last | null>(null);
  const all = pages.load.state === "ready" ? pages.load.data.items : [];
  // What was decided just now is gone before the server's new list is there.
  const staysLater = filter.state === "later" && last?.said === "later";
  const items = all.filter((pair) => pair.id !== last?.pair.id || staysLater);
  const current = items.find((pair) => pair.id === chosen) ?? items[0];
  const refresh = () => {
    setChosen(null);
    pages.reload();
    counts.reload();
  };
  const { decide, undo, busy, error } =
    useDecisions({ current, last, setLast, after: refresh });
  useKeys((key) => void (key === "undo" ? undo.run() : decide.run(key)));
  const { load } = counts;
  return (
    <>
      <PageHead title={t.title} lead={t.lead}>
        {load.state === "ready"
          ? <span>{t.waiting(number(load.data.open), number(load.data.later))}</span> : null}
      </PageHead>
      <div class="stack">
        {last ? <LastSaid last={last} busy={busy} undo={() => void undo.run()} /> : null}
        {error ? <Failed error={error} /> : null}
        {current
          ? <Review id={current.id} busy={busy} say={(said) => void decide.run(said)} /> : null}
        <Panel title={t.queue} note={t.keysHint} flush>
          <Filters filter={filter} change={setFilter} />
          <Loaded load={pages.load}>
            {() => items.length > 0
              ? (
                <>
                  <Queue items={items} current={current?.id ?? ""} choose={setChosen} />
                  <More pages={pages} />
                </>
              )
              : <Empty title={t.emptyTitle}>
                {filter.state === "later" ? t.laterEmpty : t.empty}
              </Empty>}
          </Loaded>
        </Panel>
        <Runs ended={refresh} />
      </div>
    </>
  );
}
