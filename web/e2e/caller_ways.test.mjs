// Ways that go wrong for a caller, each with a clear answer; and what leads and writers see of it.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { isAccessible } from "./axe.mjs";
import { chooseInMenu, closeBrowser, fitsWidth, picture, visit } from "./browser.mjs";
import { Api, openPhonebank, until } from "./campaign.mjs";

let api;
let campaign;
before(async () => {
  api = await Api.administrator();
  campaign = await openPhonebank(api);
});
after(closeBrowser);

const button = (page, name) => page.getByRole("button", { name });
const dial = (page) => page.getByRole("link", { name: /^(Call |.* anrufen$)/ });
const numberOf = (page) => dial(page).getAttribute("href");

async function joined(t, name, { of = campaign, setUp = async () => undefined } = {}) {
  const { page, context } = await visit(t, { on: "phone" });
  await setUp(page, context);
  await page.goto(`/join/${of.link.code}`);
  await page.getByLabel("Your first name").fill(name);
  await button(page, "Join").click();
  await page.getByRole("heading", { name: `Hello ${name}` }).waitFor();
  return { page, context };
}

async function calling(t, name, options) {
  const { page, context } = await joined(t, name, options);
  await button(page, "Give me a number").click();
  await dial(page).waitFor();
  return { page, context };
}

describe("a join link", () => {
  const link = (of = {}) => api.post(`/v1/phonebanks/${campaign.bank.id}/join-links`,
    { hours_valid: 1, uses_max: 1, ...of });

  /// What the page says, in English or German.
  async function said(t, code, language = "en") {
    const { page } = await visit(t, { on: "phone" });
    await page.addInitScript((word) => localStorage.setItem("hustings.language", word), language);
    await page.goto(`/join/${code}`);
    const alert = page.getByRole("alert");
    await alert.waitFor();
    await isAccessible(page);
    return { page, text: await alert.innerText() };
  }

  test("that is used up, revoked or of nobody says so, and what to do", async (t) => {
    const used = await link();
    await calling(t, "Lou", { of: { link: used } });
    assert.match((await said(t, used.code)).text, /used up.*Ask/s);
    const german = await said(t, used.code, "de");
    assert.match(german.text, /gilt nicht mehr.*neuen Link/s);
    await picture(german.page, "join_used_up_german");
    const gone = await link();
    await api.call("DELETE", `/v1/join-links/${gone.id}`);
    assert.match((await said(t, gone.code)).text, /revoked/);
    assert.match((await said(t, "k7mq-2hpd-9xwt")).text, /no such code/, "another campaign's");
    assert.match((await said(t, "k7mq-2hpd-9xwt", "de")).text, /Diesen Code gibt es nicht/);
  });

  test("of a phone bank that is closed lets nobody in", async (t) => {
    const own = await openPhonebank(api);
    await api.post(`/v1/phonebanks/${own.bank.id}/state`, { state: "closed" });
    const { page } = await visit(t, { on: "phone" });
    await page.goto(`/join/${own.link.code}`);
    await page.getByLabel("Your first name").fill("Pat");
    await button(page, "Join").click();
    await page.getByText("This phone bank is closed.").waitFor();
  });
});

describe("a caller", () => {
  test("with two tabs calls in the one opened last, and can take the calls back", async (t) => {
    const { page, context } = await calling(t, "Tab");
    const number = await numberOf(page);
    await page.getByRole("radio", { name: "Ours" }).check();
    const second = await context.newPage();
    await second.goto("/call");
    await dial(second).waitFor();
    assert.equal(await numberOf(second), number, "the same call, not another one");
    assert.ok(await second.getByRole("radio", { name: "Ours" }).isChecked(), "with its answers");
    await page.getByRole("heading", { name: "You are calling in another tab" }).waitFor();
    await picture(page, "two_tabs");
    await isAccessible(page);
    await button(page, "Call in this tab").click();
    await second.getByRole("heading", { name: "You are calling in another tab" }).waitFor();
    await dial(page).waitFor();
    assert.equal(await numberOf(page), number);
  });

  test("whose phone bank is closed in mid-call saves the call and is told", async (t) => {
    const own = await openPhonebank(api);
    const { page } = await calling(t, "Mid", { of: own });
    await api.post(`/v1/phonebanks/${own.bank.id}/state`, { state: "closed" });
    await page.getByRole("radio", { name: "Ours" }).check();
    await button(page, "Save & next").click();
    await page.getByRole("heading", { name: "The phone bank is closed" }).waitFor();
    await picture(page, "closed_in_call");
    await until(async () => {  // the lead's counts may be a moment old
      const bank = await api.get(`/v1/phonebanks/${own.bank.id}`);
      return bank.calls === 1 && bank.conversations === 1;
    }, "the call to be counted");
  });

  test("whose clock is an hour off calls all the same", async (t) => {
    for (const hours of [-1, 1]) {
      const { page } = await calling(t, `Clock${hours}`, { setUp: (one) =>
        one.clock.install({ time: Date.now() + hours * 3_600_000 }) });
      const first = await numberOf(page);
      await button(page, /couldn't reach/).click();
      await page.getByRole("dialog").getByRole("button", { name: "No answer" }).click();
      await until(async () => await dial(page).count() === 1 && await numberOf(page) !== first,
        "the next number");
      await button(page, "Change last result").waitFor();
    }
  });

  test("of a list of which nobody may be called is thanked", async (t) => {
    const mark = randomUUID().slice(0, 8);
    const nobody = { all: [{ field: "has_phone", is: true }, { field: "has_phone", is: false }] };
    const segment = await api.post("/v1/segments", { name: `Nobody ${mark}`, rule: nobody });
    await assert.rejects(api.post("/v1/lists", {
      name: `Nobody ${mark}`, segment: segment.id, holdout_percent: 0, seed: 1 }),
      /widen the segment/, "a list of zero is not made");
    const bank = await api.post("/v1/phonebanks", {
      name: `Nobody ${mark}`, list: campaign.list.id, script: campaign.script.id, opens: "00:00",
      closes: "24:00", country: "", consent: "all" });
    assert.equal(bank.counts.barred, bank.counts.lines);
    await api.post(`/v1/phonebanks/${bank.id}/state`, { state: "open" });
    const link = await api.post(`/v1/phonebanks/${bank.id}/join-links`,
      { hours_valid: 1, uses_max: 5 });
    const { page } = await joined(t, "Zed", { of: { link } });
    await button(page, "Give me a number").click();
    await page.getByRole("heading", { name: "All numbers are done. Thank you!" }).waitFor();
    const lead = (await visit(t, { api })).page;
    await lead.goto(`/phonebanks/${bank.id}`);
    await lead.getByText("Every line is done or barred.").waitFor({ timeout: 30_000 });
  });

  test("finds what is seldom needed in a menu, by keyboard too", async (t) => {
    const { page } = await calling(t, "Menu");
    await fitsWidth(page);
    await page.locator(".call-menu summary").focus();
    await page.keyboard.press("Enter");
    await picture(page, "call_menu");
    await isAccessible(page);
    await page.keyboard.press("Escape");
    await button(page, "Board").waitFor({ state: "hidden" });
    await chooseInMenu(page, "Leave");
    await page.getByRole("dialog").getByRole("button", { name: "Leave" }).click();
    await page.getByRole("heading", { name: "Please join again" }).waitFor();
  });
});

describe("a lead", () => {
  test("sees waits and who is reached by segment", async (t) => {
    const own = await openPhonebank(api);
    const { page } = await calling(t, "Wai", { of: own });
    for (let n = 0; n < 2; ++n) {
      const before = await numberOf(page);
      await page.getByRole("radio", { name: "Ours" }).check();
      await button(page, "Save & next").click();
      await until(async () => await dial(page).count() === 1 && await numberOf(page) !== before,
        "the next number");
    }
    const lead = (await visit(t, { api })).page;
    await lead.goto(`/phonebanks/${own.bank.id}`);
    await lead.getByText(/95 of 100 under/).waitFor();
    const rates = lead.getByRole("list", { name: "Reached, by segment" });
    await rates.getByRole("link", { name: own.segment.name }).waitFor();
    await picture(lead, "lead_1280");
    await isAccessible(lead);
    const waits = await api.get(`/v1/phonebanks/${own.bank.id}/waits`);
    assert.equal(waits.counted, 1);
    const one = (await api.get(`/v1/phonebanks/${own.bank.id}/segments`)).items
      .find((row) => row.segment === own.segment.id);
    assert.ok(one.conversations >= 2 && one.conversations <= one.voters, "each voter of a line counts");
    assert.equal(one.calls, one.voters);
  });

  test("is offered the join link first while nobody has joined", async (t) => {
    const own = await openPhonebank(api);
    const { page } = await visit(t, { on: "phone", api });
    await page.goto(`/phonebanks/${own.bank.id}`);
    const invite = page.getByRole("heading", { name: "Invite callers" });
    await invite.waitFor();
    const numbers = page.getByText("Callers now");
    assert.ok((await invite.boundingBox()).y < (await numbers.boundingBox()).y);
    await fitsWidth(page);
    await picture(page, "lead_first_390");
  });
});

test("old versions of a script are browsed and compared", async (t) => {
  const script = (await api.get(`/v1/scripts/${campaign.script.id}`));
  const next = { name: script.name, introduction: "Good day, is this {first_name}?",
                 closing: script.closing, questions: script.questions.map(
                   ({ key, kind, text, choices, branches }) =>
                     ({ key, kind, text, choices, branches })) };
  next.questions[0].choices.push("Nobody");
  await api.post(`/v1/scripts/${script.id}`, next);
  const { page } = await visit(t, { api });
  await page.goto(`/scripts/${script.id}`);
  await page.getByRole("heading", { name: "Versions" }).waitFor();
  await page.locator("del", { hasText: "Hello," }).waitFor();
  await page.locator("ins", { hasText: "Nobody" }).waitFor();
  await page.getByText(/Version 1 as callers saw it/).click();
  await page.getByText("Hello, is this Maria? My name is Sam.").waitFor();
  await picture(page, "script_versions");
  await isAccessible(page);
  await page.getByLabel("Version", { exact: true }).selectOption("2");
  await page.getByText("Both say the same.").waitFor();
});
