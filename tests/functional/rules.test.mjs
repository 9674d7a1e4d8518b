// Rules as text, segments that name each other, lists with arms and what changed between two of them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Server, inventVoters, joinAs, openPhonebank, resultFor, until } from "./harness.mjs";

async function campaign(t) {
  const server = await Server.start(t);
  const admin = await server.administrator();
  const files = await inventVoters(t, { voters: 1500, extra: ["--no-history"] });
  assert.equal((await admin.import(files.roll, "nc")).state, "published");
  await until(async () => (await admin.get("/v1/home")).voters === 1500, "the voters to show");
  return { server, admin };
}
const read = (client, text, more = {}) => client.post("/v1/rules/read", { text, ...more });
const count = async (client, text) => {
  const { rule, problems } = await read(client, text);
  assert.deepEqual(problems, [], text);
  return (await client.post("/v1/segments/count", { rule })).count;
};

test("a rule is read from text, with the place of an error and what may follow", async (t) => {
  const { admin } = await campaign(t);
  const good = await read(admin, "party = DEM and age >= 30");
  assert.equal(good.text, "party in (DEM) and age >= 30");
  assert.deepEqual(good.rule,
    { all: [{ field: "party", in: ["DEM"] }, { field: "age", at_least: 30 }] });
  assert.equal((await admin.post("/v1/rules/read", { rule: good.rule })).text, good.text);

  const bad = await read(admin, "city = \"É\" and prty = DEM");
  assert.equal(bad.rule, null);
  assert.deepEqual({ ...bad.problems[0], expected: null },
    { sentence: "There is no field \"prty\". Did you mean \"party\"?", where: "text", line: 1,
      column: 16, from: 15, length: 4, expected: null });
  const json = await admin.post("/v1/rules/read", { rule: { all: [{ field: "prty", in: ["D"] }] } });
  assert.equal(json.problems[0].where, "rule.all[0].field");
  const unknown = await admin.post("/v1/rules/read", { rule: { segment: "seg_dzf59g4pwf7bt" } });
  assert.match(unknown.problems[0].sentence, /no segment/);

  const half = await read(admin, "É = \"x\" or party in (DE", { complete_at: 4 });
  assert.ok(half.problems.length > 0);
  const offered = await read(admin, "party in (DE", { complete_at: 12 });
  assert.equal(offered.complete_from, 10);
  assert.deepEqual(offered.completions.map((one) => one.text), ["DEM"]);
  assert.equal((await admin.call("POST", "/v1/rules/read", {})).status, 422);
});

test("segments name each other, keep their versions, and follow calls", async (t) => {
  const { server, admin } = await campaign(t);
  const base = await admin.post("/v1/segments",
    { name: "Base", rule: (await read(admin, "party in (DEM, UNA) and has_phone")).rule });
  const fresh = await admin.post("/v1/segments",
    { name: "Not called", rule: (await read(admin, "in segment Base and not contacted within 7d")).rule });
  assert.equal(fresh.text, "in segment Base and not contacted within 7d");
  assert.equal(fresh.count, base.count);
  const circle = await admin.call("POST", `/v1/segments/${base.id}`, { rule: { segment: fresh.id } });
  assert.equal(circle.status, 422);
  assert.match(circle.body.detail, /"Base" → "Not called" → "Base"/);
  const removal = await admin.call("DELETE", `/v1/segments/${base.id}`);
  assert.equal(removal.status, 409);
  assert.match(removal.body.detail, /"Not called"/);

  const { link, list, phonebank } = await openPhonebank(admin, { rule: { segment: base.id }, holdout: 10 });
  const caller = await joinAs(server.url, link.code, "Val");
  const { lease } = await caller.post("/v1/caller/claim");
  await caller.post("/v1/caller/results", resultFor(lease, "busy", []));
  const called = lease.voters.length;
  await until(async () => (await admin.get(`/v1/segments/${fresh.id}`)).count === base.count - called,
    "the call to reach the segment");
  assert.equal(await count(admin, `contacted 1 times with busy by ${phonebank.id}`), called);
  assert.equal(await count(admin, `in list ${list.id} arm treatment and contacted`), called);
  assert.equal(await count(admin, `in list ${list.id}`), list.size);

  await admin.post(`/v1/segments/${base.id}`, { rule: (await read(admin, "party = REP")).rule });
  const versions = (await admin.get(`/v1/segments/${base.id}/versions`)).items;
  assert.deepEqual(versions.map((one) => [one.version, one.text]),
    [[2, "party in (REP)"], [1, "party in (DEM, UNA) and has_phone"]]);
  assert.equal((await admin.get(`/v1/segments/${fresh.id}`)).count, await count(admin, "party = REP"));
  assert.equal((await admin.call("POST", "/v1/segments/count",
    { rule: {}, group_by: "age" })).status, 422);
});

test("lists have arms within strata, are drawn again alike, and compared", async (t) => {
  const { admin } = await campaign(t);
  const segment = await admin.post("/v1/segments",
    { name: "Phones", rule: (await read(admin, "has_phone")).rule });
  const first = await admin.post("/v1/lists", {
    name: "October", segment: segment.id, holdout_percent: 20, seed: 7, one_per_household: true,
    arms: [{ name: "script_a", percent: 50 }, { name: "script_b", percent: 50 }],
    stratify_by: ["county", "party"],
  });
  assert.deepEqual(first.arms.map((arm) => arm.name), ["holdout", "script_a", "script_b"]);
  assert.equal(first.arms.reduce((sum, arm) => sum + arm.size, 0), first.size);
  assert.ok(Math.abs(first.arms[0].size / first.size - 0.2) < 0.05);
  assert.equal(first.size, first.households);
  assert.deepEqual(first.made_of, [{ segment: segment.id, version: 1 }]);
  const again = await admin.post(`/v1/lists/${first.id}/renew`, { name: "November" });
  assert.deepEqual(again.arms, first.arms);
  const none = await admin.get(`/v1/lists/${again.id}/difference?older=${first.id}`);
  assert.deepEqual([none.stayed, none.changed_arm, none.joined, none.left], [first.size, 0, 0, 0]);

  await admin.post(`/v1/segments/${segment.id}`,
    { rule: (await read(admin, "has_phone and party = DEM")).rule });
  const fewer = await admin.post(`/v1/lists/${first.id}/renew`, { name: "December" });
  const less = await admin.get(`/v1/lists/${fewer.id}/difference?older=${first.id}&limit=5`);
  assert.equal(less.stayed + less.left, first.size);
  assert.equal(less.reasons.find((one) => one.reason === "no_match").count > 0, true);
  assert.equal(less.items.length, 5);
  const more = await admin.get(
    `/v1/lists/${fewer.id}/difference?older=${first.id}&limit=5&cursor=${less.next}`);
  assert.ok(more.items.every((one) => !less.items.some((other) => other.id === one.id)));
  const wrong = await admin.call("POST", "/v1/lists",
    { name: "x", segment: segment.id, arms: [{ name: "a", percent: 60 }] });
  assert.equal(wrong.status, 422);
  assert.equal(wrong.body.where, "arms");
});

test("who is in a segment is kept while calls come in, and proved by recounts", async (t) => {
  const { server, admin } = await campaign(t);
  const segment = await admin.post("/v1/segments",
    { name: "Called", rule: (await read(admin, "contacted and has_phone")).rule });
  const shown = () => admin.get(`/v1/segments/${segment.id}/composition`);
  assert.equal((await shown()).count, 0);
  const { link } = await openPhonebank(admin, { rule: {} });
  const caller = await joinAs(server.url, link.code, "Val");
  let called = 0;
  for (let i = 0; i < 5; ++i) {
    const { lease } = await caller.post("/v1/caller/claim");
    await caller.post("/v1/caller/results", resultFor(lease, "reached", []));
    called += lease.voters.length;
  }
  await until(async () => (await shown()).count === called, "the calls to be counted");
  const made = await shown();
  assert.equal(made.with_phone, called);
  for (const part of made.parts) {
    assert.equal(part.values.reduce((sum, one) => sum + one.count, 0), called, part.field);
  }
  const parties = (await admin.post("/v1/segments/count",
    { rule: segment.rule, group_by: "party" })).groups;
  assert.deepEqual(made.parts.find((part) => part.field === "party").values,
    parties.map(({ value, count: voters }) => ({ value, count: voters })));
  assert.equal((await admin.call("GET", "/v1/segments/seg_dzf59g4pwf7bt/composition")).status, 404);
  const metric = async (name) => Number(
    (await (await fetch(`${server.url}/metrics`)).text()).match(new RegExp(`^${name} (\\d+)`, "m"))[1]);
  await until(async () => await metric("hustings_segments_recounts") > 2, "recounts");
  assert.equal(await metric("hustings_segments_recounts_unequal"), 0);
});
