// The lead's page of a phone bank, live.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { closeBrowser, fitsWidth, picture, visit } from "./browser.mjs";
import { Api, openPhonebank } from "./campaign.mjs";

let api;
before(async () => { api = await Api.administrator(); });
after(closeBrowser);

/// The value beside a name in the row of counters.
const counter = (page, name) => page.locator("main dl > div")
  .filter({ has: page.locator("dt", { hasText: new RegExp(`^${name}$`) }) }).locator("dd").first();

async function open(t) {
  const campaign = await openPhonebank(api);
  const { page } = await visit(t, { api });
  await page.goto(`/phonebanks/${campaign.bank.id}`);
  await page.getByRole("heading", { name: campaign.bank.name }).waitFor();
  return { page, ...campaign };
}

async function joinAs(code, name) {
  const caller = new Api();
  await caller.post("/v1/join", { code, name });
  return caller;
}

describe("a lead", () => {
  test("sees calls and callers as they come, without a reload", async (t) => {
    const { page, link } = await open(t);
    await counter(page, "Calls").filter({ hasText: /^0/ }).waitFor();
    const caller = await joinAs(link.code, "Walter");
    const { lease } = await caller.post("/v1/caller/claim");
    await page.getByRole("row", { name: /Walter.*On a call/ }).waitFor();
    await caller.post("/v1/caller/results", {
      key: randomUUID(), lease: lease.id, epoch: lease.epoch,
      voters: lease.voters.map((one) => ({ voter: one.id, disposition: "no_answer", answers: [] })),
    });
    await counter(page, "Calls").filter({ hasText: /^1/ }).waitFor();
    await page.getByRole("list", { name: "What the calls came to" }).getByText("No answer").waitFor();
    await page.getByText(/as of \d/).waitFor();
    await fitsWidth(page);
    await picture(page, "phonebank");
  });

  test("pauses; callers who wait are shown with the cause", async (t) => {
    const { page, link, bank } = await open(t);
    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByRole("button", { name: "Paused" }).and(page.locator("[aria-pressed=true]"))
      .waitFor();
    assert.equal((await api.get(`/v1/phonebanks/${bank.id}`)).state, "paused");
    const caller = await joinAs(link.code, "Ready");
    await caller.post("/v1/caller/claim");
    await page.getByText("Callers wait and get no numbers").waitFor();
    await page.getByText("The phone bank is paused. Open it to go on.").waitFor();
    await page.getByRole("button", { name: "Open" }).click();
    await page.getByText("Callers wait and get no numbers").waitFor({ state: "detached" });
  });

  test("makes a join link with its code to scan, and revokes it", async (t) => {
    const { page, bank } = await open(t);
    await page.getByRole("img", { name: "QR code of the join link" }).first().waitFor();
    const before = await page.getByRole("img", { name: "QR code of the join link" }).count();
    await page.getByRole("button", { name: "Make a join link" }).click();
    await page.getByRole("img", { name: "QR code of the join link" }).nth(before).waitFor();
    await page.getByRole("button", { name: "Revoke" }).first().click();
    await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
    await page.getByText("Revoked", { exact: true }).waitFor();
    const links = (await api.get(`/v1/phonebanks/${bank.id}/join-links`)).items;
    assert.equal(links.filter((link) => link.revoked).length, 1);
  });
});
