// The whole loop: voters -> segment -> list -> calls -> answers -> live numbers -> archive.
import assert from "node:assert/strict";
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import {
  Client, Server, hustings, inventVoters, joinAs, openPhonebank, resultFor, temporaryFolder, until,
} from "./harness.mjs";

async function campaign(t, { voters = 1500 } = {}) {
  const server = await Server.start(t);
  const admin = await server.administrator();
  const files = await inventVoters(t, { voters });
  const imported = await admin.import(files.roll, "nc");
  assert.equal(imported.state, "published", imported.error);
  await until(async () => (await admin.get("/v1/home")).voters === voters, "the voters to show");
  return { server, admin, files };
}
const count = async (client, rule) =>
  (await client.post("/v1/segments/count", { rule })).count;

test("calls become answers, answers become live numbers", async (t) => {
  const { server, admin } = await campaign(t);
  const { phonebank, link, script, list } = await openPhonebank(admin, {
    rule: { all: [{ field: "party", in: ["DEM", "UNA"] }, { field: "has_phone", is: true }] },
    holdout: 10,
  });
  assert.ok(list.size > 100 && list.holdout > 0);
  assert.equal((await new Client(server.url).get(`/v1/join/${link.code}`)).open, true);
  const caller = await joinAs(server.url, link.code, "Val");
  assert.equal((await caller.call("GET", "/v1/voters?query=smith")).status, 403);

  const question = script.questions.find((q) => q.key === "support");
  const answers = [{ question: question.id, choice: 1 }];
  let reached = 0;
  for (let i = 0; i < 20; ++i) {
    const { lease } = await caller.post("/v1/caller/claim");
    assert.match(lease.number, /^\+1\d{10}$/);
    const same = await caller.post("/v1/caller/claim");
    assert.equal(same.lease.id, lease.id, "a reload gives the same line again");
    const result = resultFor(lease, i % 2 === 0 ? "reached" : "no_answer", i % 2 === 0 ? answers : []);
    assert.deepEqual(await caller.post("/v1/caller/results", result),
      { stored: true, late: false, repeat: false });
    assert.equal((await caller.post("/v1/caller/results", result)).repeat, true);
    if (i % 2 === 0) reached += lease.voters.length;
  }
  await until(async () => (await count(admin, { field: "answer:support", in: [1] })) === reached,
    "the answers to reach the segments");
  // A lead's view is kept for a moment.
  const shown = await until(async () => {
    const view = await admin.get(`/v1/phonebanks/${phonebank.id}`);
    return view.calls === 20 && view;
  }, "the calls to show");
  assert.equal(shown.conversations, 10);
  const results = await admin.get("/v1/questions/support/results");
  assert.equal(results.n, reached);
  assert.equal(results.choices[0].share, 1);
  assert.ok(results.choices[0].low < 1, "an interval is shown");
});

test("do-not-call acts on the number, everywhere, at once", async (t) => {
  const { server, admin } = await campaign(t);
  const first = await openPhonebank(admin, { rule: { field: "has_phone", is: true } });
  const second = await openPhonebank(admin, { rule: { field: "has_phone", is: true } });
  const caller = await joinAs(server.url, first.link.code, "Val");
  const { lease } = await caller.post("/v1/caller/claim");
  await caller.post("/v1/caller/results", resultFor(lease, "do_not_call"));
  const barred = async ({ phonebank }) => {
    const { barred_reasons: reasons } = await admin.get(`/v1/phonebanks/${phonebank.id}`);
    return reasons.find(({ reason }) => reason === "do_not_call")?.count;
  };
  for (const bank of [first, second]) {
    assert.equal(await until(() => barred(bank), "the line to show as barred", 3), 1);
  }
  // By hand, while a caller holds the line: the caller's result is kept, nobody gets the line again.
  const held = (await caller.post("/v1/caller/claim")).lease;
  await admin.post("/v1/suppressions", { number: held.number, reason: "do_not_call", source: "letter" });
  const stored = await caller.post("/v1/caller/results", resultFor(held, "no_answer"));
  assert.equal(stored.stored, true);
  await until(async () => (await barred(first)) === 2, "the held line to be barred", 3);
  const { history } = await admin.get(`/v1/voters/${held.voters[0].id}`);
  const [called, suppressed] = history;
  assert.deepEqual([called.kind, called.actor_name], ["attempt_recorded", "Val"]);
  const { person } = await admin.get("/v1/session");
  assert.deepEqual([suppressed.kind, suppressed.actor_name, suppressed.number],
    ["suppression_added", person.name, held.number]);
});

test("two callers never hold one line; a paused bank hands out nothing", async (t) => {
  const { server, admin } = await campaign(t);
  const { phonebank, link } = await openPhonebank(admin, { rule: { field: "has_phone", is: true } });
  const callers = await Promise.all(
    Array.from({ length: 12 }, (_, i) => joinAs(server.url, link.code, `Caller ${i}`)));
  const leases = await Promise.all(callers.map((c) => c.post("/v1/caller/claim")));
  assert.equal(new Set(leases.map(({ lease }) => lease.number)).size, 12);

  await admin.post(`/v1/phonebanks/${phonebank.id}/state`, { state: "paused" });
  const late = await joinAs(server.url, link.code, "Late");
  const { lease, nothing } = await late.post("/v1/caller/claim");
  assert.equal(lease, null);
  assert.equal(nothing.reason, "paused");
  const stored = await callers[0].post("/v1/caller/results", resultFor(leases[0].lease, "busy"));
  assert.equal(stored.stored, true, "what was begun is kept");
});

test("wrong leases, epochs and answers are refused with a reason", async (t) => {
  const { server, admin } = await campaign(t);
  const { link, script } = await openPhonebank(admin, { rule: { field: "has_phone", is: true } });
  const caller = await joinAs(server.url, link.code, "Val");
  const other = await joinAs(server.url, link.code, "Other");
  const { lease } = await caller.post("/v1/caller/claim");
  const question = script.questions[0].id;
  const refusals = [
    [other, resultFor(lease, "reached"), /409|403/],
    [caller, resultFor(lease, "danced"), /422/],
    [caller, resultFor(lease, "reached", [{ question, choice: 9 }]), /422/],
    [caller, { ...resultFor(lease, "reached"), key: "no-uuid" }, /422/],
    [caller, { ...resultFor(lease, "reached"), lease: "lea_0000000000000" }, /409|422|404/],
  ];
  for (const [who, result, status] of refusals) {
    const answer = await who.call("POST", "/v1/caller/results", result);
    assert.match(String(answer.status), status, JSON.stringify(answer.body));
    assert.ok(answer.body.detail.length > 10);
  }
  assert.equal((await caller.post("/v1/caller/results", resultFor(lease, "reached"))).stored, true);
  const staff = await admin.call("POST", "/v1/join", { code: link.code, name: "Ada" });
  assert.equal(staff.status, 409, "the one cookie of a browser stays the lead's");
  assert.match(staff.body.detail, /signed in as staff/);
  assert.equal((await admin.get("/v1/session")).person.role, "administrator");
  const expired = await new Client(server.url).call("POST", "/v1/join", {
    code: "zzzz-zzzz-zzzz", name: "X",
  });
  assert.equal(expired.status, 404);
  await admin.must("DELETE", `/v1/join-links/${link.id}`);
  const revoked = await new Client(server.url).call("POST", "/v1/join", { code: link.code, name: "X" });
  assert.equal(revoked.status, 410);
});

test("an archive comes back equal, and a changed byte is found", async (t) => {
  const { server, admin, files } = await campaign(t);
  await admin.import(files.history, "nc-history");
  const { link } = await openPhonebank(admin, { rule: { field: "has_phone", is: true } });
  const caller = await joinAs(server.url, link.code, "Val");
  for (let i = 0; i < 5; ++i) {
    const { lease } = await caller.post("/v1/caller/claim");
    await caller.post("/v1/caller/results", resultFor(lease, "reached"));
  }
  const folder = temporaryFolder();
  const archive = join(folder, "archive");
  const written = await hustings("--data", server.dataDir, "archive", archive);
  assert.equal(written.code, 0, written.stderr);
  assert.match(written.stdout, /verified/i);
  assert.equal((await hustings("verify", archive)).code, 0);

  const restored = join(folder, "restored");
  const back = await hustings("--data", restored, "restore", archive);
  assert.equal(back.code, 0, back.stderr);
  const second = await Server.start(t, { dataDir: restored });
  const client = new Client(second.url);
  await client.post("/v1/session", { email: "ada@example.org", password: server.password });
  const [before, after] = await Promise.all([admin.get("/v1/home"), client.get("/v1/home")]);
  assert.equal(after.voters, before.voters);
  assert.equal(after.calls, 5);
  const onTop = await hustings("--data", server.dataDir, "restore", archive);
  assert.equal(onTop.code, 2, "never over an installation that holds something");

  const broken = join(folder, "broken");
  cpSync(archive, broken, { recursive: true });
  const victim = readdirSync(broken, { recursive: true }).find((name) => name.includes("voter") && name.endsWith(".zst"));
  const bytes = readFileSync(join(broken, victim));
  bytes[Math.floor(bytes.length / 2)] ^= 1;
  writeFileSync(join(broken, victim), bytes);
  const found = await hustings("verify", broken);
  assert.equal(found.code, 2);
  assert.ok(found.stderr.includes(victim) || found.stderr.includes("voter"), found.stderr);
  const onto = await hustings("--data", join(folder, "none"), "restore", broken);
  assert.equal(onto.code, 2);
  assert.equal((await hustings("--data", server.dataDir, "archive", archive)).code, 2,
    "never over another archive");
});

test("a body that is not JSON, a field too many, a path that is not there", async (t) => {
  const { admin } = await campaign(t, { voters: 1000 });
  const cases = [
    ["POST", "/v1/segments/count", "{", 400],
    ["POST", "/v1/segments/count", { rule: {}, rool: 1 }, 422],
    ["POST", "/v1/segments/count", { rule: { field: "partee", in: ["DEM"] } }, 422],
    ["GET", "/v1/nothing", undefined, 404],
    ["PUT", "/v1/home", {}, 405],
    ["GET", "/v1/voters/vtr_0000000000000", undefined, 404],
    ["GET", "/v1/voters/nonsense", undefined, 404],
  ];
  for (const [method, path, body, status] of cases) {
    const answer = await admin.call(method, path, body, typeof body === "string" ? { "content-type": "application/json" } : {});
    assert.equal(answer.status, status, `${method} ${path} ${JSON.stringify(answer.body)}`);
    assert.equal(answer.headers.get("content-type"), "application/problem+json");
  }
  const near = await admin.call("POST", "/v1/segments/count", { rule: { field: "partee", in: ["DEM"] } });
  assert.match(near.body.detail, /party/, "did you mean");
});
