// The loop of an experiment: a campaign whose effect is known, run through real calls. The treated
// are called; then both groups are asked by a second phone bank, and what they say follows the
// invented electorate's own support, moved by a conversation.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { Server, inventVoters, joinAs, openPhonebank, resultFor, until } from "./harness.mjs";

const moved = 0.3;  // by a conversation, of the chance to say "Ours"

/// Reproducible chance from a text.
function chance(text) {
  let hash = 2166136261;
  for (const c of text) hash = Math.imul(hash ^ c.charCodeAt(0), 16777619);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 2246822519);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 3266489917);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

/// Support and how often the phone is answered, as the electorate was invented: by voter id.
function truthOf(admin, files) {
  const [head, ...lines] = readFileSync(join(dirname(files.roll), "truth.csv"), "utf8")
    .trim().split("\n").map((line) => line.split(","));
  const at = (name) => head.indexOf(name);
  const known = new Map(lines.map((row) => [row[at("ncid")], {
    support: Number(row[at("support")]) / 100, answers: Number(row[at("answers_phone")]) / 100 }]));
  const found = new Map();
  return async (voter) => {
    if (!found.has(voter)) {
      const { provenance } = await admin.get(`/v1/voters/${voter}`);
      found.set(voter, known.get(provenance[0].external_id));
    }
    return found.get(voter);
  };
}

/// Callers who work through a phone bank until nothing is left; `outcome` says what each voter does.
async function callAll(server, link, callers, outcome) {
  const each = async (number) => {
    const caller = await joinAs(server.url, link.code, `Caller ${number}`);
    for (let idle = 0; idle < 20;) {
      const { lease, nothing } = await caller.post("/v1/caller/claim");
      if (!lease) {
        if (nothing.reason === "all_done") return;
        idle += nothing.reason === "none_ready" ? 1 : 0;
        await new Promise((done) => setTimeout(done, 500));
        continue;
      }
      const result = resultFor(lease, "no_answer");
      for (const voter of result.voters) Object.assign(voter, await outcome(voter.voter));
      await caller.post("/v1/caller/results", result);
    }
  };
  await Promise.all(Array.from({ length: callers }, (_, number) => each(number)));
}

test("a known effect is found within its interval, and the hold-out is left alone", async (t) => {
  const server = await Server.start(t);
  const admin = await server.administrator();
  const files = await inventVoters(t, { voters: 3000 });
  assert.equal((await admin.import(files.roll, "nc")).state, "published");
  await until(async () => (await admin.get("/v1/home")).voters === 3000, "the voters to show");
  const rule = { field: "has_phone", is: true };
  const treatment = await openPhonebank(admin, {
    rule, holdout: 50, retry_minutes: 0, attempts_max: 1 });
  const asking = await openPhonebank(admin, { rule, retry_minutes: 0, attempts_max: 1 });
  const support = treatment.script.questions.find((one) => one.key === "support");
  const wish = {
    key: randomUUID(), name: "Calls", hypothesis: "Calls win supporters.",
    list: treatment.list.id, control: "holdout", cost_cents: 100000,
    outcomes: [{ kind: "answer", key: "support", choices: [1], after_contacts: true }] };
  const begun = await admin.post("/v1/experiments", wish);
  assert.equal(begun.unit, "household");
  assert.equal((await admin.post("/v1/experiments", wish)).id, begun.id, "sent again");
  const again = await admin.call("POST", "/v1/experiments", {
    name: "Again", hypothesis: "The same.", list: treatment.list.id, control: "holdout",
    outcomes: [{ kind: "score", key: "support" }] });
  assert.equal(again.status, 409);

  // The other phone bank has everybody: the locked numbers are barred there too.
  const barred = async () => (await admin.get(`/v1/phonebanks/${asking.phonebank.id}`))
    .barred_reasons.find(({ reason }) => reason === "experiment_holdout")?.count ?? 0;
  assert.ok(await until(barred, "the hold-out's lines to show as barred") > 300);

  const truth = truthOf(admin, files);
  const talked = new Set();
  await callAll(server, treatment.link, 6, async (voter) => {
    const { answers } = await truth(voter);
    if (chance(`answers ${voter}`) >= 0.3 + answers) return { disposition: "no_answer" };
    talked.add(voter);
    return { disposition: "reached" };
  });
  const running = await until(async () => {
    const report = await admin.get(`/v1/experiments/${begun.id}`);
    return report.arms.find((arm) => !arm.is_control).contacted === talked.size && report;
  }, "the contacts to show");
  assert.equal(running.leaked, 0);
  assert.equal(running.arms.find((arm) => arm.is_control).tried, 0, "nobody of the hold-out");
  assert.match(running.sentences.join(" "), /End the contacts/);
  assert.ok(running.balance.length > 0 && running.balance_p > 0.0001);

  const measuring = await admin.post(`/v1/experiments/${begun.id}/state`, { state: "measuring" });
  assert.equal(measuring.state, "measuring");
  assert.equal(await until(async () => (await barred()) === 0, "the bars to end"), true);
  let answered = 0;
  await callAll(server, asking.link, 6, async (voter) => {
    const yes = (await truth(voter)).support + (talked.has(voter) ? moved : 0);
    const says = chance(`says ${voter}`) < yes;
    ++answered;
    return { disposition: "reached", answers: [{ question: support.id, choice: says ? 1 : 2 }] };
  });
  const report = await until(async () => {
    const now = await admin.get(`/v1/experiments/${begun.id}`);
    const sum = now.arms.reduce((total, arm) => total + arm.answered, 0);
    return sum > 0.97 * now.arms.reduce((total, arm) => total + arm.assigned, 0) && now;
  }, "the answers to show", 60);
  assert.ok(answered > 1000, `${answered} answered`);
  const by = (method) => report.effects.find((row) => row.method === method);
  const treated = report.arms.find((arm) => !arm.is_control);
  const expected = moved * treated.contacted / treated.assigned;
  const { effect } = by("difference");
  t.diagnostic(`assigned: ${effect.value.toFixed(4)} [${effect.lower.toFixed(4)}, ` +
    `${effect.upper.toFixed(4)}], true about ${expected.toFixed(4)}; n ${by("difference").n}`);
  assert.ok(effect.lower < expected && expected < effect.upper, JSON.stringify(effect));
  const contact = by("contact").effect;
  t.diagnostic(`contact: ${contact.value.toFixed(4)} [${contact.lower.toFixed(4)}, ` +
    `${contact.upper.toFixed(4)}], true ${moved} less where support is near 1`);
  assert.ok(contact.lower < moved && moved * 0.85 < contact.upper, JSON.stringify(contact));
  const band = report.tracks[0].points.at(-1);
  assert.ok(band.lower < expected && expected < band.upper, JSON.stringify(band));
  assert.ok(band.lower < band.fixed_lower && band.upper > band.fixed_upper);
  assert.ok(report.costs[0].each.gained > 0 && report.costs[0].each.cents > 0);
  assert.ok(report.position > running.position && report.age_ms < 10_000);
  assert.equal(report.leaked, 0);

  // The tracker says the same, and the answers stand for the registry.
  const [row] = (await admin.get("/v1/strategy")).items;
  assert.equal(row.experiment, begun.id);
  assert.equal(row.effect.value, effect.value);
  assert.ok(row.chance_best > 0.95 && row.conversation_cents > 0 && row.always.lower < effect.lower);
  const said = await admin.get("/v1/questions/support/estimates?margins=age,gender");
  assert.equal(said.n, answered);
  assert.equal(said.is_weighted, true, said.sentences.join(" "));
  assert.ok(said.effective_n < said.n && said.design_effect > 1);
  const [, sex] = said.margins;
  for (const part of sex.rows) assert.ok(Math.abs(part.weighted - part.population) < 1e-9);
  assert.ok(said.choices[0].weighted.lower < said.choices[0].weighted.value);
  assert.ok(said.states.complete > 0 && said.states.rr1 > 0.9);
  assert.ok(said.trend.length >= 1 && said.trend[0].smooth.lower < said.trend[0].smooth.value);
  for (const wrong of ["margins=luck", "yes=9", "yes=x"]) {
    const refused = await admin.call("GET", `/v1/questions/support/estimates?${wrong}`);
    assert.equal(refused.status, 422, JSON.stringify(refused.body));
  }
  assert.equal((await admin.call("GET", "/v1/questions/none/estimates")).status, 404);

  const changed = await admin.post(`/v1/experiments/${begun.id}/outcomes`, {
    outcome: { kind: "disposition", key: "reached" }, reason: "Out of curiosity." });
  assert.equal(changed.outcomes[1].is_primary, false);
  assert.match(changed.outcomes[1].reason, /curiosity/);
  const second = await admin.get(`/v1/experiments/${begun.id}?outcome=2`);
  assert.equal(second.outcome, 2);
  const ended = await admin.post(`/v1/experiments/${begun.id}/state`, { state: "ended" });
  assert.ok(ended.ended_at);
  assert.equal((await admin.get("/v1/experiments")).items.length, 1);
  const back = await admin.call("POST", `/v1/experiments/${begun.id}/state`, { state: "measuring" });
  assert.equal(back.status, 409);
});

function sql(server, text) {
  execFileSync("psql", ["-h", join(server.dataDir, "run"), "-U", "hustings", "-d", "hustings",
    "-qAtc", `set search_path = hustings; ${text}`]);
}

/// Somebody at the database itself takes the lock away: nothing of the program does.
function takeLockAway(server) {
  sql(server, "delete from line_attempt where experiment_id is not null; " +
    "update queue_line set state = 'ready', reason = null where reason = 'experiment_holdout'; " +
    "update experiment_member set held = false");
}

test("a hold-out that leaks is found, and said wherever its numbers are", async (t) => {
  const server = await Server.start(t);
  const admin = await server.administrator();
  const files = await inventVoters(t, { voters: 200 });
  assert.equal((await admin.import(files.roll, "nc")).state, "published");
  await until(async () => (await admin.get("/v1/home")).voters === 200, "the voters to show");
  const rule = { field: "has_phone", is: true };
  const treatment = await openPhonebank(admin, { rule, holdout: 50 });
  const everybody = await openPhonebank(admin, { rule, retry_minutes: 0, attempts_max: 1 });
  const begun = await admin.post("/v1/experiments", {
    name: "Calls", hypothesis: "Calls win supporters.", list: treatment.list.id,
    control: "holdout", outcomes: [{ kind: "disposition", key: "reached" }] });
  const barred = async () => (await admin.get(`/v1/phonebanks/${everybody.phonebank.id}`))
    .barred_reasons.find(({ reason }) => reason === "experiment_holdout")?.count ?? 0;
  assert.ok(await until(barred, "the hold-out to be barred") > 5);
  takeLockAway(server);
  await callAll(server, everybody.link, 2, async () => ({ disposition: "reached" }));
  const { holdout } = treatment.list;
  const report = await until(async () => {
    const now = await admin.get(`/v1/experiments/${begun.id}`);
    return now.leaked >= 0.9 * holdout && now;
  }, "the leak to show");
  assert.ok(report.leaked <= holdout);
  assert.match(report.sentences.join(" "), /the hold-out has leaked/);
  assert.ok(report.arms.find((arm) => arm.is_control).tried >= 0.9 * holdout);
  assert.equal((await admin.get("/v1/strategy")).items[0].leaked, report.leaked);
});

test("how many voters it takes is told before anything is begun", async (t) => {
  const server = await Server.start(t);
  const admin = await server.administrator();
  const plan = await admin.post("/v1/experiments/power", {
    effect: 0.05, contact: 0.3, explained: 0.81, voters: 10000 });
  const placebo = await admin.post("/v1/experiments/power", { effect: 0.05, explained: 0.81 });
  assert.ok(Math.abs(plan.needed_voters / placebo.needed_voters - 1 / 0.09) < 0.05);
  assert.ok(plan.power > 0 && plan.power < 1 && plan.detectable_effect > 0);
  const refused = await admin.call("POST", "/v1/experiments/power", { control_mean: 0 });
  assert.equal(refused.status, 422);
});

const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

test("each arm has its own cost, from the ledger's weeks too, and effects go out by channel",
  async (t) => {
    const server = await Server.start(t);
    const admin = await server.administrator();
    const files = await inventVoters(t, { voters: 900 });
    await admin.import(files.roll, "nc");
    await until(async () => (await admin.get("/v1/home")).voters === 900, "the voters to show");
    const settings = await admin.get("/v1/spending/settings");
    await admin.must("PUT", "/v1/spending/settings",
      { ...settings, budget_cents: 10_000_000, first_day: day(-7), weeks: 8 });
    for (const [kind, text] of Object.entries({
      markets: "market,title,people\nm1,Ash City,300000\n",
      channels: "channel,title,kind\ncalls,Calls,contact\nletters,Letters,media\n" }))
      await admin.must("PUT", `/v1/spending/sheets/${kind}`, Buffer.from(text));
    for (const [channel, week, cents] of [["calls", 1, 10_000], ["calls", 2, 40_000],
      ["letters", 2, 7_000]])
      await admin.post("/v1/ledger/commitments",
        { market: "m1", channel, week, cents, day: day(0), key: randomUUID() });

    const segment = await admin.post("/v1/segments",
      { name: "All", rule: { field: "has_phone", is: true } });
    const list = await admin.post("/v1/lists", { name: "Two ways", segment: segment.id, seed: 3,
      holdout_percent: 40, arms: [{ name: "talk", percent: 60 }, { name: "post", percent: 40 }] });
    const script = await admin.post("/v1/scripts", { name: "S", introduction: "", closing: "",
      questions: [{ key: "support", kind: "choice", text: "Whom?", choices: ["Ours", "Other"] }] });
    const begun = await admin.post("/v1/experiments", {
      name: "Two ways", hypothesis: "Talk helps.", list: list.id, control: "holdout",
      outcomes: [{ kind: "answer", key: "support", choices: [1], after_contacts: true }] });
    const path = `/v1/experiments/${begun.id}`;
    const cost = (of) => admin.post(`${path}/cost`, of);

    // One arm is called by a phone bank.
    const bank = await admin.post("/v1/phonebanks", { name: "Talk", list: list.id,
      script: script.id, retry_minutes: 0, attempts_max: 1, opens: "00:00", closes: "24:00" });
    await admin.post(`/v1/phonebanks/${bank.id}/state`, { state: "open" });
    const link = await admin.post(`/v1/phonebanks/${bank.id}/join-links`,
      { hours_valid: 1, uses_max: 10 });
    await callAll(server, link, 4, async (voter) =>
      ({ disposition: chance(`home ${voter}`) < 0.6 ? "reached" : "no_answer" }));
    await admin.post(`${path}/state`, { state: "measuring" });

    // Everybody is asked by letter, whom the calls have moved more.
    const members = async (arm) => {
      const saved = await admin.post("/v1/segments",
        { name: `Arm ${arm}`, rule: { list: list.id, arm } });
      return (await admin.get(`/v1/segments/${saved.id}/voters.csv`)).trim().split("\r\n").slice(1)
        .map((line) => line.split(",")[0]);
    };
    for (const [arm, yes] of [["holdout", 45], ["talk", 50], ["post", 47]]) {
      const answers = (await members(arm)).map((voter, place) => (
        { voter, question: "support", choice: place * 37 % 100 < yes ? 1 : 2 }));
      for (let at = 0; at < answers.length; at += 500)
        await admin.post("/v1/answers", { key: randomUUID(), answers: answers.slice(at, at + 500) });
    }

    const rows = async () => Object.fromEntries(
      (await admin.get("/v1/strategy")).items.map((row) => [row.arm, row]));
    await until(async () => (await rows()).post?.effect, "the effects to show");
    assert.equal((await rows()).talk.spent_cents, null);

    // One sum of both is shared by their voters.
    await cost({ cost_cents: 9_000 });
    const shared = await rows();
    const voters = shared.talk.assigned + shared.post.assigned;
    assert.equal(shared.talk.spent_cents + shared.post.spent_cents, 9_000);
    assert.ok(Math.abs(shared.post.spent_cents - 9_000 * shared.post.assigned / voters) <= 1);
    assert.equal(shared.talk.cost.gained > 0, true);

    // Its own from the ledger, of one week; the other one has the sum for itself.
    await cost({ arm: "talk", channel: "calls", from_week: 2 });
    const own = await rows();
    assert.deepEqual([own.talk.spent_cents, own.post.spent_cents], [40_000, 9_000]);
    assert.equal(own.talk.conversation_cents, 40_000 / own.talk.contacted);
    await admin.post("/v1/ledger/commitments",
      { market: "m1", channel: "calls", week: 3, cents: 500, day: day(0), key: randomUUID() });
    assert.equal((await rows()).talk.spent_cents, 40_500, "what is booked later counts");
    const report = await admin.get(path);
    assert.deepEqual(report.costs.map((one) => [one.arm, one.spent_cents]),
      [["talk", 40_500], ["post", 9_000]]);
    assert.deepEqual(report.experiment.arm_costs.map(({ arm, channel }) => [arm, channel]),
      [["talk", "calls"]]);
    const wrong = await admin.call("POST", `${path}/cost`, { arm: "holdout", cost_cents: 1 });
    assert.deepEqual([wrong.status, wrong.body.where], [422, "arm"]);

    // What a conversation does goes out under its channel, and the spending side takes it.
    const measures = await admin.get("/v1/strategy/measures.csv");
    const [head, line, ...rest] = measures.trim().split("\r\n");
    assert.equal(head, "channel,effect_points,error_points,source");
    assert.deepEqual(rest, []);
    const [channel, points, error, source] = line.split(",");
    const contact = report.effects.find(({ arm, method }) => arm === "talk" && method === "contact");
    assert.equal(channel, "calls");
    assert.ok(Math.abs(Number(points) - 100 * contact.effect.value) < 1e-5);
    assert.ok(Math.abs(Number(error) - 100 * contact.effect.se) < 1e-5);
    assert.equal(source, `experiment ${begun.id} talk`);
    const taken = await admin.must("PUT", "/v1/spending/sheets/measures", Buffer.from(measures));
    assert.equal(taken.rows, 1);
  });
