// The pages in a real browser against the real server: web/e2e with an imported electorate.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { Server, inventVoters, until } from "./harness.mjs";

test("every page does its work in Chromium", async (t) => {
  const server = await Server.start(t);
  const admin = await server.administrator();
  const files = await inventVoters(t, { voters: 3000 });
  for (const [file, layout] of [[files.roll, "nc"], [files.history, "nc-history"], [files.scores, "scores"]]) {
    const imported = await admin.import(file, layout);
    assert.equal(imported.state, "published", imported.error);
  }
  await until(async () => (await admin.get("/v1/home")).voters === 3000, "the voters to show");
  // Without the parent's marks, so that the child reports as a run of its own.
  const { NODE_TEST_CONTEXT: _, ...environment } = process.env;
  const browser = spawn(process.execPath, ["--test", "--test-concurrency=1", "web/e2e/"], {
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      ...environment, HUSTINGS_URL: server.url, HUSTINGS_EMAIL: "ada@example.org",
      HUSTINGS_PASSWORD: server.password,
    },
  });
  let report = "";
  browser.stdout.on("data", (data) => (report += data));
  const [code] = await once(browser, "close");
  assert.equal(code, 0, report);
  assert.match(report, /# pass [1-9]/, "some tests ran");
});
