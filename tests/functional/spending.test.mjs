// Money: sheets in, a plan out by itself, lines approved, limits kept, payments out as a file.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { Server, until } from "./harness.mjs";

const sheets = {
  contests: "contest,region,weight,previous,votes\n" +
    "Ash,North,10,0.49,400000\nBirch,North,6,0.51,200000\nCedar,South,8,0.5,300000\n",
  markets: "market,title,people\nm1,Ash City,300000\nm2,The Border,200000\nm3,Birch Hill,150000\n" +
    "m4,Cedar Bay,300000\n",
  reach: "market,contest,share\nm1,Ash,0.7\nm2,Ash,0.3\nm2,Birch,0.4\nm3,Birch,0.6\nm4,Cedar,1\n",
  channels: "channel,title,kind\ntv,Television,media\nfield,Doors,contact\n",
  rates: "channel,price\ntv,20.00\nfield,\"2,000.00\"\n",
  responses: "channel,effect_points,error_points,contacts,decay,source\n" +
    "tv,0.6,0.1,3,0.5,invented\nfield,0.8,0.2,1,0.9,invented\n",
  limits: "limit,kind,channel,cap\ntelevision,legal,tv,\"400,000.00\"\n",
};
const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

async function makeCampaign(admin) {
  const settings = await admin.get("/v1/spending/settings");
  await admin.must("PUT", "/v1/spending/settings",
    { ...settings, budget_cents: 100_000_000, first_day: day(-7), weeks: 8 });
  for (const [kind, text] of Object.entries(sheets))
    await admin.must("PUT", `/v1/spending/sheets/${kind}`, Buffer.from(text));
}

async function planned(admin) {
  return until(async () => {
    const state = await admin.get("/v1/planning");
    return state.tried_inputs === state.inputs && state;
  }, "a plan for the newest inputs");
}

const poll = (ours, theirs) => Buffer.from(
  `contest,pollster,end_day,people,ours,theirs\nAsh,${randomUUID()},${day(-1)},900,${ours},${theirs}\n`);

test("correlations and the tracker are settings that plans follow", async (t) => {
  const server = await Server.start(t);
  const admin = await server.administrator();
  await makeCampaign(admin);
  await admin.must("PUT", "/v1/spending/sheets/polls", poll(48, 49));
  const plain = await admin.get(`/v1/plans/${(await planned(admin)).newest}`);
  assert.equal(plain.document.means.method, "half_life");

  const impossible = Buffer.from("contest,other,correlation\nAsh,Birch,0.9\nBirch,Cedar,0.9\n" +
    "Ash,Cedar,-0.9\n");
  const refused = await admin.call("PUT", "/v1/spending/sheets/correlations", impossible);
  assert.equal(refused.status, 400);
  assert.match(refused.body.detail, /not positive semi-definite/);
  const repaired = await admin.must("PUT", "/v1/spending/sheets/correlations?repair=true",
    impossible);
  assert.match(repaired.notes[0], /the nearest ones that can were taken/);
  const state = await admin.get("/v1/spending/state");
  assert.equal(state.correlations.pairs, 3);
  assert.equal(state.correlations.note, repaired.notes[0]);

  const region = Buffer.from("region,other_region,correlation\nNorth,,0.9\nNorth,South,0.9\n");
  await admin.must("PUT", "/v1/spending/sheets/correlations", region);
  const settings = await admin.get("/v1/spending/settings");
  await admin.must("PUT", "/v1/spending/settings", { ...settings, poll_method: "tracker" });
  const followed = await admin.get(`/v1/plans/${(await planned(admin)).newest}`);
  assert.equal(followed.document.correlations, 3);
  assert.equal(followed.document.means.method, "tracker");
  assert.notEqual(followed.document.value, plain.document.value);
  await admin.must("DELETE", "/v1/spending/correlations");
  assert.equal((await admin.get("/v1/spending/state")).correlations.pairs, 0);
  assert.equal((await admin.call("DELETE", "/v1/spending/correlations")).status, 404);
});

test("money goes from sheets through an approved plan into a ledger that keeps its limits",
  async (t) => {
    const server = await Server.start(t);
    const admin = await server.administrator();
    await makeCampaign(admin);
    const first = await planned(admin);
    assert.equal(first.problem, null);

    await admin.must("PUT", "/v1/spending/sheets/polls", poll(46, 50));
    const second = await planned(admin);
    assert.notEqual(second.newest, first.newest);
    const plan = await admin.get(`/v1/plans/${second.newest}`);
    assert.ok(plan.document.changes.why.some((one) => one.subject === "spending:polls"));
    assert.equal(plan.document.changes.shares[0].contest, "Ash");
    const lines = (await admin.get(`/v1/plans/${second.newest}/lines`)).items;
    assert.equal(lines.reduce((sum, line) => sum + line.cents, 0), plan.planned_cents);

    const stale = await admin.call("POST", `/v1/plans/${first.newest}/decisions`,
      { lines: [1], approve: true });
    assert.equal(stale.status, 409);
    const approved = await admin.must("POST", `/v1/plans/${second.newest}/decisions`,
      { lines: [lines[0].line], approve: true });
    assert.equal(approved.cents, lines[0].cents);
    assert.equal((await admin.get("/v1/ledger")).items[0].plan, second.newest);

    const over = await admin.call("POST", "/v1/ledger/commitments", {
      market: "m1", channel: "tv", week: 3, cents: 40_000_001, day: day(0), key: randomUUID() });
    assert.equal(over.status, 413);
    assert.match(over.body.detail, /legal limit "television"/);

    const trial = await admin.must("POST", "/v1/plans/try", { budget_cents: 50_000_000 });
    assert.ok(trial.document.gain < plan.document.gain);
    const paid = Buffer.from(
      `market,channel,week,day,amount,vendor\nm4,field,2,${day(-1)},250.00,Walkers\n`);
    assert.equal((await admin.must("PUT", "/v1/ledger/import", paid)).entries, 1);
    const schedule = await admin.call("GET", "/v1/ledger/payments/schedule_b");
    assert.match(String(schedule.text ?? schedule.body), /Walkers/);
  });

test("a sheet that cannot be right is refused with its line; nobody reads money unseen", async (t) => {
  const server = await Server.start(t);
  const admin = await server.administrator();
  await makeCampaign(admin);
  await admin.must("PUT", "/v1/spending/sheets/polls", poll(48, 48));
  const refused = await admin.call("PUT", "/v1/spending/sheets/rates",
    Buffer.from("channel,price\ntv,-5\n"));
  assert.equal(refused.status, 422);
  assert.match(refused.body.detail, /negative/);
  assert.equal(refused.body.where, "line 2, column price");
  assert.equal((await fetch(`${server.url}/v1/plans`)).status, 401);
});
