// A do-not-call that comes while a caller has the number: whoever has it is told, nobody gets it
// any more, in every phone bank, within a second. Measured for each way in which it can come.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import {
  LiveSocket, Server, hustings, inventVoters, joinAs, openPhonebank, resultFor, temporaryFolder,
  until,
} from "./harness.mjs";

const withinMs = 1000;

/// How many lines of a number could still be shown, in whatever phone bank.
function callable(server, number) {
  const host = join(server.dataDir, "run");
  const sql = `select count(*) from hustings.queue_line where number = ${number.slice(1)}
    and (state in ('ready', 'waiting') or state = 'held' and reason is null)`;
  return Number(execFileSync("psql", ["-h", host, "-U", "hustings", "-d", "hustings", "-Atc", sql]));
}

/// The ways of a do-not-call; each ends when it is acknowledged.
const ways = {
  "the API": ({ admin, lease }) =>
    admin.post("/v1/suppressions", { number: lease.number, reason: "do_not_call", source: "letter" }),
  "a list in the browser": ({ admin, lease }) =>
    admin.must("PUT", "/v1/suppressions/file?reason=do_not_call&source=state", `${lease.number}\n`),
  "a list in the shell": async ({ server, lease }) => {
    const file = join(temporaryFolder(), "list.txt");
    writeFileSync(file, `${lease.number}\n`);
    const done = await hustings("suppress", "import", file, "--source", "state", "--data", server.dataDir);
    assert.equal(done.code, 0, done.stderr);
  },
  // Somebody who had the number first, and whose result waited for the network.
  "another caller's late result": ({ other, earlier }) =>
    other.post("/v1/caller/results", resultFor(earlier, "do_not_call")),
  "the caller's own word on the same line": ({ caller, lease }) =>
    caller.post("/v1/caller/results", resultFor(lease, "do_not_call")),
};

test("do-not-call takes hold everywhere within a second, however it comes", async (t) => {
  const server = await Server.start(t);
  const admin = await server.administrator();
  const files = await inventVoters(t, { voters: 1500, extra: ["--no-history"] });
  assert.equal((await admin.import(files.roll, "nc")).state, "published");
  await until(async () => (await admin.get("/v1/home")).voters === 1500, "the voters to show");
  const rule = { field: "has_phone", is: true };
  const first = await openPhonebank(admin, { rule });
  const second = await openPhonebank(admin, { rule });

  for (const [way, record] of Object.entries(ways)) {
    const caller = await joinAs(server.url, first.link.code, "Cal");
    const other = await joinAs(server.url, first.link.code, "Other");
    const earlier = (await other.post("/v1/caller/claim")).lease;
    await other.post("/v1/caller/release",
      { lease: earlier.id, epoch: earlier.epoch, reason: "technical" });
    const { lease } = await caller.post("/v1/caller/claim");
    assert.equal(lease.number, earlier.number, "what is handed back is the next number again");
    assert.equal(callable(server, lease.number), 2, "it stands in both phone banks");
    const live = await LiveSocket.open(caller, "bars");
    await live.until(({ data }) => data.leases.length === 0 || !data.leases.includes(lease.id));

    await record({ server, admin, caller, other, lease, earlier });
    const acknowledged = Date.now();
    assert.equal(callable(server, lease.number), 0, `${way}: nobody can be shown it any more`);
    const refused = Date.now() - acknowledged;
    if (record !== ways["the caller's own word on the same line"]) {
      await live.until(({ data }) => data.leases.includes(lease.id));
      const told = Date.now() - acknowledged;
      t.diagnostic(`${way}: refused after ${refused} ms, its caller told after ${told} ms`);
      assert.ok(told < withinMs, `${way}: told after ${told} ms`);
      assert.equal((await caller.get("/v1/caller")).lease, null, "a reload does not show it");
      const stored = await caller.post("/v1/caller/results", resultFor(lease, "refused"));
      assert.equal(stored.stored, true, "what was said by then is kept");
    }
    assert.ok(refused < withinMs, `${way}: refused after ${refused} ms`);
    live.close();
    for (const { link } of [first, second]) {
      const next = (await (await joinAs(server.url, link.code, "Next")).post("/v1/caller/claim")).lease;
      assert.notEqual(next.number, lease.number, way);
    }
  }
});
