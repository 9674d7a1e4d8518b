// Bars on contact by the file, and words on consent: over the API, from the shell, in running calls.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import {
  Server, hustings, inventVoters, joinAs, openPhonebank, temporaryFolder, until,
} from "./harness.mjs";

async function campaign(t) {
  const server = await Server.start(t);
  const admin = await server.administrator();
  const files = await inventVoters(t, { voters: 2000, extra: ["--no-history"] });
  assert.equal((await admin.import(files.roll, "nc")).state, "published");
  await until(async () => (await admin.get("/v1/home")).voters === 2000, "the voters to show");
  const opened = await openPhonebank(admin, { rule: { field: "has_phone", is: true } });
  return { server, admin, ...opened };
}

const linesOf = (text) => text.trim().split(/\r?\n/);

test("a list of numbers bars them in running phone banks, and comes out again", async (t) => {
  const { server, admin, phonebank, link } = await campaign(t);
  const caller = await joinAs(server.url, link.code, "Cal");
  const { lease } = await caller.post("/v1/caller/claim");
  const bars = () => caller.get("/v1/caller/bars");
  assert.deepEqual((await bars()).leases, []);

  const path = "/v1/suppressions/file?reason=do_not_call&source=state%20list";
  const list = `phone\r\n${lease.number_shown}\r\n2125550142\r\n`;
  const result = await admin.must("PUT", path, list);
  assert.deepEqual({ numbers: result.numbers, added: result.added, refused: result.refused },
    { numbers: 2, added: 2, refused: 0 });
  assert.ok(result.voters >= 1);
  assert.deepEqual((await bars()).leases, [lease.id], "who has the number on the page is told");
  assert.equal((await admin.must("PUT", path, list)).added, 0, "the same list again adds nothing");

  const out = await admin.call("GET", "/v1/suppressions/file");
  assert.match(out.headers.get("content-type"), /text\/csv/);
  assert.deepEqual(linesOf(out.body), ["+12125550142", lease.number].sort());
  await caller.post("/v1/caller/release", { lease: lease.id, epoch: lease.epoch, reason: "break" });
  // The lead's counts may be a second old.
  await until(async () => (await admin.get(`/v1/phonebanks/${phonebank.id}`))
    .barred_reasons.some((one) => one.reason === "do_not_call"), "the lead to see it");

  const wrong = await admin.call("PUT", path, "name\nAda\nBob\n");
  assert.equal(wrong.status, 422);
  assert.equal(wrong.body.where, "file");
  assert.equal((await admin.call("PUT", path.replace("do_not_call", "moved"), list)).status, 422);
  assert.equal((await caller.call("PUT", path, list)).status, 403, "callers bar nobody by the file");
});

test("from the shell, with a sentence for what is no list of numbers", async (t) => {
  const dataDir = join(temporaryFolder(), "data");
  const folder = temporaryFolder();
  const file = join(folder, "numbers.csv");
  writeFileSync(file, "919,5550123\n(919) 555-0124\nbad\n" + "9195550125\n".repeat(20));
  const shell = (...args) => hustings("suppress", ...args, "--data", dataDir);
  const first = await shell("import", file, "--source", "state list");
  assert.equal(first.code, 0, first.stderr);
  assert.match(first.stdout, /3 numbers: 3 barred now, 0 were before/);
  assert.match(first.stdout, /line 3: 'bad' is no telephone number/);
  const out = await shell("export");
  assert.deepEqual(linesOf(out.stdout), ["+19195550123", "+19195550124", "+19195550125"]);

  mkdirSync(join(folder, "a-folder"));
  for (const [name, words] of [["missing.csv", /no such file/], ["a-folder", /folder/]]) {
    const refused = await shell("import", join(folder, name), "--source", "x");
    assert.equal(refused.code, 2);
    assert.equal(linesOf(refused.stderr).length, 1);
    assert.match(refused.stderr, words);
  }
});

test("a withdrawn consent takes a voter out of the calls, a later word brings them back", async (t) => {
  const { server, admin, link } = await campaign(t);
  const caller = await joinAs(server.url, link.code, "Cal");
  const { lease } = await caller.post("/v1/caller/claim");
  await caller.post("/v1/caller/release", { lease: lease.id, epoch: lease.epoch, reason: "break" });
  const word = { purpose: "campaign", channel: "phone", source: "web form", evidence: "form 17" };
  for (const voter of lease.voters) {
    await admin.post(`/v1/voters/${voter.id}/consents`, { ...word, state: "withdrawn" });
  }
  const next = (await caller.post("/v1/caller/claim")).lease;
  assert.notEqual(next.number, lease.number, "the line is not handed out");

  const voter = lease.voters[0].id;
  const after = await admin.post(`/v1/voters/${voter}/consents`, { ...word, state: "given" });
  assert.deepEqual(after.items.map((one) => [one.state, one.counts]),
    [["given", true], ["withdrawn", false]]);
  await caller.post("/v1/caller/release", { lease: next.id, epoch: next.epoch, reason: "break" });
  assert.equal((await caller.post("/v1/caller/claim")).lease.number, lease.number);
  const history = (await admin.get(`/v1/voters/${voter}`)).history;
  assert.equal(history.filter((one) => one.kind === "consent_recorded").length, 2);
  const refused = await admin.call("POST", `/v1/voters/${voter}/consents`,
    { ...word, channel: "fax", state: "given" });
  assert.equal(refused.status, 422);
  assert.equal(refused.body.where, "channel");
});
