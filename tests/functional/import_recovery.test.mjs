// What people expect of an import: it goes on after a kill, rejects are mended, scores come over the API.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Server, hustings, inventVoters, temporaryFolder, until } from "./harness.mjs";

test("an import that kill -9 ends goes on by itself; neither file nor job is given again", async (t) => {
  const server = await Server.start(t);
  const admin = await server.administrator();
  const files = await inventVoters(t, { voters: 120_000 });
  const sent = await admin.call("PUT", "/v1/uploads?name=roll.txt", readFileSync(files.roll));
  assert.equal(sent.status, 201);
  const begun = await admin.post("/v1/imports", { layout: "nc", upload: sent.body.upload });
  assert.equal(begun.state, "running");
  await until(async () => (await admin.get(`/v1/imports/${begun.id}`)).rows_read > 1000, "rows");
  await server.stop("SIGKILL");

  await server.launch();
  admin.url = server.url;
  const ended = await until(async () => {
    const run = await admin.get(`/v1/imports/${begun.id}`);
    return run.state === "running" ? null : run;
  }, "the import to end", 120);
  assert.equal(ended.state, "published", ended.error);
  assert.equal(ended.restarts, 1);
  assert.equal(ended.rows_new, 120_000);
  await until(async () => (await admin.get("/v1/home")).voters === 120_000, "the voters to show");
  const again = await admin.post("/v1/imports", { layout: "nc", upload: sent.body.upload })
    .catch((error) => error.message);
  assert.match(String(again.state ?? again), /404|published/, "the upload went with the import");
  assert.equal((await admin.get("/v1/imports")).items.length, 1, "there is one import, not two");
});

test("the shell: a preview, rejected rows in a file, mended ones added, undone with the import", async (t) => {
  const data = join(temporaryFolder(), "data");
  const files = await inventVoters(t, { voters: 1000, extra: ["--broken", "4"] });
  const run = (...more) => hustings("--data", data, ...more);
  const preview = await run("import", files.roll, "--preview");
  assert.equal(preview.code, 0, preview.stderr);
  assert.match(preview.stdout, /layout nc/);
  assert.match(preview.stdout, /ncid +\S+ +external_id/);
  assert.match(preview.stdout, /of the first \d+ rows would be taken/);

  const first = await run("import", files.roll, "--layout", "nc");
  assert.equal(first.code, 0, first.stderr);
  const id = /hustings undo (imp_\w+)/.exec(first.stdout)[1];
  const out = join(temporaryFolder(), "rejects.txt");
  const written = await run("rejects", id, "--out", out);
  assert.equal(written.code, 0, written.stderr);
  const [header, ...rows] = readFileSync(out, "utf8").trimEnd().split("\n");
  assert.equal(rows.length, 4);
  assert.match(header, /ncid/);
  const reasons = readFileSync(`${out}.reasons.csv`, "utf8").trimEnd().split("\r\n");
  assert.equal(reasons.length, 5);
  assert.equal((await run("rejects", id, "--out", out)).code, 2, "a file is not written over");

  // Any good row under another id stands for a mended one.
  const good = readFileSync(files.roll, "latin1").split("\n")[1];
  const ncid = good.split("\t")[header.split("\t").findIndex((name) => name.includes("ncid"))];
  const mended = join(temporaryFolder(), "mended.txt");
  writeFileSync(mended, `${header}\n${good.replace(ncid, '"ZZ99999"')}\n`);
  const added = await run("import", mended, "--mends", id);
  assert.equal(added.code, 0, added.stderr);
  assert.match(added.stdout, /1 row: 1 new/);
  assert.doesNotMatch(added.stdout, /absent/);
  assert.equal((await run("undo", id)).code, 0);
  const list = await run("imports");
  assert.equal(list.stdout.match(/undone/g).length, 2, list.stdout);
  const none = await run("import", mended);
  assert.match(none.stderr, /--layout/);
});

test("scores come as rows, in runs that are listed, seen on the voter and undone", async (t) => {
  const server = await Server.start(t);
  const admin = await server.administrator();
  const files = await inventVoters(t, { voters: 300 });
  const put = (run, rows) => admin.call("POST", "/v1/scores", { run, source: "nc", rows });
  assert.equal((await put("early", [{ external_id: "x", support: 1 }])).status, 409);
  assert.equal((await admin.import(files.roll, "nc")).state, "published");
  const found = await until(async () => {
    for (const letter of "abcdjmsw") {
      const { items } = await admin.get(`/v1/voters?query=${letter}`);
      const one = items.find((row) => !row.protected);
      if (one) return one;
    }
    return null;
  }, "a voter");
  const voter = await admin.get(`/v1/voters/${found.id}`);
  const external = voter.provenance[0].external_id;

  const spring = await put("spring", [
    { external_id: external, support: 70.4, other: [{ name: "climate", value: 12.5 }] },
    { external_id: "nobody", support: 1 },
  ]);
  assert.equal(spring.status, 201, JSON.stringify(spring.body));
  assert.equal(spring.body.state, "published", spring.body.error);
  assert.equal(spring.body.voters_new, 1);
  assert.equal(spring.body.unknown_ids, 1);
  const autumn = await put("autumn", [{ external_id: external, turnout: 90 }]);
  assert.equal(autumn.body.voters_changed, 1);
  const same = await put("again", [{ external_id: external, turnout: 90 }]);
  assert.equal(same.body.repeat, true, "the same rows are one run");

  const { scores } = await admin.get(`/v1/voters/${found.id}`);
  assert.deepEqual(scores.all.map((one) => [one.name, one.value, one.run_name]), [
    ["support", 70, "spring"], ["turnout", 90, "autumn"], ["climate", 12.5, "spring"],
  ]);
  const runs = await admin.get("/v1/scores/runs");
  assert.deepEqual(runs.items.map((one) => one.run), ["autumn", "spring"]);
  await admin.post(`/v1/imports/${spring.body.id}/undo`);
  await until(async () => {
    const now = await admin.get(`/v1/voters/${found.id}`);
    return now.scores.all.length === 1;
  }, "the run to go");
  const bad = await put("bad", [{ external_id: external, other: [{ name: "No Name", value: 1 }] }]);
  assert.equal(bad.status, 422, JSON.stringify(bad.body));
});

test("a mapping is previewed with its effect; protected rows are never shown", async (t) => {
  const server = await Server.start(t);
  const admin = await server.administrator();
  const text = "nr,whole,born,where,hidden\n1,\"Doe, Jane\",1970-05-17,NC,\n"
    + "2,\"Secret, Sam\",1971-05-17,NC,CONFIDENTIAL\n";
  const sent = await admin.call("PUT", "/v1/uploads?name=list.csv", text);
  const path = `/v1/uploads/${sent.body.upload}/preview`;
  const first = await admin.get(`${path}?layout=generic`);
  assert.match(first.refusal, /id/);
  assert.doesNotMatch(JSON.stringify(first), /Secret/);
  const mapping = [
    { target: "external_id", column: "nr" }, { target: "last_name:before_comma", column: "whole" },
    { target: "first_name:after_comma", column: "whole" }, { target: "state", column: "where" },
    { target: "birth_date:YYYY-MM-DD", column: "born" }, { target: "source", column: "=club" },
  ];
  const mapped = await admin.post(path, { layout: "generic", mapping });
  assert.equal(mapped.refusal, null);
  assert.equal(mapped.rows_taken, 2);
  assert.equal(mapped.results.length, 1);
  const fields = Object.fromEntries(mapped.results[0].values.map((one) => [one.field, one.value]));
  assert.equal(fields.last_name, "Doe");
  assert.equal(fields.first_name, "Jane");
  assert.equal(fields.birth, "1970-05-17");
  assert.doesNotMatch(JSON.stringify(mapped), /Secret/);
  const wrong = await admin.call("POST", path,
    { layout: "generic", mapping: [{ target: "last_name:sideways", column: "whole" }] });
  assert.equal(wrong.status, 422);
  const foreign = await admin.call("POST", path, { layout: "../etc/passwd", mapping: [] });
  assert.equal(foreign.status, 422);
  const run = await admin.post("/v1/imports", { layout: "generic", upload: sent.body.upload, mapping });
  const ended = await until(async () => {
    const now = await admin.get(`/v1/imports/${run.id}`);
    return now.state === "running" ? null : now;
  }, "the import to end");
  assert.equal(ended.state, "published", ended.error);
  assert.deepEqual(ended.asked.mapping, mapping);
});
