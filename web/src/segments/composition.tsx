import type { ScoreDistribution, SegmentPortrait } from "../api/types";
import { Histogram } from "../charts/histogram";
import { decimal, none, number } from "../base/format";
import { Panel } from "../ui/elements";
import { BreakdownBars } from "./live_count";
import { breakdownOf } from "./portrait";
import type { Portrayed } from "./portrait";
import { t } from "./texts";

const parts = ["party", "age_band", "gender"];
const scoreTitle = (score: string) => t.scoreTitles[score] ?? score;

function Score(of: { one: ScoreDistribution; whole: number | null }) {
  const { one } = of;
  const marks = one.quantiles.flatMap((at, place) =>
    (at === null ? [] : [{ title: t.quantiles[place] ?? "", at }]));
  return (
    <section class="score">
      <h3>{scoreTitle(one.score)}</h3>
      <p class="hint">
        {one.known === 0 ? t.noScore : t.scoreWords(
          number(one.known), one.mean === null ? none : decimal(one.mean, 1))}
      </p>
      {one.known === 0 ? null : (
        <Histogram label={scoreTitle(one.score)} bins={one.bins} marks={marks} hidden={t.hidden} />
      )}
      {marks.length > 0 ? (
        <dl class="quantiles">
          {marks.map((mark) => (
            <div key={mark.title}><dt>{mark.title}</dt><dd>{mark.at}</dd></div>
          ))}
        </dl>
      ) : null}
    </section>
  );
}

function Parts(of: { result: SegmentPortrait }) {
  return (
    <div class="composition">
      {parts.map((by) => {
        const breakdown = breakdownOf(of.result, by);
        return breakdown ? (
          <section key={by}>
            <h3>{t.partTitles[by]}</h3>
            <BreakdownBars title={t.partTitles[by] ?? by} breakdown={breakdown} most={8}
              whole={of.result.count} />
          </section>
        ) : null;
      })}
    </div>
  );
}

/// Who they are: party, age and sex, and how the scores are spread.
export function Composition(of: { portrayed: Portrayed }) {
  const { result, pending } = of.portrayed;
  if (!result) return null;
  return (
    <div class={pending ? "pending" : ""} aria-busy={pending}>
      <Panel title={t.compositionTitle}>
        <Parts result={result} />
        <div class="scores">
          {result.distributions.map((one) => (
            <Score key={one.score} one={one} whole={result.count} />
          ))}
        </div>
      </Panel>
    </div>
  );
}
