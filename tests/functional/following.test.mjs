// A phone bank that follows its segment: leavers drop out within a second, joiners are added, and an arm
// of a list is called by itself.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Server, inventVoters, joinAs, openPhonebank, resultFor, script, until } from "./harness.mjs";

const rule = { field: "party", in: ["DEM"] };

async function campaign(t) {
  const server = await Server.start(t);
  const admin = await server.administrator();
  const { roll } = await inventVoters(t, { voters: 800 });
  assert.equal((await admin.import(roll, "nc")).state, "published");
  await until(async () => (await admin.get("/v1/home")).voters === 800, "the voters to show");
  return { server, admin };
}

const bankOf = (admin, id) => admin.get(`/v1/phonebanks/${id}`);
const lines = async (admin, id) => (await bankOf(admin, id)).counts;
const left = async (admin, id) =>
  (await bankOf(admin, id)).barred_reasons.find((one) => one.reason === "left_segment")?.count ?? 0;
const become = (admin, voter, party) => admin.post(`/v1/voters/${voter}/corrections`,
  { fields: [{ name: "party", value: party }] });

/// Seconds until the condition holds.
async function secondsUntil(condition, what) {
  const from = performance.now();
  await until(condition, what, 10);
  return (performance.now() - from) / 1000;
}

test("leavers drop out while callers phone, joiners are added and called", async (t) => {
  const { server, admin } = await campaign(t);
  const { phonebank, list, link } = await openPhonebank(admin, { rule, holdout: 20, follows: true });
  assert.equal(phonebank.arm, "treatment");
  assert.deepEqual([phonebank.following.joined, phonebank.following.has_segment], [0, true]);
  const caller = await joinAs(server.url, link.code, "Carl");
  const { lease } = await caller.post("/v1/caller/claim");
  const other = lease.voters[0].id;
  await caller.post("/v1/caller/results", resultFor(lease, "no_answer"));

  // Who leaves is dropped, and comes back.
  const before = await lines(admin, phonebank.id);
  for (const voter of lease.voters) await become(admin, voter.id, "UNA");
  const dropped = await secondsUntil(async () => (await left(admin, phonebank.id)) === 1, "the drop");
  t.diagnostic(`dropped after ${dropped.toFixed(2)} s`);  // seen in the page's view, worked out 4 times a second
  for (const voter of lease.voters) await become(admin, voter.id, "DEM");
  await until(async () => (await left(admin, phonebank.id)) === 0, "the return", 10);
  assert.equal((await lines(admin, phonebank.id)).lines, before.lines);

  // Who joins is added in the list's shares, behind what was frozen.
  const people = (await admin.get("/v1/voters?query=&limit=200")).items;
  let joined = 0;
  for (const one of people) {
    const voter = await admin.get(`/v1/voters/${one.id}`);
    if (voter.party === "DEM" || voter.protected || voter.phones.length === 0) continue;
    await become(admin, one.id, "DEM");
    if (++joined === 12) break;
  }
  assert.equal(joined, 12);
  await until(async () => (await bankOf(admin, phonebank.id)).following.joined === 12, "the joiners", 10);
  const grown = await admin.get(`/v1/lists/${list.id}`);
  assert.deepEqual([grown.size, grown.joined, grown.holdout], [list.size, 12, list.holdout]);
  const { count: heldOut } = await admin.post("/v1/segments/count",
    { rule: { all: [{ list: list.id, arm: "holdout" }] } });
  const { count: treated } = await admin.post("/v1/segments/count",
    { rule: { all: [{ list: list.id, arm: "treatment" }, { field: "has_phone", is: true }] } });
  assert.equal(heldOut + (await admin.post("/v1/segments/count",
    { rule: { all: [{ list: list.id, arm: "treatment" }] } })).count, list.size + 12);
  assert.ok(treated > 0 && other);

  // Switched off, the queue stays.
  const off = await admin.post(`/v1/phonebanks/${phonebank.id}/following`, { follows: false });
  assert.equal(off.following, null);
});

test("a phone bank calls one arm, and none the hold-out", async (t) => {
  const { admin } = await campaign(t);
  const segment = await admin.post("/v1/segments", { name: "Everybody", rule: {} });
  const list = await admin.post("/v1/lists", { name: "Arms", segment: segment.id, seed: 3,
    holdout_percent: 10, arms: [{ name: "short", percent: 50 }, { name: "long", percent: 50 }] });
  const { id } = await admin.post("/v1/scripts", script);
  const make = (more) => admin.call("POST", "/v1/phonebanks", {
    name: "Bank", list: list.id, script: id, opens: "00:00", closes: "24:00", ...more });
  const voters = async (arm) => (await admin.post("/v1/segments/count",
    { rule: { all: [{ list: list.id, arm }, { field: "has_phone", is: true }] } })).count;
  for (const arm of ["short", "long"]) {
    const { body } = await make({ arm });
    assert.equal(body.arm, arm);
    assert.ok(body.counts.lines > 0 && body.counts.lines <= await voters(arm));
  }
  const refused = await make({ arm: "holdout" });
  assert.deepEqual([refused.status, refused.body.where], [422, "arm"]);
  assert.equal((await make({ arm: "medium" })).status, 422);
  const small = await admin.post("/v1/lists", { name: "Ten", segment: segment.id, size_max: 10 });
  const cannot = await make({ list: small.id, follows: true });
  assert.deepEqual([cannot.status, cannot.body.where], [422, "follows"]);
});
