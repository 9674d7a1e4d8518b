import assert from "node:assert/strict";
import { test } from "node:test";
import { mappingOf, scoreName } from "./look_model";

const column = (name: string, target: string, proposal = false) => ({
  name, target, proposal, type: "text", format: "", samples: [], null_tokens: [], empty: 0,
  choice: "",
});
const none = { source: "", state: "" };

test("nothing is said of columns that nobody changed", () => {
  assert.deepEqual(mappingOf([column("surname", "last_name")], {}, none), []);
});

test("a column that gives its target up comes before the one that takes it", () => {
  const columns = [column("name", "last_name"), column("nachname", "")];
  const choices = {
    name: { target: "first_name", choice: "after_comma" },
    nachname: { target: "last_name", choice: "" },
  };
  assert.deepEqual(mappingOf(columns, choices, none), [
    { target: "last_name", column: "" },
    { target: "first_name:after_comma", column: "name" },
    { target: "last_name", column: "nachname" },
  ]);
});

test("what was only proposed is not cleared", () => {
  const columns = [column("mail", "email", true)];
  assert.deepEqual(mappingOf(columns, { mail: { target: "", choice: "" } }, none), []);
});

test("source and state are texts of all rows", () => {
  assert.deepEqual(mappingOf([], {}, { source: " club ", state: "nc" }), [
    { target: "source", column: "=club" }, { target: "state", column: "=nc" },
  ]);
  assert.deepEqual(mappingOf([], {}, { source: "", state: "n" }), []);
});

test("a score is named by its column", () => {
  assert.equal(scoreName("Climate Score (2026)"), "climate_score_2026");
});

test("a whole name is read twice", () => {
  const choices = { name: { target: "last_comma_first", choice: "" } };
  assert.deepEqual(mappingOf([column("name", "")], choices, none), [
    { target: "last_name:before_comma", column: "name" },
    { target: "first_name:after_comma", column: "name" },
  ]);
});
