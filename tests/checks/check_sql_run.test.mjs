import assert from "node:assert/strict";
import test from "node:test";
import { runOver } from "./fixture.mjs";

const sources = {
  "src/feed/sql/append.sql": "-- a\n",
  "src/phonebank/sql/claim_line.sql": "-- b\n",
};
const check = (files) => runOver("check_sql_run.mjs", { ...sources, ...files }, ["FOLDER/build"]);

test("accepts when every statement was run", () => {
  const { status, out } = check({
    "build/sql_run/feed__append": "",
    "build/sql_run/phonebank__claim_line": "",
    "build/sql_run/pg__x": "",
  });
  assert.equal(status, 0, out);
});

test("refuses a statement that no test has run", () => {
  const { status, out } = check({ "build/sql_run/feed__append": "" });
  assert.equal(status, 1);
  assert.match(out, /^src\/phonebank\/sql\/claim_line\.sql:1: no test has run/);
});

test("is skipped where no test has run", () => assert.equal(check({}).status, 77));
