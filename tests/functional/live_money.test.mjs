// Plans of money follow the campaign's own work: the scores of a segment, the answers of a phone bank and
// the effect of an experiment, through the feed, within seconds.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { Server, inventVoters, joinAs, openPhonebank, resultFor, until } from "./harness.mjs";

const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const sheets = {
  contests: "contest,region,weight,previous,votes\nAsh,North,10,0.49,400000\nBirch,North,6,0.51,200000\n",
  markets: "market,title,people\nm1,Ash City,300000\nm2,Birch Hill,150000\n",
  reach: "market,contest,share\nm1,Ash,1\nm2,Birch,1\n",
  channels: "channel,title,kind\nfield,Doors,contact\n",
  rates: "channel,price\nfield,\"2,000.00\"\n",
  responses: "channel,effect_points,error_points,contacts,decay,source\nfield,0.8,0.2,1,0.9,invented\n",
};

test("answers, segments and experiments move the plan", async (t) => {
  const server = await Server.start(t);
  const admin = await server.administrator();
  const files = await inventVoters(t, { voters: 1500 });
  for (const [file, layout] of [[files.roll, "nc"], [files.scores, "scores"]])
    assert.equal((await admin.import(file, layout)).state, "published");
  await until(async () => (await admin.get("/v1/home")).voters === 1500, "the voters to show");
  const settings = await admin.get("/v1/spending/settings");
  await admin.must("PUT", "/v1/spending/settings",
    { ...settings, budget_cents: 100_000_000, first_day: day(-7), weeks: 8 });
  const put = (kind, text) => admin.must("PUT", `/v1/spending/sheets/${kind}`, Buffer.from(text));
  for (const [kind, text] of Object.entries(sheets)) await put(kind, text);
  const bank = await openPhonebank(admin, { rule: { field: "has_phone", is: true } });
  const support = bank.script.questions.find((one) => one.key === "support");
  await put("live", "name,kind,contest,question,ours,theirs,segment,people\n" +
    `calls,answers,Ash,support,1,2,,\nlikely voters,segment,Birch,,,,${bank.segment.id},700\n`);

  const live = async () => Object.fromEntries(
    (await admin.get("/v1/spending/state")).live.map((one) => [one.name, one]));
  const scored = await until(async () => (await live())["likely voters"].value, "the segment's share");
  assert.ok(scored > 0.2 && scored < 0.8, `${scored}`);
  assert.match((await live()).calls.problem, /30 are the least/);

  const caller = await joinAs(server.url, bank.link.code, "Caller");
  const answer = async (choice) => {
    const { lease } = await caller.post("/v1/caller/claim");
    await caller.post("/v1/caller/results",
      resultFor(lease, "reached", [{ question: support.id, choice }]));
    return lease.voters.length;
  };
  let said = 0;
  while (said < 45) said += await answer(said % 3 === 0 ? 2 : 1);
  const share = await until(async () => (await live()).calls.value, "the answers' share");
  assert.ok(share > 0.5 && share < 0.85, `${share}`);
  const plan = await until(async () => {
    const state = await admin.get("/v1/planning");
    if (!state.newest || state.inputs !== state.tried_inputs) return false;
    const document = (await admin.get(`/v1/plans/${state.newest}`)).document;
    return document.live.find((one) => one.name === "calls").value && document;
  }, "a plan with the answers");
  const ash = plan.contests.find((one) => one.name === "Ash");
  assert.ok(ash.share > 0.5, `${ash.share}`);
  assert.ok(plan.inputs.some((one) => one.what === "live"));

  // From a poll's import to the plan that knows it.
  const before = await admin.get("/v1/planning");
  const begun = performance.now();
  await put("polls", `contest,pollster,end_day,people,ours,theirs\nAsh,${randomUUID()},${day(-1)},900,44,52\n`);
  await until(async () => {
    const state = await admin.get("/v1/planning");
    return state.inputs > before.inputs && state.inputs === state.tried_inputs;
  }, "the next plan");
  t.diagnostic(`planned anew ${Math.round(performance.now() - begun)} ms after a poll`);
  await admin.must("DELETE", "/v1/spending/live/calls");
  assert.equal((await live()).calls, undefined);
});
