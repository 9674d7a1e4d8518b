// `hustings allocate` and `hustings backtest` on files, without any database.
import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { hustings, temporaryFolder } from "./harness.mjs";

const problems = "src/allocation/testing";

test("the reference problems reach their optima, with certificate", async () => {
  for (const [name, optimum] of [["A", 0.133618966079612], ["C", 0.84428822780739]]) {
    const planned = await hustings("allocate", "--problem", `${problems}/alloc_${name}.json`, "--json");
    assert.equal(planned.code, 0, planned.stderr);
    const plan = JSON.parse(planned.stdout);
    assert.ok(Math.abs(plan.objective / optimum - 1) < 1e-9, `${name}: ${plan.objective}`);
    assert.ok(plan.certificate.gap < 1e-11);
    const cents = plan.x.reduce((sum, x) => sum + Math.round(x * 100), 0);
    assert.equal(cents + Math.round(plan.unspent * 100), Math.round(plan.budget * 100));
  }
});

test("a problem is refused in one line", async () => {
  const file = join(temporaryFolder(), "problem.json");
  const good = { budget: 100, market: ["a", "b"], channel: ["tv"], v: [1, 2], s: [10, 20] };
  const cases = [
    [{ ...good, lo: [80, 80] }, /clashes with the floors/],
    [{ ...good, v: [1, -2] }, /does not rise/],
    [{ ...good, budgett: 3 }, /did you mean "budget"/],
    [{ ...good, currency: ["USD", "CAD"] }, /mixed/],
  ];
  for (const [problem, words] of cases) {
    writeFileSync(file, JSON.stringify(problem));
    const refused = await hustings("allocate", "--problem", file);
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, words);
    assert.equal(refused.stderr.trim().split("\n").length, 1, refused.stderr);
  }
  const none = await hustings("allocate", "--problem", join(temporaryFolder(), "none.json"));
  assert.equal(none.code, 2);
});

test("2012 is replayed with its chart and scores", async () => {
  const chart = join(temporaryFolder(), "chart.svg");
  const replayed = await hustings("backtest", "2012", "--days", "2", "--svg", chart);
  assert.equal(replayed.code, 0, replayed.stderr);
  assert.match(replayed.stdout, /2012-11-06 .* 0\.7742/);
  assert.match(replayed.stdout, /Brier score 0\.0192684, by weight 0\.0301976; 50 of 51/);
  assert.match(replayed.stdout, /events: 0\.836/);
  assert.match(readFileSync(chart, "utf8"), /<\/svg>\s*$/);
  const unknown = await hustings("backtest", "1789");
  assert.equal(unknown.code, 2);
  assert.equal(unknown.stderr.trim().split("\n").length, 1);
  assert.equal(existsSync(join(process.cwd(), "hustings-data")), false, "no database was made");
});

test("seasons are played with an interval for the plan's gain", async () => {
  const played = await hustings("backtest", "season", "--repetitions", "30", "--weeks", "2", "--json");
  assert.equal(played.code, 0, played.stderr);
  const season = JSON.parse(played.stdout);
  assert.equal(season.ways.length, 5);
  for (const gain of season.gains) assert.ok(gain.low <= gain.gain && gain.gain <= gain.high);
  const few = await hustings("backtest", "season", "--repetitions", "3");
  assert.equal(few.code, 2);
});
