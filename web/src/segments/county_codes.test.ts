import assert from "node:assert/strict";
import { test } from "node:test";
import type { County } from "../charts/county_map";
import { codesOf, plainName } from "./county_codes";

const county = (id: string, name: string): County => ({
  type: "Feature", id, properties: { name }, geometry: { type: "Polygon", coordinates: [] } });
const cell = (state: string, value: string) => ({ state, value, count: 1, support_mean: null });

test("names are compared without marks, blanks and the word county", () => {
  assert.equal(plainName("ST. JOHNS COUNTY"), plainName("St Johns"));
  assert.equal(plainName("Doña Ana"), "donaana");
  assert.equal(plainName("Saint Louis"), plainName("ST LOUIS"));
});

test("a county is found in its own state only", () => {
  const codeOf = codesOf([county("37183", "Wake"), county("39055", "Geauga")]);
  assert.equal(codeOf(cell("NC", "WAKE")), "37183");
  assert.equal(codeOf(cell("OH", "WAKE")), null);
  assert.equal(codeOf(cell("XX", "WAKE")), null);
});
