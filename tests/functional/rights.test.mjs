// Rights of a person: everything that is known, erasure that holds in calls, lists, files and archives;
// already-voted files; and protected voters, of whom nothing leaves the server.
import assert from "node:assert/strict";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import {
  Client, Server, hustings, inventVoters, joinAs, openPhonebank, resultFor, temporaryFolder, until,
} from "./harness.mjs";

async function campaign(t, { voters = 2000 } = {}) {
  const server = await Server.start(t);
  const admin = await server.administrator();
  const files = await inventVoters(t, { voters });
  assert.equal((await admin.import(files.roll, "nc")).state, "published");
  assert.equal((await admin.import(files.history, "nc-history")).state, "published");
  await until(async () => (await admin.get("/v1/home")).voters === voters, "the voters to show");
  return { server, admin, files };
}

const linesOf = (text) => text.trim().split(/\r?\n/);
const wholeName = (voter) => [voter.name.first, voter.name.last].join(" ").toUpperCase();

test("a person's download, in the browser's way and in the shell's", async (t) => {
  const { server, admin } = await campaign(t, { voters: 1000 });
  const { items } = await admin.get("/v1/voters?query=smith&limit=1");
  const voter = await admin.get(`/v1/voters/${items[0].id}`);
  const answer = await admin.call("GET", `/v1/voters/${voter.id}/everything`);
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get("content-disposition"), /attachment; filename="vtr_.*json"/);
  const all = answer.body;
  assert.equal(all.voter, voter.id);
  assert.equal(all.tables.voter.length, 1);
  assert.equal(all.tables.voter[0].last_name, voter.name.last.toUpperCase());
  assert.equal(all.rows_as_received.length, 1);
  assert.ok(all.rows_as_received[0].row.includes(voter.provenance[0].external_id));
  assert.equal(all.identities[0].external_id, voter.provenance[0].external_id);
  assert.ok(all.held_by_files.length >= 1);
  const timeline = (await admin.get(`/v1/voters/${voter.id}/timeline`)).items;
  assert.ok(timeline.some((one) => one.kind === "person_data_given" && one.actor_name === "Ada Admin"),
    JSON.stringify(timeline.map((one) => [one.kind, one.actor_name])));
  assert.equal(timeline.at(-1).kind, "record_read");
  assert.equal(timeline.at(-1).file_name, "ncvoter.txt");

  const file = join(temporaryFolder(), "person.json");
  const shell = (...args) => hustings(...args, "--data", server.dataDir);
  const given = await shell("person-data", voter.id, "--out", file);
  assert.equal(given.code, 0, given.stderr);
  assert.equal(JSON.parse(readFileSync(file, "utf8")).tables.voter.length, 1);
  assert.equal(statSync(file).mode & 0o077, 0, "for its owner alone");
  assert.equal((await shell("person-data", voter.id, "--out", file)).code, 2, "never over a file");
  const nobody = await shell("person-data", "vtr_zzzz", "--out", `${file}.2`);
  assert.equal(nobody.code, 2);
  assert.equal(linesOf(nobody.stderr).length, 1);
  assert.equal((await admin.call("GET", "/v1/voters/vtr_1/everything")).status, 404);
});

test("an erasure in a running call: the caller is told, a late result is answered, nothing stays",
  async (t) => {
    const { server, admin, files } = await campaign(t);
    const { link, list, segment } = await openPhonebank(admin,
      { rule: { field: "has_phone", is: true } });
    const caller = await joinAs(server.url, link.code, "Cal");
    let lease = (await caller.post("/v1/caller/claim")).lease;
    while (lease.voters.length > 1) {  // a line with one voter behind it
      await caller.post("/v1/caller/release", { lease: lease.id, epoch: lease.epoch, reason: "skipped" });
      lease = (await caller.post("/v1/caller/claim")).lease;
    }
    const id = lease.voters[0].id;
    const voter = await admin.get(`/v1/voters/${id}`);
    const before = await admin.get(`/v1/segments/${segment.id}`);
    const outlook = await admin.get(`/v1/voters/${id}/erasure`);
    assert.equal(outlook.identities, 1);
    assert.equal(outlook.raw_rows, 1);
    assert.ok(outlook.tables.some((one) => one.table === "call_target"));
    assert.equal((await caller.call("POST", `/v1/voters/${id}/erasure`, { reason: "law" })).status, 403);
    assert.equal((await admin.call("POST", `/v1/voters/${id}/erasure`, { reason: "x" })).status, 422);

    const erased = await admin.post(`/v1/voters/${id}/erasure`, { reason: "person_asked" });
    assert.equal(erased.raw_rows, 1);
    assert.deepEqual((await caller.get("/v1/caller/bars")).leases, [lease.id], "the caller is told");
    const late = await caller.call("POST", "/v1/caller/results", resultFor(lease, "reached"));
    assert.equal(late.status, 409);
    assert.match(late.body.detail, /erased .* nothing of this call was kept/);
    const next = (await caller.post("/v1/caller/claim")).lease;
    assert.notEqual(next.number, lease.number);
    await caller.post("/v1/caller/results", resultFor(next, "reached"));

    assert.equal((await admin.call("GET", `/v1/voters/${id}`)).status, 404);
    const external = voter.provenance[0].external_id;
    for (const query of [id, external, voter.phones[0].number]) {
      const found = (await admin.get(`/v1/voters?query=${encodeURIComponent(query)}`)).items;
      assert.ok(found.every((one) => one.name.toUpperCase() !== wholeName(voter)), query);
    }
    assert.equal((await admin.get(`/v1/lists/${list.id}`)).erased, 1);
    await until(async () => (await admin.get(`/v1/segments/${segment.id}`)).count === before.count - 1,
      "the segment to count one less", 10);
    assert.equal((await admin.call("POST", `/v1/voters/${id}/erasure`, { reason: "law" })).status, 404);

    // The next file does not bring the person back.
    const again = join(temporaryFolder(), "again.txt");
    writeFileSync(again, readFileSync(files.roll, "latin1").replace(/\n$/, "\n\n"), "latin1");
    const imported = await admin.import(again, "nc");
    assert.equal(imported.state, "published", imported.error);
    assert.deepEqual(imported.warnings.filter((one) => one.kind === "erased").map((one) => one.count), [1]);
    assert.equal((await admin.get(`/v1/voters?query=${external}`)).items.length, 0);
    await until(async () => (await admin.get("/v1/home")).voters === 1999, "one voter less", 10);
  });

test("erased in the shell, and not brought back by an older archive", async (t) => {
  const { server, admin } = await campaign(t, { voters: 1000 });
  const shell = (...args) => hustings(...args, "--data", server.dataDir);
  const folder = temporaryFolder();
  const { items } = await admin.get("/v1/voters?query=smith&limit=1");
  const id = items[0].id;
  const external = (await admin.get(`/v1/voters/${id}`)).provenance[0].external_id;
  assert.equal((await shell("archive", join(folder, "old"))).code, 0);

  const asked = await shell("erase", id);
  assert.equal(asked.code, 0, asked.stderr);
  assert.match(asked.stdout, /would erase .*\n[^]*Nothing was changed/);
  assert.equal((await admin.call("GET", `/v1/voters/${id}`)).status, 200);
  const done = await shell("erase", id, "--yes", "--reason", "law");
  assert.equal(done.code, 0, done.stderr);
  assert.match(done.stdout, /^erased vtr_/);
  assert.equal((await admin.call("GET", `/v1/voters/${id}`)).status, 404);
  assert.equal((await shell("erase", id, "--yes")).code, 2);
  assert.equal((await shell("erase")).code, 2);

  const tombstones = join(folder, "tombstones.txt");
  assert.equal((await shell("erase", "--export", tombstones)).code, 0);
  assert.match(readFileSync(tombstones, "utf8"), /^hustings-erasures 1\nkey 1 [0-9a-f]{64}\n(person .*\n)?identity 1 /);
  assert.equal((await shell("archive", join(folder, "new"))).code, 0);
  for (const [name, erasedIn] of [["by-file", tombstones], ["by-archive", join(folder, "new")]]) {
    const dataDir = join(folder, name);
    const back = await hustings("restore", join(folder, "old"), "--erased-in", erasedIn, "--data", dataDir);
    assert.equal(back.code, 0, back.stderr);
    assert.match(back.stdout, /1 persons who were erased since did not come back/);
    const restored = await Server.start(t, { dataDir });
    const client = new Client(restored.url);
    await client.post("/v1/session", { email: "ada@example.org", password: server.password });
    assert.equal((await client.get("/v1/home")).voters, 999);
    assert.equal((await client.get(`/v1/voters?query=${external}`)).items.length, 0);
    await restored.stop();
  }
  const wrong = await hustings("restore", join(folder, "old"), "--erased-in", join(folder, "none"),
    "--data", join(folder, "nowhere"));
  assert.equal(wrong.code, 2);
  assert.equal(linesOf(wrong.stderr).length, 1);
});

test("an already-voted file takes people out of running calls", async (t) => {
  const { server, admin } = await campaign(t);
  const { link } = await openPhonebank(admin, { rule: { field: "has_phone", is: true } });
  const caller = await joinAs(server.url, link.code, "Cal");
  const { lease } = await caller.post("/v1/caller/claim");
  const ids = [];
  for (const voter of lease.voters) {
    ids.push((await admin.get(`/v1/voters/${voter.id}`)).provenance[0].external_id);
  }
  const rows = ids.map((id) => `"WAKE","${id}","ACCEPTED"`).join("\n");
  const file = `"county_desc","ncid","ballot_rtn_status"\n${rows}\n"WAKE","XX99","ACCEPTED"\n` +
    `"WAKE","XX98","SPOILED"\n`;
  const path = "/v1/suppressions/already-voted?source=nc&from=county%20list";
  const result = await admin.must("PUT", path, file);
  assert.deepEqual({ added: result.added, unknown: result.unknown, left: result.left_out },
    { added: ids.length, unknown: 1, left: 1 });
  assert.deepEqual(result.unknown_first, ["XX99"]);
  assert.deepEqual((await caller.get("/v1/caller/bars")).leases, [lease.id], "the caller is told");
  await caller.post("/v1/caller/release", { lease: lease.id, epoch: lease.epoch, reason: "break" });
  const next = (await caller.post("/v1/caller/claim")).lease;
  assert.notEqual(next.number, lease.number);
  const bars = (await admin.get(`/v1/voters/${lease.voters[0].id}`)).suppressions;
  assert.deepEqual(bars.map((one) => [one.reason, one.source]), [["already_voted", "county list"]]);
  await until(async () => {
    const rule = { all: [{ field: "suppressed", is: true }] };
    return (await admin.post("/v1/segments/count", { rule })).count === ids.length;
  }, "the segments to know");
  const wrong = await admin.call("PUT", path, "name,town\nJo,Cary\n");
  assert.equal(wrong.status, 422);
  assert.equal(wrong.body.where, "column");

  const list = join(temporaryFolder(), "ids.txt");
  const others = next.voters.map((voter) => voter.id);  // our own ids do as well
  writeFileSync(list, `${others.join("\n")}\n${ids[0]}\n`);
  const shell = (...args) => hustings("suppress", "already-voted", ...args, "--data", server.dataDir);
  const said = await shell(list, "--source", "nc");
  assert.equal(said.code, 0, said.stderr);
  assert.match(said.stdout, new RegExp(`${others.length + 1} ids: ${others.length} voters have voted now, 1 were`));
  assert.ok((await caller.get("/v1/caller/bars")).leases.includes(next.id), "by the shell too");
  writeFileSync(list, `${ids[0]}\n`);
  const refused = await shell(list, "--source", "oh");
  assert.equal(refused.code, 2);
  assert.match(refused.stderr, /Check the source/);
});

/// Everything that a GET can say of a voter.
const voterPaths = (id, lists) => [
  `/v1/voters/${id}`, `/v1/voters/${id}/timeline`, `/v1/voters/${id}/everything`,
  `/v1/voters/${id}/consents`, `/v1/voters/${id}/erasure`,
  ...lists.flatMap((list) => [`/v1/lists/${list}`]),
];

test("of a protected voter nothing leads to the door, whatever is asked", async (t) => {
  const { admin, files } = await campaign(t, { voters: 1000 });
  // One voter of the file becomes confidential in the next one, with all that was known before.
  const [header, ...lines] = readFileSync(files.roll, "latin1").trimEnd().split("\n");
  const names = header.split("\t").map((name) => name.replaceAll('"', "").trim());
  const at = (name) => names.indexOf(name);
  const fields = (line) => line.split("\t").map((one) => one.replaceAll('"', "").trim());
  const place = lines.findIndex((line) => {
    const row = fields(line);
    return /^\d{10}$/.test(row[at("full_phone_number")]) && row[at("confidential_ind")] === "N" &&
      /^\d+ \S+/.test(row[at("res_street_address")]) && row[at("precinct_abbrv")];
  });
  const secret = fields(lines[place]);
  const ncid = secret[at("ncid")];
  const [{ id }] = (await admin.get(`/v1/voters?query=${ncid}`)).items;
  const neighbours = (await admin.get(`/v1/voters/${id}`)).household;
  const { list } = await openPhonebank(admin, { rule: { field: "has_phone", is: true } });
  const raw = lines[place].split("\t");
  raw[at("confidential_ind")] = raw[at("confidential_ind")].replace("N", "Y");
  lines[place] = raw.join("\t");
  const next = join(temporaryFolder(), "next.txt");
  writeFileSync(next, `${[header, ...lines].join("\n")}\n`, "latin1");
  assert.equal((await admin.import(next, "nc")).state, "published");
  await until(async () => (await admin.get(`/v1/voters/${id}`)).protected, "the protection to show");

  const street = secret[at("res_street_address")].replace(/\s+/g, " ");
  const phone = secret[at("full_phone_number")];
  const known = [street, phone];
  const doors = [...known, secret[at("zip_code")].slice(0, 5), secret[at("precinct_desc")]]
    .filter((one) => one.length > 3);
  // No GET of the API's own description is forgotten: each that names a voter is walked.
  const described = JSON.parse(readFileSync("docs/reference/openapi.json", "utf8"));
  const ofVoters = Object.entries(described.paths)
    .filter(([path, one]) => one.get && path.startsWith("/v1/voters/{id}"))
    .map(([path]) => path.replace("{id}", id));
  const plain = Object.entries(described.paths)
    .filter(([path, one]) => one.get && !path.includes("{")).map(([path]) => path);
  assert.ok(ofVoters.length >= 5 && plain.length >= 10, "the description is read");
  const walked = new Set([...voterPaths(id, [list.id]), ...ofVoters, ...plain]);
  for (const path of walked) {
    const answer = await admin.call("GET", path);
    assert.ok(answer.status < 500, `${path}: ${answer.status}`);
    const text = JSON.stringify(answer.body).toUpperCase();
    // Where others are shown too, a ZIP code may be theirs.
    for (const door of plain.includes(path) ? known : doors) {
      assert.ok(!text.includes(door.toUpperCase()), `${path} shows ${door}`);
    }
  }
  const shown = await admin.get(`/v1/voters/${id}`);
  assert.deepEqual([shown.phones, shown.household, shown.districts, shown.precinct],
    [[], [], {}, null]);
  for (const one of neighbours) {
    const other = await admin.get(`/v1/voters/${one.id}`);
    assert.ok(other.household.every((who) => who.id !== id), "not named at the neighbours' either");
  }
  for (const query of [phone, `${street} ${secret[at("zip_code")].slice(0, 5)}`, street]) {
    const found = (await admin.get(`/v1/voters?query=${encodeURIComponent(query)}`)).items;
    assert.ok(found.every((one) => one.id !== id), `found by ${query}`);
  }
  const byName = (await admin.get(`/v1/voters?query=${ncid}`)).items[0];
  assert.equal(byName.city, null);
  assert.equal(byName.phone_present, false);
});
