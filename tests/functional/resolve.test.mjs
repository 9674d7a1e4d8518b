// Who is one person: a sign-up list meets the roll, by itself, from the shell, over the API.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { join } from "node:path";
import { test } from "node:test";
import { Server, hustings, inventVoters, program, sleep, temporaryFolder, until } from "./harness.mjs";

const voters = 2000;
const listed = 300;

/// The roll's rows by column, those whose values are all shown.
function rollRows(file) {
  const [header, ...lines] = readFileSync(file, "latin1").split("\n");
  const fields = (line) => line.split("\t").map((f) => f.trim().replace(/^"|"$/g, "").trim());
  const names = fields(header);
  return lines.map(fields).filter((row) => row.length === names.length)
    .map((row) => Object.fromEntries(row.map((value, i) => [names[i], value])))
    .filter((row) => row.confidential_ind === "N" && /^\d+ /.test(row.res_street_address) &&
      row.status_cd === "A" && row.first_name && row.birth_year > "1900");
}

/// A sign-up list of people on the roll; the first ten are on it twice.
function signUpList(roll) {
  const people = rollRows(roll).filter((_, i) => i % 3 === 0).slice(0, listed);
  assert.equal(people.length, listed);
  const row = (person, id) => [id, person.first_name, person.middle_name, person.last_name,
    person.name_suffix_lbl, person.birth_year, person.res_street_address.replace(/\s+/g, " "),
    person.res_city_desc, "NC", person.zip_code, `${id}@example.net`].join(",");
  const rows = [...people.map((person, i) => row(person, `s${i}`)),
    ...people.slice(0, 10).map((person, i) => row(person, `again${i}`))];
  const file = join(temporaryFolder(), "signups.csv");
  writeFileSync(file, ["id,first_name,middle_name,last_name,suffix,birth_year,street,city,state,zip,email",
    ...rows].join("\n") + "\n", "latin1");
  return { file, people };
}

const countOf = async (admin) => (await admin.get("/v1/home")).voters;

test("a sign-up list meets the roll: joined, asked about, undone", async (t) => {
  const server = await Server.start(t);
  const admin = await server.administrator();
  const { roll } = await inventVoters(t, { voters, extra: ["--no-history"] });
  assert.equal((await admin.import(roll, "nc")).state, "published");
  assert.deepEqual((await admin.get("/v1/matches/runs")).items, [], "one file has nobody to meet");
  const { file, people } = signUpList(roll);
  const tried = await admin.import(file, "generic", { dry_run: true });
  assert.equal(tried.state, "tried", tried.error);
  const { alike } = tried.report.duplicates;
  assert.equal(alike.compared, listed + 10);
  assert.ok(alike.found > listed * 0.8, JSON.stringify(alike));
  assert.equal(alike.samples.length, 20);
  assert.ok(alike.samples.every((one) => one.probability >= 0.5 && one.voter.startsWith("vtr_")));
  const shell = await hustings("import", file, "--layout", "generic", "--dry-run",
    "--data", server.dataDir);
  assert.equal(shell.code, 0, shell.stderr);
  assert.match(shell.stdout, new RegExp(`${alike.found} of ${listed + 10} new rows compared`));
  assert.match(shell.stdout, /line \d+ \(s\d+\) as vtr_\w+, \d+ %/);
  const imported = await admin.import(file, "generic");
  assert.equal(imported.state, "published", imported.error);

  const run = await until(async () => {
    const [last] = (await admin.get("/v1/matches/runs")).items;
    return last?.state === "done" && last;
  }, "a run to begin and end by itself", 60);
  assert.equal(run.started_by, "system");
  assert.equal(run.scope, "new");
  assert.ok(run.report.joined > listed * 0.8, JSON.stringify(run.report));
  const expected = voters + listed + 10 - run.report.joined;
  await until(async () => (await countOf(admin)) === expected, "segments to follow");

  const found = await admin.post("/v1/matches/find", {
    first_name: people[50].first_name, last_name: people[50].last_name,
    street: people[50].res_street_address, zip: people[50].zip_code,
    birth_year: Number(people[50].birth_year) });
  assert.ok(found.voters[0].probability > 0.9, JSON.stringify(found));
  assert.ok(found.records >= voters);
  const known = await admin.get(`/v1/voters/${found.voters[0].voter}`);
  assert.ok(known.provenance.length >= 2, "the roll's record and the sign-up's");

  // Whoever signed up twice is in the queue: the list itself holds the two apart.
  const whole = await hustings("resolve", "--data", server.dataDir);
  assert.equal(whole.code, 0, whole.stderr);
  assert.match(whole.stdout, /✓ resolve .*records, .* pairs compared: .* joined another/);
  assert.match(whole.stdout, /voters have 2 records/);
  const { items } = await admin.get("/v1/matches?limit=200");
  assert.ok(items.length >= 5, `${items.length} pairs wait`);
  for (let i = 1; i < items.length; ++i) assert.ok(items[i - 1].gain >= items[i].gain);
  const [pair] = items;
  const detail = await admin.get(`/v1/matches/${pair.id}`);
  assert.ok(detail.evidence.length > 1);
  assert.ok(detail.values.some((value) => value.name === "last_name"));
  const { decision } = await admin.post(`/v1/matches/${pair.id}/decide`, { decision: "same" });
  assert.equal((await admin.call("GET", `/v1/matches/${pair.id}`)).status, 404);
  const [first, second] = [await admin.get(`/v1/voters/${pair.one.voter}/decisions`),
    await admin.get(`/v1/voters/${pair.other.voter}/decisions`)];
  assert.equal(first.items[0].kind, "same");
  assert.equal(second.items[0].id, first.items[0].id, "both are one person now");
  await admin.post(`/v1/decisions/${decision}/undo`);
  assert.equal((await admin.get(`/v1/matches/${pair.id}`)).match.id, pair.id, "it waits again");
  await admin.post(`/v1/matches/${pair.id}/decide`, { decision: "different" });
  const joined = await admin.call("POST", `/v1/voters/${pair.one.home}/join`,
    { voter: pair.other.home });
  assert.equal(joined.status, 200, "of the very pair the later word counts");
  await admin.post(`/v1/decisions/${joined.body.decision}/undo`);

  await admin.post(`/v1/imports/${imported.id}/undo`);
  await until(async () => (await admin.get(`/v1/imports/${imported.id}`)).state === "undone",
    "the undo");
  await until(async () => (await countOf(admin)) === voters, "everybody to be alone again");
  const left = (await admin.get("/v1/matches?limit=200")).items;
  assert.ok(left.every((one) => one.one.source === "nc" && one.other.source === "nc"),
    "of the list nothing is left to decide");
  const alone = await admin.get(`/v1/voters/${found.voters[0].voter}`);
  assert.ok(alone.provenance.every((record) => record.source === "nc"));
});

test("a run that is killed changes nothing, and the next one does all", async (t) => {
  const server = await Server.start(t);
  const admin = await server.administrator();
  const { roll } = await inventVoters(t, { voters, extra: ["--no-history"] });
  const { file } = signUpList(roll);
  // Both while no server looks for new files.
  for (const [path, layout] of [[roll, "nc"], [file, "generic"]]) {
    await server.stop();
    const imported = await hustings("import", path, "--layout", layout, "--data", server.dataDir);
    assert.equal(imported.code, 0, imported.stderr);
  }
  for (const wait of [5, 60, 150]) {
    const child = spawn(program, ["resolve", "--data", server.dataDir], { stdio: "ignore" });
    const closed = once(child, "close");
    await sleep(wait + 400);
    child.kill("SIGKILL");
    await closed;
  }
  await server.launch();
  admin.url = server.url;
  const run = await until(async () => {
    const [last] = (await admin.get("/v1/matches/runs")).items;
    return last?.state === "done" && last;
  }, "the server to take it up", 60);
  const runs = (await admin.get("/v1/matches/runs")).items;
  assert.ok(runs.every((one) => one.state === "done" || one.state === "failed"));
  const joined = runs.filter((one) => one.state === "done")
    .reduce((sum, one) => sum + one.report.joined, 0);
  assert.ok(joined > listed * 0.8, JSON.stringify(run.report));
  await until(async () => (await countOf(admin)) === voters + listed + 10 - joined,
    "every voter to be there");
});

test("what cannot be done is said", async (t) => {
  const server = await Server.start(t);
  const admin = await server.administrator();
  const empty = await hustings("resolve", "--data", server.dataDir);
  assert.equal(empty.code, 0, empty.stderr);
  assert.match(empty.stdout, /0 records/);
  for (const [path, body, status] of [
    ["/v1/matches/find", { first_name: "Ann" }, 400],
    ["/v1/matches/find", { last_name: "Smith", first_name: "Ann", phone: "12" }, 422],
    ["/v1/matches/runs", { scope: "planet" }, 422],
  ]) {
    const answer = await admin.call("POST", path, body);
    assert.equal(answer.status, status, JSON.stringify(answer.body));
  }
  assert.equal((await admin.call("GET", "/v1/matches?state=same")).status, 422);
});
