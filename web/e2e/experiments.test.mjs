// An experiment from its beginning to what it shows, on the pages.
import { after, before, describe, test } from "node:test";
import { randomUUID } from "node:crypto";
import { closeBrowser, fitsWidth, picture, visit } from "./browser.mjs";
import { Api, until } from "./campaign.mjs";
import { isAccessible } from "./axe.mjs";

let api;
let list;
let script;
const key = `vote_${randomUUID().slice(0, 8)}`;
before(async () => {
  api = await Api.administrator();
  const mark = randomUUID().slice(0, 8);
  const segment = await api.post("/v1/segments", {
    name: `Experiment ${mark}`, rule: { all: [{ field: "has_phone", is: true }] } });
  list = await api.post("/v1/lists", {
    name: `Experiment ${mark}`, segment: segment.id, holdout_percent: 50, size_max: 600, seed: 5 });
  script = await api.post("/v1/scripts", {
    name: `Experiment ${mark}`, introduction: "Hello!", closing: "Thank you!", questions: [
      { key, kind: "choice", text: "Whom do you support now?", choices: ["Ours", "Theirs"] }] });
});
after(closeBrowser);

describe("experiments", () => {
  let address;
  test("one is begun with what decides, and its plan", async (t) => {
    const { page } = await visit(t, { api });
    await page.goto("/experiments");
    await page.getByRole("link", { name: "Begin an experiment" }).first().click();
    await page.getByRole("heading", { name: "How many voters does it take?" }).waitFor();
    await page.getByText("Voters needed, in all arms").waitFor();
    const needed = page.locator(".stat dd").first();
    const before_ = await needed.innerText();
    await page.getByLabel("Reached by calls (%)").fill("100");
    await until(async () => (await needed.innerText()) !== before_, "another number of voters");
    await page.getByLabel("Name", { exact: true }).fill("Calls in autumn");
    await page.getByLabel("What it is to find out").fill("Calls win supporters.");
    await page.getByLabel("List", { exact: true }).selectOption({ label: list.name });
    await page.getByText(/Its arms: holdout/).waitFor();
    await page.getByLabel("Question").selectOption({ label: "Whom do you support now?" });
    await page.getByRole("checkbox", { name: "Ours" }).check();
    await page.getByLabel(/Cost of contacting/).fill("250");
    await picture(page, "experiment-new");
    await fitsWidth(page);
    await page.getByRole("button", { name: "Begin the experiment" }).click();
    await page.getByRole("heading", { name: /Calls in autumn/, level: 1 }).waitFor();
    address = page.url();
    await page.getByText(/End the contacts, then ask/).waitFor();
    await page.getByRole("heading", { name: "Were the arms alike before?" }).waitFor();
  });

  test("its numbers follow the answers, with the band beside the interval", async (t) => {
    const { page } = await visit(t, { api });
    await page.goto(address);
    await page.getByRole("button", { name: "End the contacts" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Go on" }).click();
    await page.getByText("measuring", { exact: true }).first().waitFor();
    await answers("treatment", (i) => i % 4 !== 0);
    await answers("holdout", (i) => i % 4 === 0);
    await page.getByRole("img", { name: /The effect as answers came in/ }).waitFor();
    await page.getByText(/“treatment” works: it changed the outcome by \+/).waitFor();
    await page.getByText(/as of \d.* position \d/).waitFor();
    await page.getByRole("slider").focus();
    await page.keyboard.press("Home");
    const shown = page.locator("figure.band figcaption span").first();
    const first = Number((await shown.innerText()).split(" ")[0]);
    await page.keyboard.press("End");
    await until(async () => Number((await shown.innerText()).split(" ")[0]) > first,
      "the last point");
    await page.getByRole("heading", { name: "By groups of voters" }).waitFor();
    await fitsWidth(page);
    await isAccessible(page);
    await picture(page, "experiment");
  });

  test("the strategy page says plainly what it does, and what it costs", async (t) => {
    const { page } = await visit(t, { api });
    await page.goto("/strategy");
    await page.getByRole("heading", { name: "Is the strategy working?", level: 1 }).waitFor();
    await page.getByText(/better than nothing\./).first().waitFor();
    await page.getByText(/as of \d.* position \d/).waitFor();
    await page.getByRole("heading", { name: "Support" }).waitFor();
    await fitsWidth(page);
    await isAccessible(page);
    await picture(page, "strategy");
    await page.getByRole("link", { name: /Calls in autumn/ }).first().click();
    await page.getByRole("heading", { name: /Calls in autumn/, level: 1 }).waitFor();
  });

  test("its cost is noted on the strategy page, as a sum or from the ledger", async (t) => {
    const { page } = await visit(t, { api });
    await page.goto("/strategy");
    const item = page.locator(".outcomes li").filter({ hasText: "Calls in autumn" }).first();
    await item.getByRole("button", { name: "Cost …" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Cost of contacting").fill("1234,50");
    await isAccessible(page);
    await dialog.getByRole("button", { name: "Save" }).click();
    await item.getByText(/Contacting has cost \$1,2(34|35)/).waitFor();
    await item.getByRole("button", { name: "Cost …" }).click();
    await dialog.getByLabel("Where the number comes from").selectOption("ledger");
    await dialog.getByLabel("Channel of the ledger").waitFor();
    await picture(page, "strategy-cost");
    await page.setViewportSize({ width: 390, height: 844 });
    await fitsWidth(page);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
  });

  test("it fits a phone, and ends once", async (t) => {
    const { page } = await visit(t, { api, on: "phone" });
    await page.goto(address);
    await page.getByRole("img", { name: /The effect as answers came in/ }).waitFor();
    await fitsWidth(page);
    await picture(page, "experiment-phone");
    await page.getByRole("button", { name: "End the experiment" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Go on" }).click();
    await page.getByText("ended", { exact: true }).first().waitFor();
    await page.goto("/experiments");
    await page.getByRole("link", { name: "Calls in autumn" }).first().waitFor();
    await fitsWidth(page);
    await page.goto("/strategy");
    await page.getByRole("heading", { name: "In plain words" }).waitFor();
    await fitsWidth(page);
    await picture(page, "strategy-phone");
    await page.goto("/experiments/new");
    await page.getByText("Voters needed, in all arms").waitFor();
    await fitsWidth(page);
    await picture(page, "experiment-new-phone");
  });

  /// An arm is asked by a phone bank of its own.
  async function answers(arm, saysYes) {
    const segment = await api.post("/v1/segments", {
      name: `Asked ${randomUUID().slice(0, 8)}`, rule: { list: list.id, arm } });
    const asked = await api.post("/v1/lists", { name: segment.name, segment: segment.id, seed: 1 });
    const bank = await api.post("/v1/phonebanks", {
      name: segment.name, list: asked.id, script: script.id, retry_minutes: 240,
      lease_seconds: 300, attempts_max: 1, opens: "00:00", closes: "24:00", country: "" });
    await api.post(`/v1/phonebanks/${bank.id}/state`, { state: "open" });
    const link = await api.post(`/v1/phonebanks/${bank.id}/join-links`,
      { hours_valid: 4, uses_max: 100 });
    const caller = new Api();
    await caller.post("/v1/join", { code: link.code, name: "Cal" });
    for (let i = 0; i < 150; ++i) {
      const { lease } = await caller.post("/v1/caller/claim");
      if (!lease) break;
      await caller.post("/v1/caller/results", {
        key: randomUUID(), lease: lease.id, epoch: lease.epoch,
        voters: lease.voters.map((voter) => ({
          voter: voter.id, disposition: "reached",
          answers: [{ question: script.questions[0].id, choice: saysYes(i) ? 1 : 2 }] })) });
    }
  }
});
