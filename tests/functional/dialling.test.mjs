// Calls that the program makes, by the simulator: the order is given once whatever is sent again or
// killed, a bar hangs up, and simulated calls need a clear word. Then the pages in a browser.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { get } from "node:http";
import { join } from "node:path";
import { test } from "node:test";
import {
  LiveSocket, Server, inventVoters, joinAs, openPhonebank, program, resultFor, run,
  temporaryFolder, until,
} from "./harness.mjs";

function configured(text) {
  const file = join(temporaryFolder(), "hustings.toml");
  writeFileSync(file, text);
  return file;
}

const simulated = (speed) => `[telephony]
driver = "simulator"
simulated_calls = "allowed"
simulator_seed = 7
simulator_speed = ${speed}
`;

async function campaign(t, speed) {
  const server = await Server.start(t, { args: ["--config", configured(simulated(speed))] });
  const admin = await server.administrator();
  const files = await inventVoters(t, { voters: 1500, extra: ["--no-history"] });
  assert.equal((await admin.import(files.roll, "nc")).state, "published");
  await until(async () => (await admin.get("/v1/home")).voters === 1500, "the voters to show");
  const rule = { field: "has_phone", is: true };
  return { server, admin, bank: await openPhonebank(admin, { rule, country: "" }) };
}

const dialled = (lease) => ({ lease: lease.id, epoch: lease.epoch });

/// Numbers until one has rung: its lease.
async function aNumberThatRings(caller, live) {
  for (let tries = 0; tries < 40; ++tries) {
    const { lease } = await caller.post("/v1/caller/claim");
    await caller.post("/v1/caller/dial", dialled(lease));
    const heard = await live.until(({ data }) => data.call?.lease === lease.id &&
      (data.call.state === "ringing" || data.call.state === "ended"));
    if (heard.data.call.state === "ringing") return lease;
    await caller.post("/v1/caller/results", resultFor(lease, heard.data.call.proposed));
  }
  throw new Error("no phone rang");
}

/// What a live connection that is refused is answered with.
async function statusOfLive(client, topics) {
  const asked = get(`${client.url}/v1/live?topics=${encodeURIComponent(topics)}`, { headers: {
    Cookie: client.cookie, Connection: "Upgrade", Upgrade: "websocket", "Sec-WebSocket-Version": 13,
    "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==" } });
  const [response] = await once(asked, "response");
  response.destroy();
  return response.statusCode;
}

test("the simulator needs a second word", async () => {
  const refused = await run(program, ["serve", "--data", join(temporaryFolder(), "data"),
    "--port", "0", "--config", configured('[telephony]\ndriver = "simulator"\n')]);
  assert.notEqual(refused.code, 0);
  assert.match(refused.stderr, /Simulated calls reach nobody/);
});

test("a call is ordered once, over repeats and a kill", async (t) => {
  const { server, bank } = await campaign(t, 1);
  const caller = await joinAs(server.url, bank.link.code, "Cal");
  const { person } = await caller.get("/v1/caller");
  const live = await LiveSocket.open(caller, `dial:${person}`);
  const lease = await aNumberThatRings(caller, live);
  const again = await caller.post("/v1/caller/dial", dialled(lease));
  assert.equal(again.call.lease, lease.id);
  assert.notEqual(again.call.state, "ended");
  live.close();

  await server.stop("SIGKILL");
  await server.launch();
  caller.url = server.url;
  assert.equal((await caller.get("/v1/caller")).lease.id, lease.id, "the number is still held");
  const after = await caller.post("/v1/caller/dial", dialled(lease));
  assert.equal(after.call.state, "ended");
  assert.equal(after.call.end, "failed", "it may have rung: it is not called again");
  assert.equal(after.call.proposed, null);
  // And handed back it waits like any number that was called.
  await caller.post("/v1/caller/release", { ...dialled(lease), reason: "skipped" });
  const other = await joinAs(server.url, bank.link.code, "Other");
  assert.notEqual((await other.post("/v1/caller/claim")).lease.number, lease.number);
});

test("a bar hangs up, and what may not be called is not", async (t) => {
  const { server, admin, bank } = await campaign(t, 1);
  const caller = await joinAs(server.url, bank.link.code, "Cal");
  const { person, dialling } = await caller.get("/v1/caller");
  assert.equal(dialling, "simulator");
  const live = await LiveSocket.open(caller, `dial:${person}`);
  const lease = await aNumberThatRings(caller, live);
  await admin.post("/v1/suppressions",
    { number: lease.number, reason: "do_not_call", source: "letter" });
  const ended = await live.until(({ data }) =>
    data.call?.lease === lease.id && data.call.state === "ended", 3);
  assert.equal(ended.data.call.end, "cancelled");
  await caller.post("/v1/caller/results", resultFor(lease, "no_answer"));

  const next = (await caller.post("/v1/caller/claim")).lease;
  await admin.post("/v1/suppressions",
    { number: next.number, reason: "do_not_call", source: "letter" });
  const refused = await caller.call("POST", "/v1/caller/dial", dialled(next));
  assert.equal(refused.body.code, "suppressed");
  const newest = (await caller.get(`/v1/caller/calls/${person}`)).call;
  assert.equal(newest.lease, lease.id, "what was refused is no call");

  const other = await joinAs(server.url, bank.link.code, "Other");
  assert.equal((await other.call("GET", `/v1/caller/calls/${person}`)).status, 404);
  assert.equal(await statusOfLive(other, `dial:${person}`), 403, "nobody listens to another's calls");
  live.close();
});

test("the caller's page, in Chromium", async (t) => {
  const { server } = await campaign(t, 8);
  const { NODE_TEST_CONTEXT: _, ...environment } = process.env;
  const browser = spawn(process.execPath, ["--test", "web/e2e/dialling.test.mjs"], {
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      ...environment, HUSTINGS_URL: server.url, HUSTINGS_EMAIL: "ada@example.org",
      HUSTINGS_PASSWORD: server.password, HUSTINGS_DIALLING: "simulator",
    },
  });
  let report = "";
  browser.stdout.on("data", (data) => (report += data));
  const [code] = await once(browser, "close");
  assert.equal(code, 0, report);
  assert.match(report, /# pass [1-9]/, "some tests ran");
});
