import assert from "node:assert/strict";
import { test } from "node:test";
import type { PlanDocument } from "../api/plan";
import type { County } from "../charts/county_map";
import { csvOf } from "./csv";
import { contestUnits, marketUnits, statesOf, unitOutlines } from "./money_map";

const square = (x: number): [number, number][] =>
  [[x, 0], [x, 1], [x + 1, 1], [x + 1, 0], [x, 0]];
const county = (id: string, x: number): County => ({
  type: "Feature", id, properties: { name: id },
  geometry: { type: "Polygon", coordinates: [square(x)] } });

const plan = {
  markets: [
    { name: "m1", title: "Raleigh", marginal: 2e-9, planned_cents: 100, booked_cents: 0 },
    { name: "m2", title: "Norfolk", marginal: 3e-9, planned_cents: 50, booked_cents: 7 }],
  contests: [{ name: "NC", point: 0.02, chance_after: 0.6 },
             { name: "Elsewhere", point: 0.03, chance_after: 0.5 }],
} as unknown as PlanDocument;
const counties = [{ fips: "37183", market: "m1" }, { fips: "37063", market: "m1" },
                  { fips: "51710", market: "m2" }];
const outlines = [county("37183", 0), county("37063", 1), county("51710", 2)];

test("markets come with their counties, the largest value first", () => {
  const units = marketUnits(plan, counties, "marginal");
  assert.deepEqual(units.map((one) => [one.name, one.value]), [["m2", 3e-5], ["m1", 2e-5]]);
  assert.deepEqual(units[1]!.counties, ["37183", "37063"]);
  assert.deepEqual(marketUnits(plan, counties, "planned").map((one) => one.value), [100, 50]);
  assert.deepEqual(marketUnits(plan, [], "booked").map((one) => one.counties), [[], []]);
});

test("a contest is on the map where it is called by a state's letters", () => {
  const units = contestUnits(plan, outlines, "point");
  assert.deepEqual(units.map((one) => [one.name, one.counties]),
    [["Elsewhere", []], ["NC", ["37183", "37063"]]]);
  assert.deepEqual(statesOf(plan, counties), ["37", "51"]);
});

test("counties of a market are one outline, chosen as one", () => {
  const drawn = unitOutlines(marketUnits(plan, counties, "marginal"), outlines);
  assert.deepEqual(drawn.map((one) => one.id), ["m2", "m1"]);
  const geometry = drawn[1]!.geometry;
  assert.equal(geometry.type, "MultiPolygon");
  assert.equal(geometry.type === "MultiPolygon" && geometry.coordinates.length, 2);
});

test("cells with commas and quotes survive CSV", () => {
  assert.equal(csvOf([["limit", "cap"], ['the "big" one, tv', "1,000.00"]]),
    'limit,cap\n"the ""big"" one, tv","1,000.00"\n');
});
