// What a lead does with callers who are on the phone, rooms, and the callers' board.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { isAccessible } from "./axe.mjs";
import { chooseInMenu, closeBrowser, fitsWidth, picture, visit } from "./browser.mjs";
import { Api, openPhonebank, until } from "./campaign.mjs";

let api;
let campaign;
let other;
before(async () => {
  api = await Api.administrator();
  campaign = await openPhonebank(api);
  other = await openPhonebank(api);
});
after(closeBrowser);

const button = (page, name) => page.getByRole("button", { name });
const dial = (page) => page.getByRole("link", { name: /^Call / });

async function calling(t, name, of = campaign) {
  const { page } = await visit(t, { on: "phone" });
  await page.goto(`/join/${of.link.code}`);
  await page.getByLabel("Your first name").fill(name);
  await button(page, "Join").click();
  await button(page, "Give me a number").click();
  await dial(page).waitFor();
  return page;
}

async function leadPage(t) {
  const { page } = await visit(t, { api });
  await page.goto(`/phonebanks/${campaign.bank.id}`);
  return page;
}

const callerNamed = async (name) =>
  (await api.get(`/v1/phonebanks/${campaign.bank.id}/callers`)).items
    .find((one) => one.name === name);

describe("a lead", () => {
  test("writes to all callers, and to one", async (t) => {
    const ann = await calling(t, "Ann");
    const bob = await calling(t, "Bob");
    const page = await leadPage(t);
    await button(page, "Message to all").click();
    await page.getByRole("dialog").getByLabel("What they read").fill("Pizza at six");
    await isAccessible(page);
    await page.getByRole("dialog").getByRole("button", { name: "Send" }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await ann.getByText("Pizza at six").waitFor({ timeout: 30_000 });
    await bob.getByText("Pizza at six").waitFor({ timeout: 30_000 });
    await button(page, "Bob").click();
    await button(page, "Message to Bob").click();
    await page.getByRole("dialog").getByLabel("What they read").fill("Well done");
    await page.getByRole("dialog").getByRole("button", { name: "Send" }).click();
    await bob.getByText("Well done").waitFor({ timeout: 30_000 });
    assert.equal(await ann.getByText("Well done").count(), 0);
    await isAccessible(bob);
  });

  test("takes a number back, and moves a caller", async (t) => {
    const cyd = await calling(t, "Cyd");
    await until(async () => (await callerNamed("Cyd"))?.state === "on_call", "Cyd to show");
    const page = await leadPage(t);
    await button(page, "Cyd").click();
    await picture(page, "caller_dialog");
    await isAccessible(page);
    await button(page, "Take their number back").click();
    await until(async () => (await callerNamed("Cyd"))?.state !== "on_call", "the number to go");
    await cyd.getByRole("button", { name: "Break" }).click();
    await cyd.getByRole("heading", { name: "Enjoy your break" }).waitFor();
    const { id } = await callerNamed("Cyd");
    await api.post(`/v1/phonebanks/${campaign.bank.id}/callers/${id}/move`,
      { to: other.bank.id });
    await cyd.locator("header").getByText(other.bank.name).waitFor({ timeout: 40_000 });
    await button(cyd, "Give me a number").click();
    await dial(cyd).waitFor();
  });

  test("sees when people are reached, and how the calls go", async (t) => {
    const dee = await calling(t, "Dee");
    await dee.getByRole("radio", { name: "Ours" }).check();
    await button(dee, "Save & next").click();
    await dee.getByText("Saved ✓").waitFor();
    const page = await leadPage(t);
    await page.getByText(/100 % of|% of \d/).first().waitFor();
    await page.getByRole("table", { name: "How the calls go" })
      .getByRole("cell", { name: "Dee" }).waitFor();
    await picture(page, "lead_supervision");
    await isAccessible(page);
    const rows = (await api.get(`/v1/phonebanks/${campaign.bank.id}/quality`)).items;
    const own = rows.find((one) => one.name === "Dee");
    assert.equal(own.calls, 1);
    assert.equal(own.conversations, 1);
  });

  test("the lead's page fits a phone", async (t) => {
    const { page } = await visit(t, { on: "phone", api });
    await page.goto(`/phonebanks/${campaign.bank.id}`);
    await page.getByRole("heading", { name: "Room" }).waitFor();
    await fitsWidth(page);
  });
});

describe("rooms", () => {
  test("a caller without work goes where there is some", async (t) => {
    const own = await openPhonebank(api);
    const page = await calling(t, "Eli", own);
    const lead = await leadPage(t);
    await lead.goto(`/phonebanks/${other.bank.id}`);
    await lead.getByText("Change the room").click();
    await lead.getByLabel("Language").fill("English");
    await lead.getByLabel(/Callers of other rooms/).check();
    await button(lead, "Save the room").click();
    await lead.getByText("Takes guests").waitFor();
    await until(async () => (await api.get(`/v1/phonebanks/${other.bank.id}/room`)).takes_guests,
      "the room to be saved");
    await api.post(`/v1/phonebanks/${own.bank.id}/state`, { state: "paused" });
    await page.getByRole("button", { name: /couldn't reach/ }).click();
    await page.getByRole("dialog").getByRole("button", { name: "No answer" }).click();
    await page.getByRole("heading", { name: "The phone bank is paused" }).waitFor();
    await picture(page, "other_rooms");
    await isAccessible(page);
    await button(page, `Go to ${other.bank.name}`).click();
    await page.locator("header").getByText(other.bank.name).waitFor();
    await button(page, "Give me a number").click();
    await dial(page).waitFor();
  });
});

describe("the board", () => {
  test("shows callers who want to be seen, by conversations", async (t) => {
    const fay = await calling(t, "Fay");
    await fay.getByRole("radio", { name: "Ours" }).check();
    await button(fay, "Save & next").click();
    await fay.getByText("Saved ✓").waitFor();
    await chooseInMenu(fay, "Board");
    await fay.getByText("Fay (you)").waitFor();
    await picture(fay, "board");
    await isAccessible(fay);
    await fay.getByLabel("Show me on the board").check();
    const gus = await calling(t, "Gus");
    await chooseInMenu(gus, "Board");
    await gus.getByRole("cell", { name: "Fay", exact: true }).waitFor();
  });
});
