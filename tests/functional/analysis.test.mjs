// `hustings survey estimate` and `hustings experiment analyse` on files, without any database.
import assert from "node:assert/strict";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { hustings, temporaryFolder } from "./harness.mjs";

const schools = join(process.cwd(), "src/statistics/testing/api_clus1.csv");
const margins = `variable,category,total
stype,E,4421
stype,H,755
stype,M,1018
sch.wide,No,1072
sch.wide,Yes,5122
`;
const design = ["--weight", "pw", "--cluster", "dnum", "--fpc", "fpc"];

test("a raked survey gives what R's survey gives", async () => {
  const file = join(temporaryFolder(), "margins.csv");
  writeFileSync(file, margins);
  const run = await hustings("survey", "estimate", schools, ...design, "--margins", file,
    "--mean", "api00", "--total", "enroll", "--json");
  assert.equal(run.code, 0, run.stderr);
  const [mean, total] = JSON.parse(run.stdout).estimates;
  const near = (actual, wanted) => assert.ok(Math.abs(actual / wanted - 1) < 1e-8, `${actual}`);
  near(mean.estimate, 641.23032092682);
  near(mean.se, 23.7036168879225);
  near(total.estimate, 3647280.14806521);
  near(total.se, 400603.25686197);
  assert.equal(existsSync(join(process.cwd(), "hustings-data")), false, "no database was made");
});

test("an experiment is read, and its table can be read by people", async () => {
  const file = join(temporaryFolder(), "trial.csv");
  const rows = Array.from({ length: 400 }, (_, i) => {
    const treated = i % 2;
    return `${treated ? "call" : "control"},${treated && i % 3 ? 1 : 0},${(i * 7) % 10 < 4 + 2 * treated ? 1 : 0}`;
  });
  writeFileSync(file, `arm,reached,voted\n${rows.join("\n")}\n`);
  const run = await hustings("experiment", "analyse", file, "--outcome", "voted", "--arm", "arm",
    "--contact", "reached", "--cost", "call=300");
  assert.equal(run.code, 0, run.stderr);
  assert.match(run.stdout, /control group: control/);
  assert.match(run.stdout, /contact \(CACE\)/);
});

test("what cannot be estimated is said in one line", async () => {
  const folder = temporaryFolder();
  const wrong = join(folder, "margins.csv");
  writeFileSync(wrong, margins.replace("5122", "6000"));
  const trial = join(folder, "trial.csv");
  writeFileSync(trial, "arm,voted\n0,1\n0,1\n1,1\n1,1\n");
  const cases = [
    [["survey", "estimate", schools, ...design, "--margins", wrong, "--mean", "api00"], /do not add up/],
    [["survey", "estimate", schools, ...design, "--mean", "api0"], /did you mean "api00"/],
    [["survey", "estimate", join(folder, "none.csv"), "--mean", "y"], /no such file/],
    [["survey", "estimate", schools], /Say what to estimate/],
    [["experiment", "analyse", trial, "--outcome", "voted", "--arm", "arm"], /All outcomes are equal/],
    [["experiment", "analyse", trial, "--arm", "arm"], /--outcome/],
  ];
  for (const [args, words] of cases) {
    const refused = await hustings(...args);
    assert.equal(refused.code, 2, args.join(" "));
    assert.match(refused.stderr, words);
    assert.equal(refused.stderr.trim().split("\n").length, 1, refused.stderr);
  }
});
