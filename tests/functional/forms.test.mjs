// Questions that no caller asks: a sample is drawn, its members fill in a web form, a file brings
// more answers, and the estimate stands for the segment by the design weights.
import assert from "node:assert/strict";
import { writeFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Client, Server, inventVoters, temporaryFolder, until } from "./harness.mjs";

const formScript = {
  name: "Spring", introduction: "Hello!", closing: "Thank you.",
  questions: [
    { key: "support", kind: "choice", text: "Whom?", choices: ["Ours", "Other"], rotates: true },
    { key: "issues", kind: "multiple", text: "What matters?", choices: ["Jobs", "Schools", "Roads"] },
    { key: "age_said", kind: "number", text: "How old are you?", choices: [] },
  ],
};

const csv = (text) => text.trim().split("\r\n").map((line) => line.split(","));

test("a sample fills in a form, a file adds to it, and the weights are used", async (t) => {
  const server = await Server.start(t);
  const admin = await server.administrator();
  const files = await inventVoters(t, { voters: 800 });
  assert.equal((await admin.import(files.roll, "nc")).state, "published");
  await until(async () => (await admin.get("/v1/home")).voters === 800, "the voters to show");
  const segment = await admin.post("/v1/segments", { name: "All", rule: { all: [] } });
  const sample = await admin.post("/v1/lists", {
    name: "Sample", segment: segment.id, seed: 5, stratify_by: ["party"],
    sample: { method: "stratified", size: 60, allocation: "equal" } });
  assert.equal(sample.size, 60);
  const figures = await admin.get(`/v1/lists/${sample.id}/sample`);
  assert.ok(Math.abs(figures.weight_sum - sample.frame) < 1e-6);
  assert.ok(figures.design_effect > 1);
  const weights = new Map(csv(await admin.get(`/v1/lists/${sample.id}/sample.csv`)).slice(1)
    .map(([voter, , weight]) => [voter, Number(weight)]));
  assert.equal(weights.size, 60);
  const refused = await admin.call("POST", "/v1/lists", {
    name: "No", segment: segment.id, sample: { method: "clustered", size: 3 } });
  assert.equal(refused.status, 422);
  assert.equal(refused.body.where, "sample.cluster_by");

  const script = await admin.post("/v1/scripts", formScript);
  const form = await admin.post("/v1/forms", {
    name: "Your opinion", list: sample.id, script: script.id,
    expires_at: new Date(Date.now() + 86_400_000).toISOString() });
  const links = csv(await admin.post(`/v1/forms/${form.id}/links`)).slice(1)
    .map(([voter, , link]) => ({ voter, token: link.split("/form/")[1] }));
  assert.equal(links.length, 60);
  const voter = new Client(server.url);  // no account, no session
  const [first] = links;
  const opened = await voter.post("/v1/form/open", { token: first.token, browser: "one" });
  assert.equal(opened.name, "Your opinion");
  assert.doesNotMatch(JSON.stringify(opened), new RegExp(first.voter), "nothing of the voter");
  const [support, issues, age] = opened.questions;
  await voter.post("/v1/form/answers", { token: first.token, browser: "one",
    answers: [{ question: support.id, choice: 2 }] });
  const again = await voter.post("/v1/form/open", { token: first.token, browser: "one" });
  assert.equal(again.answers[0].choice, 2);
  const stranger = await voter.post("/v1/form/open", { token: first.token, browser: "two" });
  assert.deepEqual(stranger.answers, []);
  assert.equal((await admin.get(`/v1/forms/${form.id}`)).begun, 1);

  const says = new Map();
  for (const [place, { voter: id, token }] of links.slice(0, 50).entries()) {
    says.set(id, place % 3 === 0 ? 1 : 2);
    const sheet = await voter.post("/v1/form/answers", { token, browser: "one", done: true,
      answers: [{ question: support.id, choice: says.get(id) },
        { question: issues.id, text: place % 2 === 0 ? "1 3" : "2" },
        { question: age.id, text: String(20 + place) }] });
    assert.equal(sheet.done, true);
  }
  const twice = await voter.call("POST", "/v1/form/answers",
    { token: first.token, browser: "one", done: true, answers: [{ question: support.id, choice: 1 }] });
  assert.equal(twice.status, 409);

  // The others sent letters: their answers come in a file.
  const rest = links.slice(50).map(({ voter: id }) => id);
  rest.forEach((id, place) => says.set(id, place % 2 === 0 ? 1 : 2));
  const when = new Date().toISOString();
  const file = ["who,support,at", ...rest.map((id) => `${id},${says.get(id) === 1 ? "Ours" : "2"},`),
    "vtr_none,Ours,", `${rest[0]},Nobody,`].join("\n").replaceAll(/,$/gm, `,${when}`);
  const query = "/v1/answers/file?voter_column=who&by=id&at_column=at";
  const dry = await admin.must("PUT", `${query}&dry_run=true`, file);
  assert.deepEqual([dry.answers, dry.rejected], [10, 2]);
  assert.equal(dry.rejects.find(({ line }) => line === 13).column, "support");
  assert.equal((await admin.get("/v1/questions/support/results")).n, 50);
  assert.equal((await admin.must("PUT", query, file)).answers, 10);
  assert.equal((await admin.must("PUT", query, file)).repeat, true);
  const report = await until(async () => {
    const now = await admin.get(
      `/v1/questions/support/estimates?margins=&list=${sample.id}`);
    return now.n === 60 && now;
  }, "all answers");
  assert.equal(report.sample, true);
  const all = [...says].reduce((sum, [id]) => sum + weights.get(id), 0);
  const ours = [...says].reduce((sum, [id, choice]) => sum + (choice === 1 ? weights.get(id) : 0), 0);
  assert.ok(Math.abs(report.choices[0].weighted.value - ours / all) < 1e-6,
    `${report.choices[0].weighted.value} against ${ours / all}`);
  const several = await admin.get(`/v1/questions/issues/estimates?margins=&list=${sample.id}`);
  assert.deepEqual(several.choices.map(({ count }) => count), [25, 25, 25]);
  const ages = await admin.get(`/v1/questions/age_said/estimates?margins=&list=${sample.id}`);
  assert.ok(ages.mean.lower < ages.mean.value && ages.mean.value < ages.mean.upper);
  const done = await admin.get(`/v1/forms/${form.id}`);
  assert.deepEqual([done.links, done.done, done.begun], [60, 50, 0]);
  assert.ok(Math.abs(done.rr1 - 50 / 60) < 1e-9);
  await admin.post(`/v1/forms/${form.id}/close`);
  assert.equal((await voter.call("POST", "/v1/form/open", { token: links[55].token })).status, 410);
});

test("another program hands in answers under a key", async (t) => {
  const server = await Server.start(t);
  const admin = await server.administrator();
  const files = await inventVoters(t, { voters: 60 });
  await admin.import(files.roll, "nc");
  await until(async () => (await admin.get("/v1/home")).voters === 60, "the voters to show");
  const script = await admin.post("/v1/scripts", formScript);
  assert.equal(script.questions.length, 3);
  const segment = await admin.post("/v1/segments", { name: "All", rule: { all: [] } });
  const list = await admin.post("/v1/lists", { name: "All", segment: segment.id, seed: 1,
    holdout_percent: 0 });
  const form = await admin.post("/v1/forms", { name: "F", list: list.id, script: script.id,
    expires_at: new Date(Date.now() + 86_400_000).toISOString() });
  const voters = csv(await admin.post(`/v1/forms/${form.id}/links`)).slice(1).map(([id]) => id);
  assert.ok(voters.length >= 50);
  const batch = { key: crypto.randomUUID(), answers: voters.slice(0, 50).flatMap((voter, place) => [
    { voter, question: "support", choice: 1 + (place % 2) },
    { voter, question: "age_said", text: String(30 + place) }]) };
  assert.deepEqual(await admin.post("/v1/answers", batch),
    { answers: 100, voters: 50, repeat: false });
  assert.deepEqual(await admin.post("/v1/answers", batch),
    { answers: 100, voters: 50, repeat: true });
  assert.equal((await admin.get("/v1/questions/support/results")).n, 50);
  // Rules ask about numbers and several choices, live.
  const some = { key: crypto.randomUUID(), answers: voters.slice(0, 3).map((voter, place) => (
    { voter, question: "issues", text: ["1 3", "2", "1 2 3"][place] })) };
  await admin.post("/v1/answers", some);
  const count = async (rule) => (await admin.post("/v1/segments/count", { rule })).count;
  await until(async () => (await count({ field: "answer:issues", in: [3] })) === 2, "both");
  assert.equal(await count({ field: "answer:issues", none_of: [3] }), 58);
  assert.equal(await count({ field: "answer:age_said", between: [40, 49] }), 10);
  assert.equal(await count({ field: "answered:age_said", at_least: 75 }), 5);
  for (const [rule, words] of [[{ field: "answer:issues", at_least: 1 }, /by choices/],
    [{ field: "answer:age_said", in: [1] }, /by a number/]]) {
    const wrong = await admin.call("POST", "/v1/segments/count", { rule });
    assert.equal(wrong.status, 422);
    assert.match(wrong.body.detail, words);
  }
  const changed = await admin.call("POST", "/v1/answers",
    { ...batch, answers: batch.answers.slice(1) });
  assert.equal(changed.status, 409);
  const refused = await admin.call("POST", "/v1/answers", { key: crypto.randomUUID(),
    answers: [batch.answers[0], { voter: "vtr_no", question: "support", choice: 1 }] });
  assert.deepEqual([refused.status, refused.body.where], [422, "answers[1].voter"]);
  const two = await admin.call("POST", "/v1/answers", { key: crypto.randomUUID(),
    answers: [{ voter: voters[0], phone: "919-555-0001", question: "support", choice: 1 }] });
  assert.equal(two.status, 422);
  assert.equal((await new Client(server.url).call("POST", "/v1/answers", batch)).status, 401);
});

test("behind a trusted proxy each visitor is limited alone", async (t) => {
  const config = join(temporaryFolder(), "hustings.toml");
  writeFileSync(config, '[listen]\ntrusted_proxies = "127.0.0.1"\n');
  const server = await Server.start(t, { args: ["--config", config] });
  const open = (address) => fetch(`${server.url}/v1/form/open`, { method: "POST",
    headers: { "content-type": "application/json", "x-forwarded-for": address },
    body: JSON.stringify({ token: `00a${"x".repeat(43)}` }) });
  const statuses = new Set();
  for (let i = 0; i < 25; ++i) statuses.add((await open("203.0.113.7")).status);
  assert.deepEqual([...statuses], [404, 429]);
  assert.equal((await open("203.0.113.8")).status, 404, "another visitor");
  assert.equal((await open("203.0.113.8, 203.0.113.7")).status, 429, "the last one counts");
});

test("who guesses links is stopped, and what is no form is refused", async (t) => {
  const server = await Server.start(t);
  const admin = await server.administrator();
  const voter = new Client(server.url);
  const statuses = new Set();
  for (let i = 0; i < 25; ++i) {
    statuses.add((await voter.call("POST", "/v1/form/open", { token: `00a${"x".repeat(43)}` })).status);
  }
  assert.deepEqual([...statuses], [404, 429]);
  const folder = temporaryFolder();
  writeFileSync(join(folder, "x.xlsx"), "no workbook");
  const refused = await admin.call("PUT", "/v1/scripts/xlsform", readFileSync(join(folder, "x.xlsx")));
  assert.equal(refused.status, 422);
  assert.match(refused.body.detail, /no \.xlsx workbook/);
  assert.equal((await voter.call("PUT", "/v1/scripts/xlsform", "x")).status, 401);
});
