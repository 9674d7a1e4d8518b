// Simulated callers while things go wrong; the checker compares what they have seen with the
// database: nothing doubled, nothing lost, nothing shown that must not be, gaps kept.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { hustings, temporaryFolder } from "../functional/harness.mjs";

const buildDir = process.env.HUSTINGS_BUILD_DIR ?? "build/release";
const held = /0 doubled, 0 lost, 0 forbidden, 0 too soon, 0 wrong epochs, 0 left out/;

async function simulate(t, ...args) {
  return simulateCallers(t, 60, ...args);
}

async function simulateCallers(t, callers, ...args) {
  const done = await hustings("simulate", "--lines", "60000", "--callers", String(callers),
    ...args);
  for (const line of done.stdout.split("\n").filter((each) => /call|showings|connected/.test(each))) {
    t.diagnostic(line.trim());
  }
  assert.equal(done.code, 0, done.stdout + done.stderr);
  assert.match(done.stdout, held);
  return done.stdout;
}
const recovered = (text) =>
  [...text.matchAll(/^\s+(\w+)\s+no call for/gm)].map(([, what]) => what);

test("callers without trouble, from a seed", async (t) => {
  const text = await simulate(t, "--calls", "3000", "--seed", "5");
  assert.match(text, /3,0\d\d calls|3,000 calls/);
});

test("kill -9 of the program, of PostgreSQL and of all its processes, under load", async (t) => {
  const plan = ["kill_program", "kill_database", "kill_backends", "kill_program"];
  const text = await simulate(t, "--think-ms", "20", "--disturb", plan.join(","));
  assert.deepEqual(recovered(text), plan);
});

test("connections are cut while results commit: sent again, stored once", async (t) => {
  const plan = ["cut", "cut", "cut"];
  assert.deepEqual(recovered(await simulate(t, "--disturb", plan.join(","))), plan);
});

test("7,000 callers lose their connections in one moment and come back at once", async (t) => {
  const text = await simulateCallers(t, 7000, "--think-ms", "30000", "--disturb", "reconnect");
  assert.match(text, /reconnect +all connected again after [\d.]+ s/);
});

test("the program stands still until every lease has run out", async (t) => {
  const text = await simulate(t, "--think-ms", "50", "--lease-seconds", "30", "--disturb", "freeze");
  assert.deepEqual(recovered(text), ["freeze"]);
});

test("the machine's clock jumps an hour on and back", async (t) => {
  const library = join(buildDir, "tests", "chaos", "libclock_step.so");
  const text = await simulate(t, "--think-ms", "20", "--clock-library", library, "--disturb", "clock");
  assert.deepEqual(recovered(text), ["clock"]);
});

test("a full disk: what was acknowledged stays, and calls go on when there is room", async (t) => {
  const folder = temporaryFolder();
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=700m", "tmpfs", folder], { stdio: "pipe" });
  } catch {
    return t.skip("only root may mount a small file system");
  }
  try {
    chmodSync(folder, 0o711);
    const text = await simulate(t, "--think-ms", "20", "--data", join(folder, "simulation"),
      "--disturb", "full_disk");
    assert.deepEqual(recovered(text), ["full_disk"]);
  } finally {
    execFileSync("umount", ["-l", folder]);
  }
});

test("what cannot be simulated is said in one line", async () => {
  for (const [args, words] of [
    [["--disturb", "earthquake"], /no disturbance/],
    [["--disturb", "clock"], /--clock-library/],
    [["--data", "."], /empty folder/],
  ]) {
    const refused = await hustings("simulate", ...args);
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, words);
    assert.equal(refused.stderr.trim().split("\n").length, 1);
  }
});
