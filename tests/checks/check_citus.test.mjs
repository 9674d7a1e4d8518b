import assert from "node:assert/strict";
import test from "node:test";
import { runOver } from "./fixture.mjs";

const migration =
  "create table voter (\n  bucket smallint,\n  voter_id bigint,\n  primary key (bucket, voter_id)\n);\n" +
  "create table line (id bigint primary key);\n";
const check = (statement, extra = {}) => runOver("check_citus.mjs", {
  "db/migrations/0001_first.sql": migration,
  "src/registry/sql/one.sql": `-- a\n${statement}\n`,
  ...extra,
});
const refuses = (statement, words) => {
  const { status, out } = check(statement);
  assert.equal(status, 1, out);
  assert.match(out, words);
};

test("accepts what Citus runs", () => {
  for (const statement of [
    "select 1 from voter v where v.bucket = $1 for update",
    "select 1 from line for update skip locked",
    "insert into voter values ($1, $2) on conflict (bucket, voter_id) do update set x = $3",
    "update voter set name = $1 where voter_id = $2",
    "update line set at = clock_timestamp()",
    "select bucket from voter group by bucket -- for update",
  ]) {
    const { status, out } = check(statement);
    assert.equal(status, 0, `${statement}: ${out}`);
  }
});

test("refuses a lock over many buckets", () =>
  refuses("select 1 from voter where name = $1 for update", /one bucket at a time/));
test("refuses grouping sets", () =>
  refuses("select count(*) from voter group by rollup (a, b)", /grouping sets/));
test("refuses recursion", () =>
  refuses("with recursive r as (select 1) select 1 from r join voter on true", /recursion/));
test("refuses a volatile function in a change of many rows", () =>
  refuses("update voter set at = clock_timestamp() where x = $1", /volatile/));
test("refuses a change of the key", () =>
  refuses("update voter set bucket = $1 where voter_id = $2", /key of voter is changed/));
test("refuses a conflict target without the bucket", () =>
  refuses("insert into voter values ($1) on conflict (voter_id) do nothing", /lacks bucket/));
test("refuses now() where a conflict updates", () =>
  refuses("insert into voter values ($1) on conflict (bucket) do update set at = now()", /now\(\)/));

test("refuses a trigger", () => {
  const { status, out } = check("select 1", {
    "db/migrations/0002_second.sql": "create trigger t before insert on voter execute function f();",
  });
  assert.equal(status, 1);
  assert.match(out, /^db\/migrations\/0002_second.sql:1: no triggers/);
});
