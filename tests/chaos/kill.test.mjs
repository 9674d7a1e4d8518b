// kill -9 of the program and of its PostgreSQL, during imports and during calls: the restart is
// clean, no acknowledged result is lost, there is no half import, and no line is held twice.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, readlinkSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import {
  Client, Server, inventVoters, joinAs, openPhonebank, resultFor, sleep, until,
} from "../functional/harness.mjs";

const postmasterOf = (server) =>
  Number(readFileSync(join(server.dataDir, "postgres", "postmaster.pid"), "utf8").split("\n")[0]);

/// Every process that stands in the cluster's folder: the postmaster and its children.
function processesOf(server) {
  const cluster = join(server.dataDir, "postgres");
  return readdirSync("/proc").filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readlinkSync(`/proc/${pid}/cwd`) === cluster;
    } catch {
      return false;
    }
  }).map(Number);
}

/// One number, asked of the server's own database over its socket.
function countInDatabase(server, sql) {
  const host = join(server.dataDir, "run");
  const out = execFileSync("psql", ["-h", host, "-U", "hustings", "-d", "hustings", "-Atc", sql]);
  return Number(out.toString().trim());
}

async function signIn(server) {
  const client = new Client(server.url);
  await client.post("/v1/session", { email: "ada@example.org", password: server.password });
  return client;
}

const kills = {
  "the program": async (server) => {
    await server.stop("SIGKILL");
    await server.launch();
  },
  "the database's postmaster": async (server) => {
    process.kill(postmasterOf(server), "SIGKILL");
  },
  "every process of the database": async (server) => {
    for (const pid of processesOf(server)) {
      try {
        process.kill(pid, "SIGKILL");
      } catch { /* it ended by itself */ }
    }
  },
};

for (const [what, kill] of Object.entries(kills)) {
  test(`an import survives kill -9 of ${what}: all of it or nothing`, async (t) => {
    const server = await Server.start(t);
    const admin = await server.administrator();
    const files = await inventVoters(t, { voters: 60000, extra: ["--no-history"] });
    const { upload } = await admin.must("PUT", "/v1/uploads?name=ncvoter.txt", readFileSync(files.roll));
    const { id } = await admin.post("/v1/imports", { layout: "nc", upload });
    await until(async () => (await admin.get(`/v1/imports/${id}`)).rows_read > 0, "the import to run");
    await sleep(150);
    await kill(server);
    const client = await until(() => signIn(server).catch(() => null), "to sign in again", 60);
    const ended = await until(async () => {
      const now = (await client.call("GET", `/v1/imports/${id}`)).body;
      return now.state && now.state !== "running" && now;
    }, "the import to be settled", 60);
    // Counted by the database itself, not by what the pages hold in memory.
    const expected = ended.state === "published" ? 60000 : 0;
    assert.equal(countInDatabase(server, "select count(*) from hustings.voter"), expected, "all or nothing");
    if (expected === 0) {
      const tables = "select count(*) from pg_class where relname ~ '^voter_i[0-9]'";
      assert.equal(countInDatabase(server, tables), 0, "no table of the broken import is left");
    }
    await until(async () => (await client.get("/v1/home")).voters === expected, "the pages to agree");
    if (ended.state !== "published") {
      assert.equal(ended.state, "failed");
      const again = await client.import(files.roll, "nc");
      assert.equal(again.state, "published", again.error);
    }
    await until(async () => (await client.get("/v1/home")).voters === 60000, "all of them");
  });
}

/// Calls without a pause; notes what was acknowledged, and each line that was handed out.
async function callUntilStopped(server, code, name, notes) {
  let caller = await joinAs(server.url, code, name);
  let session = caller.cookie;
  while (!notes.stop) {
    try {
      caller.url = server.url;
      caller.cookie = session;
      const { lease } = await caller.post("/v1/caller/claim");
      if (!lease) {
        await sleep(50);
        continue;
      }
      // A line may be tried again after four hours: within this test it has one caller.
      if (!notes.handedOut.has(lease.number)) notes.handedOut.set(lease.number, new Set());
      notes.handedOut.get(lease.number).add(name);
      const result = resultFor(lease, "no_answer");
      // As the caller's page does: the same result with the same key until it is acknowledged,
      // by whatever program then stands at the address: a restart here takes another port.
      const answer = await until(async () => {
        caller.url = server.url;
        const reply = await caller.call("POST", "/v1/caller/results", result).catch(() => null);
        return reply && reply.status < 500 && reply;
      }, "the result to be taken", 60);
      if (answer.status === 200) notes.acknowledged.push(lease.number);
      else notes.refused.push(answer.body);
    } catch {
      await sleep(50);  // the server is away: come back
    }
  }
}

for (const [what, kill] of Object.entries(kills)) {
  test(`calls survive kill -9 of ${what}: none lost, none doubled`, async (t) => {
    const server = await Server.start(t);
    const admin = await server.administrator();
    const files = await inventVoters(t, { voters: 8000, extra: ["--no-history"] });
    assert.equal((await admin.import(files.roll, "nc")).state, "published");
    await until(async () => (await admin.get("/v1/home")).voters === 8000, "the voters to show");
    const { phonebank, link } = await openPhonebank(admin, { rule: { field: "has_phone", is: true } });

    const notes = { stop: false, acknowledged: [], refused: [], handedOut: new Map() };
    const callers = Array.from({ length: 8 }, (_, i) =>
      callUntilStopped(server, link.code, `Caller ${i}`, notes));
    for (let round = 0; round < 2; ++round) {
      const before = notes.acknowledged.length;
      await until(() => notes.acknowledged.length > before + 100, "a hundred calls", 60);
      await kill(server);
    }
    const before = notes.acknowledged.length;
    await until(() => notes.acknowledged.length > before + 100, "calls to go on", 60);
    notes.stop = true;
    await Promise.all(callers);

    for (const [line, names] of notes.handedOut) {
      assert.equal(names.size, 1, `${line} was handed to ${[...names]}`);
    }
    assert.equal(new Set(notes.acknowledged).size, notes.acknowledged.length,
      "no line was called twice within the time between attempts");
    assert.deepEqual(notes.refused, [], "a result is taken, if late, and never refused");
    const client = await signIn(server);
    await sleep(1500);  // the lead's counts may be a second old
    const shown = await client.get(`/v1/phonebanks/${phonebank.id}`);
    assert.equal(shown.calls, notes.acknowledged.length, "calls kept, and calls acknowledged");
  });
}
