// Two processes on one database: a caller's page may be connected to either, whichever of them makes
// the call. Nobody is called twice, hanging up works from both, and who is killed has lost its calls.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import {
  Client, LiveSocket, Server, inventVoters, joinAs, openPhonebank, resultFor, temporaryFolder, until,
} from "./harness.mjs";

function configured(more = "") {
  const file = join(temporaryFolder(), "hustings.toml");
  writeFileSync(file, `${more}[telephony]
driver = "simulator"
simulated_calls = "allowed"
simulator_seed = 7
simulator_speed = 1
`);
  return file;
}

/// The embedded database's address, as a server beside it is given it.
function databaseOf(server) {
  const folder = join(server.dataDir, "run");
  const short = createHash("sha256").update(folder).digest("hex").slice(0, 16);
  const socket = existsSync(folder) ? folder : `/tmp/hustings-${short}`;
  return `host='${socket}' port=5432 user=hustings dbname=hustings`;
}

const dialled = (lease) => ({ lease: lease.id, epoch: lease.epoch });

/// The same session at another server, as a balancer does it.
function at(server, client) {
  const there = new Client(server.url);
  there.cookie = client.cookie;
  there.csrf = client.csrf;
  return there;
}

test("a call is followed and ended from both", async (t) => {
  const first = await Server.start(t, { args: ["--config", configured()] });
  const admin = await first.administrator();
  const files = await inventVoters(t, { voters: 1500, extra: ["--no-history"] });
  assert.equal((await admin.import(files.roll, "nc")).state, "published");
  await until(async () => (await admin.get("/v1/home")).voters === 1500, "the voters to show");
  const bank = await openPhonebank(admin, { rule: { field: "has_phone", is: true }, country: "" });
  const second = await Server.start(t, { args: ["--config",
    configured(`[database]\nurl = "${databaseOf(first)}"\nconnections_max = 10\n`)] });

  const caller = await joinAs(second.url, bank.link.code, "Cal");
  const { person } = await caller.get("/v1/caller");
  const elsewhere = at(first, caller);
  const live = await LiveSocket.open(elsewhere, `dial:${person}`);
  const state = ({ data }, lease, wanted) =>
    data.call?.lease === lease.id && wanted.includes(data.call.state);

  // Placed by the second, seen by the page at the first.
  let lease;
  for (let tries = 0; ; ++tries) {
    assert.ok(tries < 40, "no phone rang");
    lease = (await caller.post("/v1/caller/claim")).lease;
    await caller.post("/v1/caller/dial", dialled(lease));
    const heard = await live.until((one) => state(one, lease, ["ringing", "ended"]), 20);
    if (heard.data.call.state === "ringing") break;
    await caller.post("/v1/caller/results", resultFor(lease, heard.data.call.proposed ?? "no_answer"));
  }
  // A repeat at the first rings nobody, and hanging up there ends it.
  const again = await elsewhere.post("/v1/caller/dial", dialled(lease));
  assert.equal(again.call.lease, lease.id);
  assert.notEqual(again.call.state, "ended");
  await elsewhere.post("/v1/caller/hang-up", { lease: lease.id });
  await until(async () => (await caller.get(`/v1/caller/calls/${person}`)).call?.end === "cancelled",
    "the call to end", 3);
  const ended = await live.until((one) => state(one, lease, ["ended"]), 3);
  assert.equal(ended.data.call.end, "cancelled");
  await elsewhere.post("/v1/caller/results", resultFor(lease, "no_answer"));

  // Killed, the second has lost its call; the first says so, and calls nobody again.
  lease = (await caller.post("/v1/caller/claim")).lease;
  await caller.post("/v1/caller/dial", dialled(lease));
  await second.stop("SIGKILL");
  const after = await elsewhere.post("/v1/caller/dial", dialled(lease));
  assert.equal(after.call.lease, lease.id);
  const gone = await until(async () => {
    const { call } = await elsewhere.get(`/v1/caller/calls/${person}`);
    return call?.state === "ended" ? call : null;
  }, "the call to be given up", 20);
  assert.equal(gone.end, "failed");
  live.close();
});
