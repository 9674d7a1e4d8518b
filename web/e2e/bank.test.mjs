// The phone bank's rules, dispositions, passes, scripts and languages, on the pages.
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

async function join(t, name, of = campaign) {
  const { page, context } = await visit(t, { on: "phone" });
  await page.goto(`/join/${of.link.code}`);
  await page.getByLabel("Your first name").fill(name);
  await button(page, "Join").click();
  await page.getByRole("heading", { name: `Hello ${name}` }).waitFor();
  return { page, context };
}

async function firstNumber(page) {
  await button(page, "Give me a number").click();
  await dial(page).waitFor();
  return numberOf(page);
}

async function nextNumber(page, before) {
  await until(async () => await dial(page).count() === 1 && await numberOf(page) !== before,
    "the next number");
}

async function unreached(page, reason) {
  await button(page, /couldn't reach/).click();
  await page.getByRole("dialog").getByRole("button", { name: reason, exact: true }).click();
}

/// Another phone bank on the same list, whose script is this one.
async function bankOf(script) {
  const made = await api.post("/v1/scripts", { name: `Script ${randomUUID()}`, ...script });
  const bank = await api.post("/v1/phonebanks", {
    name: `Bank ${randomUUID().slice(0, 8)}`, list: campaign.list.id, script: made.id,
    opens: "00:00", closes: "24:00", country: "" });
  await api.post(`/v1/phonebanks/${bank.id}/state`, { state: "open" });
  const link = await api.post(`/v1/phonebanks/${bank.id}/join-links`,
    { hours_valid: 4, uses_max: 100 });
  return { bank, link };
}

describe("calling rules", () => {
  test("are shown with their sources, and one country is chosen", async (t) => {
    const { page } = await visit(t, { api });
    await page.goto("/rules");
    await page.getByRole("heading", { name: "Calling rules", exact: true }).waitFor();
    await page.getByRole("cell", { name: /FL/ }).waitFor();
    await page.getByText("every day 08:00 to 20:00").first().waitFor();
    await picture(page, "rules");
    await isAccessible(page);
    await page.getByLabel("Country").selectOption("at");
    await page.getByText(/TKG/).first().waitFor();
    await button(page, "Keep the rules of Austria").click();
    await page.getByRole("dialog").getByRole("button", { name: /Keep the rules/ }).click();
    await page.getByText("The campaign's rules", { exact: true }).waitFor();
    const book = await api.get("/v1/calling-rules");
    assert.equal(book.chosen, "at");
    assert.equal(book.countries.length, 5);
    // A new phone bank starts with them, and bars who has not consented.
    await page.goto("/phonebanks/new");
    await page.getByLabel("Consent to be called").waitFor();
    assert.equal(await page.getByLabel("Consent to be called").inputValue(), "all");
    await picture(page, "new_phonebank");
    await isAccessible(page);
    const bank = await api.post("/v1/phonebanks", {
      name: `Vienna ${randomUUID().slice(0, 8)}`, list: campaign.list.id,
      script: campaign.script.id });
    assert.equal(bank.country, "at");
    assert.equal(bank.consent, "all");
    assert.equal(bank.counts.barred, bank.counts.lines);
    await api.post("/v1/calling-rules/choice", { country: "us" });
  });

  test("fit a phone", async (t) => {
    const { page } = await visit(t, { on: "phone", api });
    await page.goto("/rules");
    await page.getByRole("heading", { name: "Hours", exact: true }).waitFor();
    await fitsWidth(page);
  });
});

describe("dispositions", () => {
  test("the campaign adds one, and callers choose it", async (t) => {
    const key = `no_time_${randomUUID().slice(0, 8)}`;
    const { page } = await visit(t, { api });
    await page.goto("/dispositions");
    await page.getByRole("cell", { name: "No answer", exact: true }).waitFor();
    await button(page, "Add one").click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("What callers read").fill(`No time ${key}`);
    await dialog.getByLabel("Key").fill(key);
    await dialog.getByLabel("Has the effects of").selectOption("not_home");
    await dialog.getByLabel("Result code in VAN").fill("301");
    await isAccessible(page);
    await dialog.getByRole("button", { name: "Save" }).click();
    await page.getByText(`No time ${key}`).waitFor();
    await picture(page, "dispositions");
    await isAccessible(page);
    const saved = (await api.get("/v1/dispositions")).items.find((one) => one.key === key);
    assert.equal(saved.van_code, 301);
    assert.equal(saved.base, "not_home");

    const { page: call } = await join(t, "Own");
    const first = await firstNumber(call);
    await button(call, /couldn't reach/).click();
    await picture(call, "reasons");
    await isAccessible(call);
    await call.getByRole("dialog").getByRole("button", { name: `No time ${key}` }).click();
    const others = call.getByRole("group", { name: "Who is on the phone?" });
    for (let left = await others.count() === 0 ? 0 : await others.getByRole("button").count() - 1;
      left > 0; --left) {
      await unreached(call, `No time ${key}`);
    }
    await nextNumber(call, first);
  });

  test("do not call by mistake is undone", async (t) => {
    const { page } = await join(t, "Una");
    const first = await firstNumber(page);
    const e164 = first.replace("tel:", "");
    await unreached(page, "Do not call again");
    await page.getByRole("dialog").getByRole("button", { name: "Yes, save" }).click();
    await nextNumber(page, first);
    const bars = async () => (await api.get(`/v1/phonebanks/${campaign.bank.id}`)).barred_reasons
      .find((one) => one.reason === "do_not_call")?.count ?? 0;
    await until(async () => await bars() === 1, "the bar");
    await page.getByText("Do not call again: saved.").waitFor();
    await button(page, "Undo").click();
    await page.getByText(/^Saved: Do not call again\.$/).waitFor();
    await picture(page, "undo");
    await isAccessible(page);
    await page.getByRole("dialog").getByRole("button", { name: /^Undo/ }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await until(async () => await bars() === 0, "the bar to end");
    assert.ok(e164.startsWith("+1"));
  });

  test("a saved result becomes another one", async (t) => {
    const { page } = await join(t, "Cho");
    const first = await firstNumber(page);
    await unreached(page, "Busy");
    await nextNumber(page, first);
    await button(page, "Change last result").click();
    await page.getByRole("dialog").getByRole("button", { name: "Left a message" }).click();
    await page.getByText("Changed ✓").waitFor();
    await button(page, "Change last result").click();
    await page.getByText("Saved: Left a message.").waitFor();
  });

  test("results are listed as safe or waiting", async (t) => {
    const { page, context } = await join(t, "Saf");
    const first = await firstNumber(page);
    await context.setOffline(true);
    await unreached(page, "No answer");
    await chooseInMenu(page, /^Your results/);
    await page.getByText("Waits on this device").waitFor();
    await context.setOffline(false);
    await page.getByText("Safe with the campaign").waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "Back" }).click();
    await nextNumber(page, first);
  });
});

describe("passes", () => {
  test("their times change while it runs", async (t) => {
    const { page } = await visit(t, { api });
    await page.goto(`/phonebanks/${campaign.bank.id}`);
    await page.getByRole("heading", { name: "Passes" }).waitFor();
    await button(page, "Change").click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Minutes after busy").fill("7");
    await dialog.getByLabel(/Finish a pass before/).check();
    await isAccessible(page);
    await picture(page, "pace");
    await dialog.getByRole("button", { name: "Save the times" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByText("pass by pass").waitFor();
    const pace = await api.get(`/v1/phonebanks/${campaign.bank.id}/pace`);
    assert.equal(pace.busy_minutes, 7);
    assert.equal(pace.retry_minutes, 240);
    assert.equal(pace.whole_passes, true);
    await isAccessible(page);
    await picture(page, "lead");
  });
});

describe("scripts", () => {
  const mark = randomUUID().slice(0, 8);
  const branching = {
    introduction: "Hello {first_name} of {city}, this is {caller} for {phonebank}.",
    closing: "Goodbye!",
    questions: [
      { key: `a_${mark}`, kind: "choice", text: "Will you vote?", choices: ["Yes", "No"],
        branches: [{ choice: 2, to: "end" }, { choice: 0, to: "end" }] },
      { key: `b_${mark}`, kind: "choice", text: "By mail?", choices: ["Yes", "No"] }],
    translations: [{ language: "es", introduction: "Hola {first_name}", questions: [
      { key: `a_${mark}`, text: "¿Va a votar?", choices: ["Sí", "No"] }] }],
  };

  test("one that loops is refused with its way", async () => {
    await assert.rejects(api.post("/v1/scripts", { name: "Loop", questions: [
      { key: `x_${mark}`, kind: "text", text: "Why?" },
      { key: `y_${mark}`, kind: "text", text: "And?", branches: [{ to: `x_${mark}` }] }] }),
    (error) => error.message.includes(`x_${mark} → y_${mark} → x_${mark}`));
  });

  test("asks by the answers, in the voter's language", async (t) => {
    const own = await bankOf(branching);
    const { page } = await join(t, "Bran", own);
    await firstNumber(page);
    const question = (name) => page.getByRole("group", { name });
    await question(/Will you vote/).waitFor();
    assert.equal(await question(/By mail/).count(), 0);
    assert.match(await page.locator(".say").first().textContent(), /this is Bran for Bank/);
    await question(/Will you vote/).getByRole("radio", { name: "Yes" }).check();
    await question(/By mail/).waitFor();
    await question(/Will you vote/).getByRole("radio", { name: "No" }).check();
    await question(/By mail/).waitFor({ state: "detached" });
    await page.getByText("Goodbye!").waitFor();
    await page.getByLabel("Language of the script").selectOption("es");
    await page.getByText("¿Va a votar?").waitFor();
    await picture(page, "spanish");
    await isAccessible(page);
  });

  test("are written with branches and another language on the page", async (t) => {
    const { page } = await visit(t, { api });
    await page.goto("/scripts/new");
    const name = `Written ${randomUUID().slice(0, 8)}`;
    await page.getByLabel("Name", { exact: true }).fill(name);
    await page.getByLabel("Short name").fill(`w_${mark}`);
    await page.getByText("Where the answers lead").click();
    await page.getByLabel("After “No”").selectOption("end");
    await page.getByText("Languages", { exact: true }).click();
    await button(page, "+ Add a language").click();
    await page.getByRole("group", { name: "In es" })
      .getByLabel("Introduction").fill("Hola {first_name}");
    await isAccessible(page);
    await picture(page, "script_editor");
    await button(page, "Save the script").click();
    await page.getByRole("heading", { name }).waitFor();
    const saved = (await api.get("/v1/scripts")).items.find((one) => one.name === name);
    assert.deepEqual(saved.questions[0].branches, [{ choice: 5, to: "end" }]);
    assert.equal(saved.translations[0].introduction, "Hola {first_name}");
  });
});

describe("the caller's page", () => {
  test("is practised on an invented voter; nothing is stored", async (t) => {
    const { page } = await join(t, "Prac");
    await button(page, "Practise first").click();
    await page.getByText("Practice: an invented voter").waitFor();
    await picture(page, "practice");
    await isAccessible(page);
    const sent = [];
    page.on("request", (request) => sent.push(request.url()));
    await page.getByRole("radio", { name: "Ours" }).check();
    await button(page, "Save & next").click();
    await button(page, /couldn't reach/).click();
    await page.getByRole("dialog").getByRole("button", { name: "No answer" }).click();
    await button(page, "End the practice").click();
    await page.getByRole("heading", { name: "Hello Prac" }).waitFor();
    assert.equal(sent.filter((url) => /results|claim|release/.test(url)).length, 0);
  });

  test("speaks German", async (t) => {
    const { page } = await visit(t, { on: "phone" });
    await page.goto(`/join/${campaign.link.code}`);
    await button(page, "Deutsch").click();
    await page.getByLabel("Ihr Vorname").fill("Uwe");
    assert.equal(await page.evaluate(() => document.documentElement.lang), "de");
    await isAccessible(page);
    await button(page, "Beitreten").click();
    await button(page, "Erste Nummer bitte").click();
    await dial(page).waitFor();
    await fitsWidth(page);
    await picture(page, "german");
    await isAccessible(page);
    await button(page, /nicht erreicht/).click();
    await page.getByRole("dialog").getByRole("button", { name: "Niemand nimmt ab" }).click();
    await page.getByText("Gespeichert ✓").waitFor();
    await chooseInMenu(page, "English");
    await page.getByText(/conversation/).waitFor();
  });
});
