import type { Position } from "geojson";
import type { PlanDocument } from "../api/plan";
import { stateCodes } from "../base/state_codes";
import type { County } from "../charts/county_map";

export type MapUnit = "markets" | "contests";
export type MarketMeasure = "marginal" | "planned" | "booked";
export type ContestMeasure = "point" | "chance";

/// What is coloured as one: a market or a contest with its counties' codes.
export interface Unit {
  name: string;
  title: string;
  value: number | null;
  counties: string[];  // empty: it is on no map
}

const nothing: readonly string[] = [];
const nextDollars = 10_000;
/// At the optimum many places are worth the same: what differs by rounding alone is one level.
const rounded = (value: number) => Number(value.toPrecision(3));

/// Markets by their counties.
export function marketUnits(
  plan: PlanDocument, counties: { fips: string; market: string }[],
  measure: MarketMeasure): Unit[] {
  const of = new Map<string, string[]>();
  for (const { fips, market } of counties) {
    const list = of.get(market);
    if (list) list.push(fips);
    else of.set(market, [fips]);
  }
  return plan.markets.map((one) => ({
    name: one.name, title: one.title,
    value: measure === "marginal" ? rounded(one.marginal * nextDollars)
      : measure === "planned" ? one.planned_cents : one.booked_cents,
    counties: [...(of.get(one.name) ?? nothing)],
  })).sort((a, b) => (b.value ?? 0) - (a.value ?? 0));
}

/// Contests that are called by a state's letters, by all of its counties.
export function contestUnits(
  plan: PlanDocument, outlines: County[], measure: ContestMeasure): Unit[] {
  return plan.contests.map((one) => {
    const state = stateCodes[one.name];
    return {
      name: one.name, title: one.name,
      value: measure === "point" ? rounded(one.point) : one.chance_after,
      counties: state === undefined ? []
        : outlines.map((county) => String(county.id)).filter((id) => id.startsWith(state)),
    };
  }).sort((a, b) => (b.value ?? 0) - (a.value ?? 0));
}

/// The states whose outlines are needed, by their FIPS codes.
export function statesOf(plan: PlanDocument, counties: { fips: string }[]): string[] {
  const ofContests = plan.contests.flatMap((one) => stateCodes[one.name] ?? []);
  const known = new Set(Object.values(stateCodes));
  const all = new Set([...ofContests, ...counties.map((one) => one.fips.slice(0, 2))]);
  return [...all].filter((code) => known.has(code)).sort();
}

type Rings = Position[][];

/// The outlines of a unit's counties as one, so that it is chosen as one.
export function unitOutlines(units: Unit[], outlines: County[]): County[] {
  const byId = new Map(outlines.map((one) => [String(one.id), one]));
  return units.flatMap((unit) => {
    const polygons: Rings[] = [];
    for (const id of unit.counties) {
      const geometry = byId.get(id)?.geometry;
      if (geometry?.type === "Polygon") polygons.push(geometry.coordinates);
      if (geometry?.type === "MultiPolygon") polygons.push(...geometry.coordinates);
    }
    if (polygons.length === 0) return [];
    return [{ type: "Feature" as const, id: unit.name, properties: { name: unit.title },
              geometry: { type: "MultiPolygon" as const, coordinates: polygons } }];
  });
}
