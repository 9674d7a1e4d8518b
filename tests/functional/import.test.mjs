// Imports through the API and the shell: good files, bad files, and what they leave behind.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Server, hustings, inventVoters, temporaryFolder, until } from "./harness.mjs";

const countOf = (client, rule = { all: [] }) =>
  client.post("/v1/segments/count", { rule }).then((answer) => answer.count);

test("voters, history and scores; the same file again is a no-op", async (t) => {
  const server = await Server.start(t);
  const admin = await server.administrator();
  const files = await inventVoters(t, { voters: 2000, extra: ["--broken", "5"] });

  const first = await admin.import(files.roll, "nc");
  assert.equal(first.state, "published", first.error);
  assert.equal(first.rows_new, 2000);
  assert.equal(first.rows_rejected, 5);
  const rejects = await admin.get(`/v1/imports/${first.id}/rejects`);
  const broken = readFileSync(files.broken, "utf8").trim().split("\n").slice(1);
  assert.deepEqual(
    rejects.items.map((r) => r.line).sort((a, b) => a - b),
    broken.map((line) => Number(line.split(",")[0])),
  );
  for (const reject of rejects.items) {
    assert.ok(reject.reason.length > 10 && reject.raw.length > 0 && reject.byte_offset > 0);
  }
  const csv = await admin.call("GET", `/v1/imports/${first.id}/rejects.csv`);
  assert.match(csv.headers.get("content-type"), /text\/csv/);

  const again = await admin.import(files.roll, "nc");
  assert.equal(again.state, "repeat");
  assert.equal(again.id, first.id, "the earlier import comes back");
  await until(async () => (await admin.get("/v1/home")).voters === 2000, "the voters to show");

  const history = await admin.import(files.history, "nc-history");
  assert.equal(history.state, "published", history.error);
  assert.ok(history.rows_new > 1000);
  const scores = await admin.import(files.scores, "scores");
  assert.equal(scores.state, "published", scores.error);

  const found = await admin.get("/v1/voters?query=smith");
  assert.ok(found.items.length > 0);
  const voter = await admin.get(`/v1/voters/${found.items[0].id}`);
  assert.equal(voter.provenance[0].file_name, "ncvoter.txt");
  assert.ok(voter.provenance[0].raw.toUpperCase().includes("SMITH"));
});

test("a dry run changes nothing; an import is undone as if it had never been", async (t) => {
  const server = await Server.start(t);
  const admin = await server.administrator();
  const files = await inventVoters(t, { voters: 500 });
  const first = await admin.import(files.roll, "nc");
  await until(async () => (await countOf(admin)) === 500, "the voters to show");

  const lines = readFileSync(files.roll, "latin1").split("\n");
  const next = join(temporaryFolder(), "next.txt");
  writeFileSync(next, lines.filter((_, i) => i % 25 !== 1).join("\n"), "latin1");
  const tried = await admin.import(next, "nc", { dry_run: true });
  assert.equal(tried.state, "tried", tried.error);
  const { absent } = tried.report; // of a county that lost its only voter nobody can tell
  assert.ok(absent >= 15 && absent <= 20, String(absent));
  assert.equal(tried.report.absent_too_many, false);
  assert.equal(tried.rows_same, 480);
  assert.equal(await countOf(admin), 500);

  const second = await admin.import(next, "nc");
  assert.equal(second.state, "published", second.error);
  const undoing = await admin.call("POST", `/v1/imports/${first.id}/undo`, {});
  assert.equal(undoing.status, 202);
  await until(
    async () => (await admin.get(`/v1/imports/${first.id}`)).state === "undone",
    "the undo to end",
  );
  const undone = await admin.get(`/v1/imports/${first.id}`);
  assert.ok(undone.undone_at && undone.undone_by_name);
  await until(async () => (await countOf(admin)) === 480, "the voters of the first file to go");
});

test("files that are wrong change nothing and say why", async (t) => {
  const server = await Server.start(t);
  const admin = await server.administrator();
  const files = await inventVoters(t, { voters: 1000 });
  const folder = temporaryFolder();
  const roll = readFileSync(files.roll, "latin1");
  const write = (name, text) => {
    const file = join(folder, name);
    writeFileSync(file, text, "latin1");
    return file;
  };
  const bad = {
    "commas.txt": roll.replaceAll("\t", ","),
    "renamed-column.txt": roll.replace("ncid", "nc_ident"),
    "binary.txt": Buffer.from(Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256)).toString("latin1"),
    "empty.txt": "",
    "header-only-of-another.txt": "a\tb\tc\n1\t2\t3\n",
  };
  for (const [name, text] of Object.entries(bad)) {
    const ended = await admin.import(write(name, text), "nc");
    assert.match(ended.state, /failed|refused/, `${name} was taken`);
    assert.ok(ended.error.length > 20, `${name}: ${ended.error}`);
    assert.equal((await admin.get("/v1/home")).voters, 0, `${name} left voters`);
  }
  const cut = await admin.import(write("cut.txt", roll.slice(0, roll.length / 2 + 37)), "nc");
  assert.equal(cut.state, "failed");
  assert.match(cut.error, /cut off/);
  assert.equal((await admin.import(files.roll, "nc")).state, "published");
  await until(async () => (await admin.get("/v1/home")).voters === 1000, "the voters to show");
});

test("the shell's import: progress, no-op, and each refusal in one line", async (t) => {
  const data = join(temporaryFolder(), "data");
  const files = await inventVoters(t, { voters: 1500 });
  const into = (file, layout = "nc") => hustings("--data", data, "import", file, "--layout", layout);
  const first = await into(files.roll);
  assert.equal(first.code, 0, first.stderr);
  assert.match(first.stdout, /1,500/);
  const again = await into(files.roll);
  assert.equal(again.code, 0, "a no-op is no failure");
  assert.match(again.stdout, /already|before/i);

  const folder = temporaryFolder();
  mkdirSync(join(folder, "folder"));
  for (const [file, layout] of [
    [join(folder, "folder"), "nc"],
    [join(folder, "nowhere.txt"), "nc"],
    [files.roll, "no-such-layout"],
    [files.scores, "nc"],
  ]) {
    const refused = await into(file, layout);
    assert.equal(refused.code, 2, file);
    const lines = refused.stderr.split("\n").filter((line) => line.startsWith("hustings:"));
    assert.equal(lines.length, 1, refused.stderr);
  }
});

test("an import beside a running server shows in its live counts", async (t) => {
  const server = await Server.start(t);
  const admin = await server.administrator();
  const files = await inventVoters(t, { voters: 1200 });
  assert.equal(await countOf(admin), 0);
  const imported = await hustings("--data", server.dataDir, "import", files.roll, "--layout", "nc");
  assert.equal(imported.code, 0, imported.stderr);
  await until(async () => (await countOf(admin)) === 1200, "the engine to follow the feed");
});
