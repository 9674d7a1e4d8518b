// The first minutes: start, set up, sign in; and what goes wrong there.
import assert from "node:assert/strict";
import { createServer } from "node:net";
import { once } from "node:events";
import { chmodSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { join } from "node:path";
import { test } from "node:test";
import { Client, Server, hustings, program, run, temporaryFolder } from "./harness.mjs";

const oneLine = (text) => text.trim().split("\n").length === 1;

test("the first administrator comes in by the printed link, once", async (t) => {
  const server = await Server.start(t);
  const admin = await server.administrator();
  assert.equal((await admin.get("/v1/session")).person.role, "administrator");

  const again = await new Client(server.url).call("POST", "/v1/session/link", {
    token: server.setupToken, name: "Eve", email: "eve@example.org", password: "a long password",
  });
  assert.equal(again.status, 410, "a used link");

  const wrong = await new Client(server.url).call("POST", "/v1/session", {
    email: "ada@example.org", password: "wrong password",
  });
  assert.equal(wrong.status, 401);
  assert.equal(wrong.headers.get("content-type"), "application/problem+json");
  const right = await new Client(server.url).call("POST", "/v1/session", {
    email: " ADA@example.org ", password: server.password,
  });
  assert.equal(right.status, 200, "stray blanks and capitals in the address are forgiven");
});

/// A request that calls the server by any name.
const askAs = (url, host) =>
  new Promise((resolve, reject) => {
    const options = { headers: { host, connection: "close" } };
    get(`${url}/healthz`, options, (answer) => resolve(answer.resume().statusCode))
      .on("error", reject);
  });

test("a request for another host is refused", async (t) => {
  const server = await Server.start(t);
  const { host, port } = new URL(server.url);
  assert.equal(await askAs(server.url, "evil.example"), 421);
  assert.equal(await askAs(server.url, `evil.example:${port}`), 421);
  assert.equal(await askAs(server.url, host), 200);
  assert.equal(await askAs(server.url, `localhost:${port}`), 200);
  const onAll = await Server.start(t, { args: ["--listen", "0.0.0.0"] });
  assert.equal(await askAs(onAll.url, "campaign.example"), 200, "it cannot know its names");
});

test("writes need the session's token, and roles hold", async (t) => {
  const server = await Server.start(t);
  const admin = await server.administrator();
  const token = admin.csrf;
  admin.csrf = "";
  assert.equal((await admin.call("POST", "/v1/segments", { name: "x", rule: {} })).status, 403);
  admin.csrf = token;

  await admin.post("/v1/people", {
    name: "Lea Lead", email: "lea@example.org", role: "phonebank_lead", password: "correct horse",
  });
  const lead = new Client(server.url);
  await lead.post("/v1/session", { email: "lea@example.org", password: "correct horse" });
  assert.equal((await lead.call("GET", "/v1/people")).status, 403);
  assert.equal((await lead.call("GET", "/v1/phonebanks")).status, 200);
  assert.equal((await new Client(server.url).call("GET", "/v1/phonebanks")).status, 401);
});

test("everything is there again after a restart", async (t) => {
  const server = await Server.start(t);
  await server.administrator();
  await server.restart();
  assert.equal(server.setupToken, undefined, "no set-up link once there is an administrator");
  const client = new Client(server.url);
  await client.post("/v1/session", { email: "ada@example.org", password: server.password });
});

test("a port in use: one sentence, exit code 2", async (t) => {
  const taken = createServer().listen(0, "127.0.0.1");
  t.after(() => taken.close());
  await once(taken, "listening");
  const port = String(taken.address().port);
  const ended = await hustings("serve", "--data", join(temporaryFolder(), "d"), "--port", port);
  assert.equal(ended.code, 2);
  const sentence = ended.stderr.split("\n").filter((line) => line.startsWith("hustings:"));
  assert.equal(sentence.length, 1);
  assert.match(sentence[0], new RegExp(port));
});

test("an unknown key, a missing file, a wrong value in the configuration", async (t) => {
  const folder = temporaryFolder();
  const file = join(folder, "hustings.toml");
  writeFileSync(file, "[listen]\nprot = 1\n");
  const unknown = await hustings("--config", file, "config");
  assert.equal(unknown.code, 2);
  assert.ok(oneLine(unknown.stderr));
  assert.match(unknown.stderr, /hustings\.toml:2: There is no key 'listen\.prot'\. Did you mean 'listen\.port'/);
  assert.equal((await hustings("--config", join(folder, "none.toml"), "config")).code, 2);
  assert.equal((await hustings("serve", "--port", "99999")).code, 2);
  assert.equal((await hustings("dance")).code, 2);
});

test("a data directory that cannot be used, or is in use", async (t) => {
  const folder = temporaryFolder();
  const file = join(folder, "a-file");
  writeFileSync(file, "");
  const notAFolder = await hustings("serve", "--data", file, "--port", "0");
  assert.equal(notAFolder.code, 2);
  assert.ok(oneLine(notAFolder.stderr), notAFolder.stderr);
  if (process.getuid() !== 0) {
    chmodSync(folder, 0o500);
    const closed = await hustings("serve", "--data", join(folder, "data"), "--port", "0");
    chmodSync(folder, 0o700);
    assert.equal(closed.code, 2);
    assert.ok(oneLine(closed.stderr), closed.stderr);
  }
  const server = await Server.start(t);
  const second = await hustings("serve", "--data", server.dataDir, "--port", "0");
  assert.equal(second.code, 2);
  assert.match(second.stderr, /Another Hustings is using/);
});

test("the shell adds people beside a running server", async (t) => {
  const server = await Server.start(t);
  await server.administrator();
  const added = await run(program, [
    "--data", server.dataDir, "person", "add",
    "--name", "Dora", "--email", "dora@example.org", "--role", "data_director",
  ]);
  assert.equal(added.code, 0, added.stderr);
  const token = /token=(\S+)/.exec(added.stdout)[1];
  const client = new Client(server.url);
  await client.post("/v1/session/link", { token, password: "another password" });
  assert.equal((await client.get("/v1/session")).person.role, "data_director");
});
