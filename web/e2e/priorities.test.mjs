// Who comes first, a voter's next number, and calls that are refused, on the pages.
import assert from "node:assert/strict";
import { randomInt, randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { isAccessible } from "./axe.mjs";
import { closeBrowser, fitsWidth, picture, visit } from "./browser.mjs";
import { Api, openPhonebank, until } from "./campaign.mjs";

let api;
let campaign;
before(async () => {
  api = await Api.administrator();
  campaign = await openPhonebank(api);
});
after(closeBrowser);

const mark = randomUUID().slice(0, 8);
const button = (page, name) => page.getByRole("button", { name });

async function joinAs(code, name) {
  const caller = new Api();
  await caller.post("/v1/join", { code, name });
  return caller;
}

const claim = async (caller) => (await caller.post("/v1/caller/claim")).lease;
const save = (caller, lease, disposition) => caller.post("/v1/caller/results", {
  key: randomUUID(), lease: lease.id, epoch: lease.epoch,
  voters: lease.voters.map((one) => ({ voter: one.id, disposition, answers: [] })) });

async function partySegment(party) {
  const rule = { field: "party", in: [party] };
  return api.post("/v1/segments", { name: `${party} ${mark} ${randomInt(1e6)}`, rule });
}

describe("who comes first", () => {
  test("a lead says so while it runs, and callers get them first", async (t) => {
    const segment = await partySegment("REP");  // a third: the list's order would not bring six
    const { page } = await visit(t, { api });
    await page.goto(`/phonebanks/${campaign.bank.id}`);
    const panel = page.locator("section").filter(
      { has: page.getByRole("heading", { name: "Who comes first" }) });
    await panel.getByText("the list's own order").waitFor();
    await panel.getByRole("button", { name: "Set the order" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: /Somebody first/ }).click();
    await dialog.getByLabel("Step 1", { exact: true }).selectOption({ label: `in ${segment.name}` });
    await dialog.getByRole("button", { name: /Among equals/ }).click();
    await dialog.getByLabel("Step 2", { exact: true }).selectOption("score turnout_score high");
    await picture(page, "priorities_dialog");
    await isAccessible(page);
    await dialog.getByRole("button", { name: "Save the order" }).click();
    await dialog.waitFor({ state: "detached" });
    await panel.getByRole("listitem").filter({ hasText: segment.name }).waitFor();
    await panel.getByRole("row").nth(1).waitFor();
    await picture(page, "priorities");
    await isAccessible(page);
    const now = await api.get(`/v1/phonebanks/${campaign.bank.id}/priorities`);
    assert.equal(now.steps.length, 2);
    assert.ok(now.reckoned_at);
    const first = now.levels.filter((one) => one.parts[0] === 1)
      .reduce((sum, one) => sum + one.left, 0);
    const callers = Math.min(first, 6);
    for (let i = 0; i < callers; ++i) {
      const lease = await claim(await joinAs(campaign.link.code, `First ${i}`));
      assert.ok(lease.voters.some((one) => one.party === "REP"), "of the segment");
    }
  });

  test("is said when a phone bank is made, on a phone too", async (t) => {
    const segment = await partySegment("DEM");
    const { page } = await visit(t, { on: "phone", api });
    await page.goto(`/phonebanks/new?list=${campaign.list.id}`);
    await page.getByLabel("Name").fill(`First ${mark}`);
    await page.getByLabel("Script").selectOption(campaign.script.id);
    await page.getByLabel("Calls from").fill("00:00");
    await page.getByLabel("Calls until").fill("23:59");
    await button(page, /Somebody first/).click();
    await page.getByLabel("Step 1", { exact: true }).selectOption({ label: `in ${segment.name}` });
    await picture(page, "new_phonebank_priorities");
    await fitsWidth(page);
    await isAccessible(page);
    await button(page, "Create the phone bank").click();
    await page.getByRole("heading", { name: `First ${mark}` }).waitFor();
    await page.getByRole("listitem").filter({ hasText: segment.name }).waitFor();
    await fitsWidth(page);
  });

  test("a step of nothing, a foreign arm and a score of nobody are refused", async () => {
    const set = (steps) => api.post(`/v1/phonebanks/${campaign.bank.id}/priorities`, { steps });
    await assert.rejects(set([{}]), /422|400/);
    await assert.rejects(set([{ list: campaign.list.id, arm: "holdout" }]), /arm/);
    await assert.rejects(set([{ score: "score:nobody" }]), /score/);
  });
});

/// A phone bank that begins with a number of one voter.
async function alone() {
  for (;;) {
    const own = await openPhonebank(api);
    const scout = await joinAs(own.link.code, "Scout");
    const shown = await claim(scout);
    if (shown.voters.length === 1) return { own, scout, shown };
  }
}

describe("a voter's next number", () => {
  test("is shown after a wrong one, with what is known of the wrong one", async (t) => {
    const { own, scout, shown } = await alone();
    const voter = shown.voters[0];
    await scout.post("/v1/caller/release", {
      lease: shown.id, epoch: shown.epoch, reason: "technical" });
    // A number that somebody put right by hand: the file's is now the second best.
    const best = `+1919${String(randomInt(2_000_000, 9_999_999))}`;
    await api.post(`/v1/voters/${voter.id}/corrections`,
      { fields: [{ name: "phone", value: best }] });
    const made = await api.post("/v1/phonebanks", {
      name: `Next ${mark}`, list: own.list.id, script: own.script.id, opens: "00:00",
      closes: "24:00", country: "" });
    const { page: lead } = await visit(t, { api });
    await lead.goto(`/phonebanks/${made.id}`);
    const passes = lead.locator("section").filter(
      { has: lead.getByRole("heading", { name: "Passes" }) });
    await passes.getByText("the next one, in a later pass").waitFor();
    await passes.getByRole("button", { name: "Change" }).click();
    await lead.getByLabel(/call the voter's next number at once/).check();
    await lead.getByRole("dialog").getByRole("button", { name: "Save the times" }).click();
    await passes.getByText("the next one at once").waitFor();
    await api.post(`/v1/phonebanks/${made.id}/state`, { state: "open" });
    const link = await api.post(`/v1/phonebanks/${made.id}/join-links`,
      { hours_valid: 4, uses_max: 400 });

    const { page } = await visit(t, { on: "phone" });
    await page.goto(`/join/${link.code}`);
    await page.getByLabel("Your first name").fill("Nia");
    await button(page, "Join").click();
    await button(page, "Give me a number").click();
    const dial = page.getByRole("link", { name: /^Call / });
    await dial.waitFor();
    // The list begins with this voter, whose number was free again.
    assert.equal(await dial.getAttribute("href"), `tel:${best}`);
    await button(page, /couldn't reach/).click();
    await page.getByRole("dialog").getByRole("button", { name: "Wrong number", exact: true })
      .click();
    await until(async () => await dial.count() === 1 &&
      await dial.getAttribute("href") === `tel:${shown.number}`, "the next number");
    await page.getByText("Wrong number, on another number").waitFor();
    await picture(page, "next_number");
    await isAccessible(page);
    await fitsWidth(page);
    const profile = await api.get(`/v1/voters/${voter.id}`);
    const wrong = profile.phones.find((one) => one.number === best);
    assert.equal(wrong.status, "wrong");
    assert.equal(profile.phones[0].number, shown.number, "the best is the one that may be called");
  });
});

describe("a call that is refused when it is dialled", () => {
  test("is counted by reason on the lead's page", async (t) => {
    const caller = await joinAs(campaign.link.code, "Dora");
    const lease = await claim(caller);
    await api.post("/v1/suppressions", {
      number: lease.number, reason: "do_not_call", source: "by letter" });
    await assert.rejects(caller.post("/v1/caller/dial",
      { lease: lease.id, epoch: lease.epoch }), /must not be called/);
    await until(async () => (await api.get(`/v1/phonebanks/${campaign.bank.id}`)).dial_refusals
      .some((one) => one.reason === "do_not_call" && one.count === 1), "the refusal to count");
    const { page } = await visit(t, { api });
    await page.goto(`/phonebanks/${campaign.bank.id}`);
    await page.getByText(/Refused when a caller wanted to dial: Do not call/).waitFor();
    await save(caller, lease, "no_answer");
  });
});
