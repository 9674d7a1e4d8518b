// Numbers of segments: portraits, the waterfall to who can be called now, comparisons, answers, what a
// role without individuals is not shown, files of voters.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Client, Server, inventVoters, joinAs, openPhonebank, resultFor, until } from "./harness.mjs";

const sum = (numbers) => numbers.reduce((whole, one) => whole + one, 0);
const save = (admin, name, rule) => admin.post("/v1/segments", { name, rule });

async function campaign(t) {
  const server = await Server.start(t);
  const admin = await server.administrator();
  const files = await inventVoters(t, { voters: 1500 });
  for (const [file, layout] of [[files.roll, "nc"], [files.history, "nc-history"], [files.scores, "scores"]]) {
    assert.equal((await admin.import(file, layout)).state, "published");
  }
  await until(async () => (await admin.get("/v1/home")).voters === 1500, "the voters to show");
  return { server, admin };
}

async function analyst(server, admin) {
  const password = "only numbers, please";
  await admin.post("/v1/people",
    { name: "Nora Numbers", email: "nora@example.org", role: "analyst", password });
  const client = new Client(server.url);
  await client.post("/v1/session", { email: "nora@example.org", password });
  return client;
}

const waterfall = (client, rule) => client.post("/v1/segments/waterfall", { rule });
const step = (found, reason) => found.steps.find((one) => one.reason === reason).count;
const isWhole = (found) =>
  assert.equal(sum(found.steps.map((one) => one.count)) + found.callable, found.whole);

test("a portrait is exact, and its parts make the whole", async (t) => {
  const { admin } = await campaign(t);
  const rule = { field: "party", in: ["DEM", "REP"] };
  const found = await admin.post("/v1/segments/portrait", {
    rule, breakdowns: ["party", "age_band", "gender", "county", "status"],
    scores: ["support_score", "turnout_score"] });
  const counted = await admin.post("/v1/segments/count", { rule, group_by: "party" });
  assert.equal(found.count, counted.count);
  assert.equal(found.households, counted.households);
  assert.equal(found.hidden_below, 0);
  for (const breakdown of found.breakdowns) {
    assert.equal(sum(breakdown.cells.map((cell) => cell.count)), found.count, breakdown.by);
  }
  assert.deepEqual(found.breakdowns[0].cells.map((cell) => [cell.value, cell.count, cell.support_mean]),
    counted.groups.map((group) => [group.value, group.count, group.support_mean]));
  const bands = found.breakdowns[1].cells;
  for (const [band, between] of [["25-34", [25, 34]], ["75 and over", [75, 150]]]) {
    const { count } = await admin.post("/v1/segments/count",
      { rule: { all: [rule, { field: "age", between }] } });
    assert.equal(bands.find((one) => one.value === band)?.count ?? 0, count, band);
  }
  assert.ok(found.breakdowns[3].cells.every((cell) => cell.state === "NC"));
  const [support] = found.distributions;
  assert.equal(sum(support.bins), support.known);
  const below = await admin.post("/v1/segments/count",
    { rule: { all: [rule, { field: "support_score", at_most: support.quantiles[2] }] } });
  assert.ok(below.count >= support.known / 2);
  for (const wrong of [{ breakdowns: ["age"] }, { breakdowns: [], scores: ["party"] }]) {
    assert.equal((await admin.call("POST", "/v1/segments/portrait", { rule, ...wrong })).status, 422);
  }
  assert.equal((await admin.call("POST", "/v1/segments/portrait", {})).status, 422);
});

test("the waterfall counts everybody once, at the first reason", async (t) => {
  const { server, admin } = await campaign(t);
  const before = await waterfall(admin, {});
  isWhole(before);
  assert.equal(before.whole, 1500);
  const { count } = await admin.post("/v1/segments/count", { rule: { field: "has_phone", is: false } });
  assert.equal(step(before, "no_number"), count);

  const { phonebank, list, link } = await openPhonebank(admin, { holdout: 20 });
  assert.ok(phonebank.id);
  const caller = await joinAs(server.url, link.code, "Carl");
  const { lease } = await caller.post("/v1/caller/claim");
  await until(async () => step(await waterfall(admin, {}), "held") > 0, "the lease to show");
  await caller.post("/v1/caller/results", resultFor(lease, "no_answer"));
  await until(async () => step(await waterfall(admin, {}), "cooling_down") > 0, "the pause to show");
  const after = await waterfall(admin, {});
  isWhole(after);
  assert.deepEqual([after.opens, after.closes, step(after, "held")], ["00:00", "24:00", 0]);
  assert.ok(step(after, "hold_out") > 0 && after.callable > 0);
  assert.equal(step(after, "no_number"), count);
  const held = await admin.post("/v1/segments/count",
    { rule: { all: [{ list: list.id, arm: "holdout" }, { field: "has_phone", is: true }] } });
  assert.ok(step(after, "hold_out") <= held.count);

  const voter = (await admin.get("/v1/voters?query=&limit=50")).items.find(
    (one) => one.phone_present && !one.protected && one.status === "active");
  const bars = await waterfall(admin, {});
  await admin.post("/v1/suppressions", { voter: voter.id, reason: "do_not_call", source: "test" });
  await until(async () =>
    step(await waterfall(admin, {}), "do_not_call") > step(bars, "do_not_call"), "the bar to show");
  isWhole(await waterfall(admin, {}));
});

test("two segments are compared, several overlapped", async (t) => {
  const { admin } = await campaign(t);
  const rules = { a: { field: "party", in: ["DEM", "UNA"] }, b: { field: "age", between: [30, 60] } };
  const a = await save(admin, "Parties", rules.a);
  const b = await save(admin, "Ages", rules.b);
  const both = await admin.post("/v1/segments/count", { rule: { all: [rules.a, rules.b] } });
  const found = await admin.post("/v1/segments/compare",
    { a: a.id, b: b.id, breakdowns: ["party"], scores: ["support_score"] });
  assert.deepEqual([found.a.count, found.b.count, found.both, found.a_only, found.b_only],
    [a.count, b.count, both.count, a.count - both.count, b.count - both.count]);
  assert.equal(found.a.position, found.b.position);
  const matrix = await admin.post("/v1/segments/overlap", { segments: [a.id, b.id] });
  assert.deepEqual(matrix.rows.map((row) => row.counts),
    [[a.count, both.count], [both.count, b.count]]);
  assert.equal((await admin.call("POST", "/v1/segments/overlap", { segments: [] })).status, 422);
  await until(async () => (await admin.get(`/v1/segments/${a.id}/counts`)).items.length > 0,
    "the number to be kept");
  const [kept] = (await admin.get(`/v1/segments/${a.id}/counts`)).items;
  assert.deepEqual([kept.version, kept.count], [1, a.count]);
});

test("an analyst sees numbers and no individuals, and no hidden cell follows", async (t) => {
  const { server, admin } = await campaign(t);
  const nora = await analyst(server, admin);
  const large = await save(admin, "Large", { field: "party", in: ["DEM"] });
  const { breakdowns: [precincts] } = await admin.post("/v1/segments/portrait",
    { rule: {}, breakdowns: ["precinct"], scores: [] });
  const few = precincts.cells.find((cell) => cell.value !== "" && cell.count < 10);
  const small = await save(admin, "Small", { field: "precinct", in: [few.value] });
  for (const [method, path, body] of [["GET", "/v1/voters?query="], ["GET", "/v1/segments"],
    ["GET", `/v1/segments/${large.id}/voters.csv`], ["GET", "/v1/lists"], ["GET", "/v1/fields"],
    ["POST", "/v1/segments/count", { rule: {} }], ["POST", "/v1/segments/portrait", { rule: {} }],
    ["GET", `/v1/segments/${large.id}/counts`]]) {
    assert.equal((await nora.call(method, path, body)).status, 403, path);
  }
  const seen = await nora.get("/v1/segment-numbers");
  assert.equal(seen.hidden_below, 10);
  assert.equal(seen.items.find((one) => one.id === large.id).count, large.count);
  assert.equal(seen.items.find((one) => one.id === small.id).count, null, `of ${small.count}`);

  const breakdowns = ["party", "age_band", "county", "city", "precinct", "race"];
  const all = await admin.post("/v1/segments/portrait", { segment: large.id, breakdowns, scores: ["support_score"] });
  const hers = await nora.post("/v1/segments/portrait", { segment: large.id, breakdowns, scores: ["support_score"] });
  let hiddenCells = 0;
  for (const [place, breakdown] of hers.breakdowns.entries()) {
    const truth = all.breakdowns[place].cells;
    const hidden = truth.filter((_, i) => breakdown.cells[i].count === null);
    hiddenCells += hidden.length;
    for (const [i, cell] of breakdown.cells.entries()) {
      if (cell.count === null) assert.equal(cell.support_mean, null);
      else assert.ok(cell.count >= 10 && cell.count === truth[i].count, `${breakdown.by} ${cell.value}`);
    }
    if (hidden.length > 0) {
      assert.ok(hidden.length > 1 && sum(hidden.map((one) => one.count)) >= 10, breakdown.by);
    }
  }
  assert.ok(hiddenCells > 0, "something was small");
  const [spread] = hers.distributions;
  assert.ok(spread.bins.every((bin) => bin === null || bin === 0 || bin >= 10));
  const none = await nora.post("/v1/segments/portrait", { segment: small.id, breakdowns, scores: [] });
  assert.equal(none.count, null);
  assert.ok(none.breakdowns.every((one) => one.cells.every((cell) => cell.count === null)));
  const drop = await nora.post("/v1/segments/waterfall", { segment: small.id });
  assert.ok(drop.whole === null && drop.callable === null && drop.steps.every((one) => one.count === null));
});

test("answers come with n and interval; a file of voters is kept in the feed", async (t) => {
  const { server, admin } = await campaign(t);
  const { script, link } = await openPhonebank(admin);
  const { id, key } = script.questions[0];
  const caller = await joinAs(server.url, link.code, "Carl");
  const { lease } = await caller.post("/v1/caller/claim");
  const answer = { question: id, choice: 1 };
  await caller.post("/v1/caller/results", resultFor(lease, "reached", [answer]));
  await until(async () => (await admin.post("/v1/segments/answers",
    { rule: {}, question: key })).n === lease.voters.length, "the answer to show");
  const found = await admin.post("/v1/segments/answers", { rule: {}, question: key });
  assert.equal(sum(found.choices.map((one) => one.count)), found.n);
  for (const one of found.choices) {
    assert.ok(one.low <= one.share && one.share <= one.high);
  }
  assert.equal((await admin.call("POST", "/v1/segments/answers",
    { rule: {}, question: "nothing" })).status, 404);
  const segment = await save(admin, "Exported", { field: "party", in: ["LIB", "GRE"] });
  const file = await admin.call("GET", `/v1/segments/${segment.id}/voters.csv`);
  assert.equal(file.status, 200);
  const { items } = await admin.get(`/v1/segments/${segment.id}/exports`);
  assert.equal(items.length, 1);
  assert.equal(items[0].by, "Ada Admin");
  assert.equal(file.body.trim().split("\r\n").length, items[0].rows + 1);
  assert.ok(items[0].rows > 0 && items[0].rows <= segment.count);
});
