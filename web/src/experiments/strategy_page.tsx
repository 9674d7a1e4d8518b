import { useState } from "preact/hooks";
import { questionEstimates, strategy } from "../api/client";
import { session } from "../api/session";
import type { QuestionEstimates, Strategy } from "../api/types";
import { number, percent, words } from "../base/format";
import { useLoad, useRepeat } from "../base/load";
import { ApiError } from "../base/problem";
import { may } from "../base/roles";
import { useStore } from "../base/store";
import { Span } from "../charts/span";
import { Trend } from "../charts/trend";
import { Badge, Button, Empty, LinkButton, PageHead, Panel } from "../ui/elements";
import { Freshness } from "../ui/freshness";
import { Loaded } from "../ui/loaded";
import { Table } from "../ui/table";
import { CostDialog } from "./cost_dialog";
import { stateOf } from "./experiments_page";
import { chance, dollars, interval, isShare, short, verdictOf } from "./model";
import { strategyWords } from "./strategy_words";
import type { StrategyRow } from "./strategy_words";
import { t } from "./texts";

const everyMs = 3_000;
const supportKey = "support";

interface Shown {
  strategy: Strategy;
  support: QuestionEstimates | null;  // null: no script asks for support
  at: number;
}

async function load(signal: AbortSignal): Promise<Shown> {
  const [of, support] = await Promise.all([
    strategy(signal),
    questionEstimates(supportKey,
      { margins: "age,gender,party", yes: "1", segment: null, phonebank: null, list: null }, signal)
      .catch((problem: unknown) => {
        if (problem instanceof ApiError && problem.status === 404) return null;
        throw problem;
      })]);
  return { strategy: of, support, at: Date.now() };
}

function Support(of: { support: QuestionEstimates | null }) {
  const made = of.support;
  const choice = made?.choices[0];
  if (!made || !choice || made.n === 0) {
    return <Panel title={t.supportTitle}><p class="muted">{t.supportNone}</p></Panel>;
  }
  const share = choice.weighted ?? choice.raw;
  return (
    <Panel title={t.supportTitle} note={t.supportNote(choice.text)}>
      <p>
        {t.supportNow(choice.text, percent(share.value), percent(share.lower),
          percent(share.upper), number(made.n),
          made.effective_n === null ? null : number(made.effective_n))}
      </p>
      {made.sentences.map((sentence) => <p key={sentence} class="muted">{sentence}</p>)}
      {made.trend.length > 0 ? (
        <Trend label={t.supportTitle} titles={t.trendTitles} days={made.trend.map((one) => ({
          day: one.day, n: one.n, value: one.value, rolling: one.rolling?.value ?? null,
          smooth: one.smooth.value, low: one.smooth.lower ?? one.smooth.value,
          high: one.smooth.upper ?? one.smooth.value }))} />
      ) : null}
      <p><a href={`/answers/${supportKey}`}>{t.supportMore}</a></p>
    </Panel>
  );
}

function Costs(of: { row: StrategyRow }) {
  const { row } = of;
  const cost = row.cost;
  if (!cost || cost.lower_cents === null) return <>–</>;
  const high = cost.upper_cents === null ? t.openEnd : dollars(cost.upper_cents);
  return (
    <div class="stacked">
      {cost.cents === null ? "–" : dollars(cost.cents)}
      <small class="muted">{dollars(cost.lower_cents)} – {high}</small>
    </div>
  );
}

function Effects(of: { rows: StrategyRow[] }) {
  const ends = of.rows.flatMap((row) => (isShare(row.outcome) && row.effect
    ? [Math.abs(row.effect.lower ?? 0), Math.abs(row.effect.upper ?? 0)] : []));
  const most = Math.max(0.05, ...ends) * 1.05;
  return (
    <Panel title={t.strategies} note={t.strategiesNote} flush>
      <Table caption={t.strategies} rows={of.rows} keyOf={(row) => `${row.experiment} ${row.arm}`}
        href={(row) => `/experiments/${row.experiment}`}
        columns={[
          { title: t.strategyColumns.name, cell: (row) => (
            <>{row.name} <small class="muted">{row.arm} · {words(row.outcome.key)}</small></>) },
          { title: t.strategyColumns.state, minor: true, cell: (row) => stateOf(row.state) },
          { title: t.strategyColumns.reached, numeric: true, minor: true,
            cell: (row) => `${number(row.contacted)} / ${number(row.assigned)}` },
          { title: t.strategyColumns.effect, cell: (row) => {
            const effect = row.effect;
            if (!effect) return "–";
            const share = isShare(row.outcome);
            return (
              <div class="stacked">
                <b>{short(effect.value, share)}</b>
                <small class="muted">{interval(effect, share)}</small>
                {share ? (
                  <Span label={`${row.name}: ${interval(effect, share)}`} value={effect.value}
                    low={effect.lower ?? effect.value} high={effect.upper ?? effect.value}
                    least={-most} most={most} dim={verdictOf(effect) === "open"} />
                ) : null}
              </div>
            );
          } },
          { title: t.strategyColumns.talk, numeric: true, minor: true, cell: (row) => (
            row.conversation_cents === null ? "–" : dollars(row.conversation_cents)) },
          { title: t.strategyColumns.cost, numeric: true, cell: (row) => <Costs row={row} /> },
          { title: t.strategyColumns.best, numeric: true, minor: true, cell: (row) => (
            row.chance_best === null || row.rival === null ? "–" : chance(row.chance_best)) },
        ]} />
    </Panel>
  );
}

function Sentences(of: { rows: StrategyRow[]; onChange: () => void }) {
  const [costs, setCosts] = useState<StrategyRow | null>(null);
  const who = useStore(session);
  const writes = who.state === "in" && may(who.session.person.role, "segments_write");
  const done = () => {
    setCosts(null);
    of.onChange();
  };
  return (
    <Panel title={t.plainly}>
      <ul class="outcomes">
        {of.rows.map((row) => {
          const said = strategyWords(row);
          const tone = { better: "good", worse: "bad", early: "warn", open: "neutral" } as const;
          return (
            <li key={`${row.experiment} ${row.arm}`}>
              <strong>{row.name}</strong>{" "}
              <Badge tone={tone[said.verdict]}>{t.verdicts[said.verdict]}</Badge>
              <div>{said.sentences.join(" ")}</div>
              {writes ? (
                <Button kind="quiet" onClick={() => setCosts(row)}>{t.costButton}</Button>
              ) : null}
            </li>
          );
        })}
      </ul>
      {costs ? (
        <CostDialog experiment={costs.experiment} arm={costs.arm} onDone={done}
          onClose={() => setCosts(null)} />
      ) : null}
    </Panel>
  );
}

export function StrategyPage() {
  const { load: made, reload } = useLoad(load, []);
  useRepeat(reload, everyMs, []);
  const fresh = made.state === "ready" ? (
    <Freshness ageMs={made.data.strategy.age_ms} receivedAt={made.data.at}
      {...(made.data.strategy.items.length > 0
        ? { position: made.data.strategy.position } : {})} />
  ) : null;
  return (
    <>
      <PageHead title={t.strategyTitle} lead={fresh ?? t.strategyLead} />
      <Loaded load={made} rows={8}>
        {({ strategy: shown, support }) => (
          <div class="stack">
            {shown.items.length === 0 ? (
              <Panel>
                <Empty title={t.emptyTitle}
                  action={<LinkButton href="/experiments/new" primary>{t.begin}</LinkButton>}>
                  {t.strategyEmpty}
                </Empty>
              </Panel>
            ) : <Effects rows={shown.items} />}
            <div class="columns">
              <Support support={support} />
              {shown.items.length > 0 ? <Sentences rows={shown.items} onChange={reload} /> : null}
            </div>
          </div>
        )}
      </Loaded>
    </>
  );
}

