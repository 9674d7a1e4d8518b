import { useMemo, useState } from "preact/hooks";
import { portraySegment } from "../api/client";
import { countyOutlines } from "../api/county_outlines";
import { CountyMap, MapLegend } from "../charts/county_map";
import type { Area, County } from "../charts/county_map";
import type { SegmentBreakdown } from "../api/types";
import { decimal, none, number, percent } from "../base/format";
import { useLoad } from "../base/load";
import { Button, Panel } from "../ui/elements";
import { SelectField } from "../ui/form";
import { Loaded, Skeleton } from "../ui/loaded";
import { Table } from "../ui/table";
import { codesOf, stateCodes } from "./county_codes";
import { PortraitFoot } from "./live_count";
import { boundsOf, levelOf, rowsOf } from "./map_model";
import type { CountyRow, Measure } from "./map_model";
import { breakdownOf } from "./portrait";
import type { Portrayed } from "./portrait";
import { t } from "./texts";
import { valueTitle } from "./value_title";

const rowsShown = 15;

function shown(value: number | null, measure: Measure): string {
  if (value === null) return none;
  if (measure === "voters") return number(value);
  return measure === "share" ? percent(value) : decimal(value, 1);
}

const nameOf = (row: CountyRow) =>
  row.cell.value === "" ? t.unknown : `${valueTitle("county", row.cell.value)}, ${row.cell.state}`;

const isHidden = (row: CountyRow) => row.cell.count === null;

function wordsOf(row: CountyRow, measure: Measure): string {
  if (isHidden(row)) return `${nameOf(row)}: ${t.hidden}`;
  const voters = t.countyVoters(number(row.cell.count));
  return measure === "voters" ? `${nameOf(row)}: ${voters}`
    : `${nameOf(row)}: ${t.measures[measure]} ${shown(row.value, measure)}, ${voters}`;
}

function stepsOf(bounds: number[], rows: CountyRow[], measure: Measure): string[] {
  const values = rows.flatMap((row) => (row.value === null ? [] : [row.value]));
  const ends = [Math.min(...values), ...bounds];
  return ends.map((low, place) => {
    const high = ends[place + 1];
    return high === undefined ? t.andMore(shown(low, measure))
      : t.upTo(shown(low, measure), shown(high, measure));
  });
}

interface DrawnOf {
  outlines: County[];
  breakdown: SegmentBreakdown;
  everybody: SegmentBreakdown | null;
}

function CountyTable(of: { rows: CountyRow[]; measure: Measure; chosen: string | null;
                           onChoose: (id: string) => void }) {
  const [all, setAll] = useState(false);
  const rows = all ? of.rows : of.rows.slice(0, rowsShown);
  return (
    <div class="county-table">
      <Table caption={t.mapTitle} rows={rows} keyOf={(row) => `${row.cell.state} ${row.cell.value}`}
        columns={[
          { title: t.county, cell: (row) => (row.id ? (
            <button type="button" class="link" aria-pressed={row.id === of.chosen}
              onClick={() => row.id && of.onChoose(row.id)}>{nameOf(row)}</button>
          ) : nameOf(row)) },
          { title: t.voters, numeric: true,
            cell: (row) => (isHidden(row) ? t.hidden : number(row.cell.count)) },
          ...(of.measure === "voters" ? [] : [{
            title: t.measures[of.measure], numeric: true,
            cell: (row: CountyRow) => shown(row.value, of.measure) }]),
        ]} />
      {of.rows.length > rowsShown ? (
        <Button kind="quiet" onClick={() => setAll(!all)}>
          {all ? t.fewerCounties : t.allCounties(number(of.rows.length))}
        </Button>
      ) : null}
    </div>
  );
}

function Drawn(of: DrawnOf) {
  const [measure, setMeasure] = useState<Measure>("voters");
  const [chosen, setChosen] = useState<string | null>(null);
  const codeOf = useMemo(() => codesOf(of.outlines), [of.outlines]);
  const rows = rowsOf(of.breakdown, of.everybody, measure, codeOf);
  const bounds = boundsOf(rows);
  const areas = new Map<string, Area>();
  for (const row of rows) {
    if (!row.id) continue;
    areas.set(row.id, { id: row.id, words: wordsOf(row, measure), hidden: isHidden(row),
                        level: row.value === null ? null : levelOf(row.value, bounds) });
  }
  const missing = rows.filter((row) => row.id === null);
  const measures: Measure[] = of.everybody ? ["voters", "share", "support"] : ["voters", "support"];
  const steps = rows.some((row) => row.value !== null) ? stepsOf(bounds, rows, measure) : [];
  const levelled = steps.map((words, place) => ({
    words, level: steps.length === 1 ? 4 : Math.round((place * 4) / (steps.length - 1)) }));
  return (
    <div class="map-columns">
      <div>
        <SelectField label={t.colourBy} value={measure}
          onChange={(one) => setMeasure(one as Measure)}
          options={measures.map((one) => ({ value: one, title: t.measures[one] }))} />
        <CountyMap label={t.mapTitle} help={t.mapHelp} outlines={of.outlines} areas={areas}
          chosen={chosen} onChoose={setChosen} />
        <MapLegend label={t.legend} steps={levelled} empty={t.nobodyThere}
          hidden={rows.some(isHidden) ? t.hidden : null} />
        {missing.length > 0 ? <p class="hint">{t.notOnMap(missing.map(nameOf))}</p> : null}
      </div>
      <CountyTable rows={rows} measure={measure} chosen={chosen} onChoose={setChosen} />
    </div>
  );
}

async function everybodyByCounty(signal: AbortSignal) {
  const portrait = await portraySegment({ rule: {}, breakdowns: ["county"], scores: [] }, signal);
  return breakdownOf(portrait, "county") ?? null;
}

/// Where they live: the counties' outlines of the states that come up, and the numbers beside.
export function MapPanel(of: { portrayed: Portrayed; compares: boolean }) {
  const breakdown = breakdownOf(of.portrayed.result, "county");
  const states = [...new Set((breakdown?.cells ?? []).map((cell) => cell.state))].sort();
  const codes = states.flatMap((state) => stateCodes[state] ?? []);
  const { load } = useLoad(async (signal) => {
    const [outlines, everybody] = await Promise.all([
      Promise.all(codes.map((code) => countyOutlines(code, signal))),
      of.compares ? everybodyByCounty(signal) : Promise.resolve(null)]);
    return { outlines: outlines.flat(), everybody };
  }, [codes.join(","), of.compares]);
  return (
    <Panel title={t.mapTitle}>
      {!breakdown ? <Skeleton rows={8} /> : (
        <div class={of.portrayed.pending ? "pending" : ""} aria-busy={of.portrayed.pending}>
          {codes.length === 0 ? <p class="muted">{t.nobodyOnMap}</p> : (
            <Loaded load={load} rows={8}>
              {(got) => <Drawn outlines={got.outlines} everybody={got.everybody}
                breakdown={breakdown} />}
            </Loaded>
          )}
          <PortraitFoot portrayed={of.portrayed} />
        </div>
      )}
    </Panel>
  );
}
