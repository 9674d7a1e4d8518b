import { useMemo, useState } from "preact/hooks";
import { countyOutlines } from "../api/county_outlines";
import { marketCounties } from "../api/plan";
import type { PlanDocument } from "../api/plan";
import type { MarketCounty } from "../api/types";
import { percent } from "../base/format";
import { useLoad } from "../base/load";
import { CountyMap, MapLegend } from "../charts/county_map";
import type { Area, County } from "../charts/county_map";
import { boundsOf, levelOf } from "../charts/map_levels";
import { Button, Panel } from "../ui/elements";
import { SelectField } from "../ui/form";
import { Loaded } from "../ui/loaded";
import { Table } from "../ui/table";
import { gainShort, money } from "./money";
import { contestUnits, marketUnits, statesOf, unitOutlines } from "./money_map";
import type { ContestMeasure, MapUnit, MarketMeasure, Unit } from "./money_map";
import { t } from "./texts";

const rowsShown = 12;

type Measure = MarketMeasure | ContestMeasure;
const measuresOf: Record<MapUnit, Measure[]> = {
  markets: ["marginal", "planned", "booked"], contests: ["point", "chance"],
};

function shown(value: number | null, measure: Measure, plan: PlanDocument): string {
  if (value === null) return "–";
  if (measure === "chance") return percent(value);
  if (measure === "planned" || measure === "booked") return money(value, plan.currency, true);
  return gainShort(plan.objective, value);
}

function stepsOf(units: Unit[], bounds: number[], said: (value: number) => string) {
  const values = units.flatMap((unit) => (unit.value === null ? [] : [unit.value]));
  if (values.length === 0) return [];
  const ends = [Math.min(...values), ...bounds];
  return ends.map((low, place) => {
    const high = ends[place + 1];
    return {
      words: high === undefined ? t.andMore(said(low)) : t.upTo(said(low), said(high)),
      level: ends.length === 1 ? 4 : Math.round((place * 4) / (ends.length - 1)),
    };
  });
}

function UnitTable(of: { units: Unit[]; heading: string; said: (unit: Unit) => string;
                         measure: string; chosen: string | null;
                         onChoose: (name: string) => void }) {
  const [all, setAll] = useState(false);
  const rows = all ? of.units : of.units.slice(0, rowsShown);
  return (
    <div>
      <Table caption={t.mapTable} rows={rows} keyOf={(unit) => unit.name} columns={[
        { title: of.heading, cell: (unit) => unit.counties.length === 0 ? unit.title : (
          <button type="button" class="link" aria-pressed={unit.name === of.chosen}
            onClick={() => of.onChoose(unit.name)}>{unit.title}</button>) },
        { title: of.measure, numeric: true, cell: of.said },
      ]} />
      {of.units.length > rowsShown ? (
        <Button kind="quiet" onClick={() => setAll(!all)}>
          {all ? t.fewer : t.allOf(of.units.length)}
        </Button>
      ) : null}
    </div>
  );
}

function Drawn(of: { plan: PlanDocument; outlines: County[]; counties: MarketCounty[] }) {
  const hasMarkets = of.counties.length > 0;
  const [unit, setUnit] = useState<MapUnit>(hasMarkets ? "markets" : "contests");
  const [measure, setMeasure] = useState<Measure>(hasMarkets ? "planned" : "point");
  const [chosen, setChosen] = useState<string | null>(null);
  const units = useMemo(() => unit === "markets"
    ? marketUnits(of.plan, of.counties, measure as MarketMeasure)
    : contestUnits(of.plan, of.outlines, measure as ContestMeasure),
    [of.plan, of.counties, of.outlines, unit, measure]);
  const names = units.map((one) => one.name).sort().join(" ");
  const outlines = useMemo(() => unitOutlines(units, of.outlines), [names, of.outlines, unit]);
  const bounds = boundsOf(units.map((one) => one.value));
  const said = (value: number | null) => shown(value, measure, of.plan);
  const areas = new Map<string, Area>(units.filter((one) => one.counties.length > 0).map((one) =>
    [one.name, { id: one.name, hidden: false, words: `${one.title}: ${t.measures[measure]} ${
      said(one.value)}`, level: one.value === null ? null : levelOf(one.value, bounds) }]));
  const away = units.filter((one) => one.counties.length === 0);
  return (
    <div class="money-map">
      <div>
        <div class="form-grid">
          <SelectField label={t.mapOf} value={unit} options={[
            { value: "markets", title: t.markets }, { value: "contests", title: t.contests }]}
            onChange={(one) => {
              setUnit(one as MapUnit);
              setMeasure(measuresOf[one as MapUnit][0]!);
              setChosen(null);
            }} />
          <SelectField label={t.colourBy} value={measure}
            onChange={(one) => setMeasure(one as Measure)}
            options={measuresOf[unit].map((one) => ({ value: one, title: t.measures[one]! }))} />
        </div>
        {outlines.length === 0 ? <p class="muted">{t.noOutlines[unit]}</p> : (
          <>
            <CountyMap label={t.mapTitle} help={t.mapHelp} outlines={outlines} areas={areas}
              chosen={chosen} onChoose={setChosen} />
            <MapLegend label={t.legend} steps={stepsOf(units, bounds, said)}
              empty={t.noMarket} hidden={null} />
            {away.length > 0 ? <p class="hint">{t.notOnMap(away.length)}</p> : null}
          </>
        )}
      </div>
      <UnitTable units={units} heading={unit === "markets" ? t.market : t.contest}
        measure={t.measures[measure]!} said={(one) => said(one.value)} chosen={chosen}
        onChoose={setChosen} />
    </div>
  );
}

/// Where a dollar does most, where it goes, where it went: by market or contest.
export function MapPanel(of: { plan: PlanDocument }) {
  const states = useLoad(async (signal) => {
    const counties = await marketCounties(signal);
    const codes = statesOf(of.plan, counties);
    const outlines = await Promise.all(codes.map((code) => countyOutlines(code, signal)));
    return { counties, outlines: outlines.flat() };
  }, [of.plan.contests.length, of.plan.markets.length]);
  return (
    <Panel title={t.mapTitle}>
      <Loaded load={states.load} rows={8}>
        {(got) => <Drawn plan={of.plan} outlines={got.outlines} counties={got.counties} />}
      </Loaded>
    </Panel>
  );
}
