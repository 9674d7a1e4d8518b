// The caller's way where the server makes the calls: a server whose driver is the simulator
// (HUSTINGS_DIALLING=simulator; tests/functional/dialling.test.mjs starts one).
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { isAccessible } from "./axe.mjs";
import { closeBrowser, fitsWidth, picture, visit } from "./browser.mjs";
import { Api, openPhonebank, until } from "./campaign.mjs";

const simulator = process.env.HUSTINGS_DIALLING === "simulator";
let api;
let campaign;
before(async () => {
  api = await Api.administrator();
  campaign = await openPhonebank(api);
});
after(closeBrowser);

const button = (page, name) => page.getByRole("button", { name });
const callButton = (page) => button(page, /^Call \(/);
const callsMax = 40;

async function join(t, name, on = "phone") {
  const { page, context } = await welcomed(t, name, on);
  await page.getByText("Simulated calls: nobody is called").waitFor();
  await button(page, "Give me a number").click();
  await callButton(page).waitFor();
  return { page, context };
}

async function welcomed(t, name, on) {
  const { page, context } = await visit(t, { on });
  await page.goto(`/join/${campaign.link.code}`);
  await page.getByLabel("Your first name").fill(name);
  await button(page, "Join").click();
  return { page, context };
}

const stateOf = (page) => page.locator(".dialling");

/// Waits for one of these states of the call: which it is.
async function callIs(page, ...states) {
  return until(async () => {
    const shown = await stateOf(page).getAttribute("class", { timeout: 200 }).catch(() => "");
    return states.find((state) => (shown ?? "").split(" ").includes(state));
  }, `the call to be ${states.join(" or ")}`);
}

/// Saves what the end of the call proposes, or else that nobody answered.
async function goOn(page) {
  const number = await page.locator(".dialling-number").textContent();
  const proposal = button(page, /^Save “/);
  if (await proposal.count() === 1) {
    await proposal.click();
  } else {
    await button(page, /couldn't reach/).click();
    await page.getByRole("dialog").getByRole("button", { name: "No answer" }).click();
  }
  await until(async () => await callButton(page).count() === 1 &&
    !(await callButton(page).textContent()).includes(number), "the next number");
}

/// Calls until a call gets to this state.
async function callUntil(page, state) {
  for (let calls = 0; calls < callsMax; ++calls) {
    await callButton(page).click();
    if (await callIs(page, state, "ended") === state) return;
    await goOn(page);
  }
  throw new Error(`none of ${callsMax} calls was ${state}`);
}

describe("a caller with the own phone", { skip: simulator }, () => {
  test("has the number looked at once more when they tap it", async (t) => {
    const { page } = await welcomed(t, "Own", "phone");
    const asked = [];
    page.on("response", (response) => {
      if (response.url().endsWith("/v1/caller/dial")) asked.push(response.status());
    });
    const phoned = [];
    page.on("request", (request) => {
      if (request.url().startsWith("tel:")) phoned.push(request.url());
    });
    await button(page, "Give me a number").click();
    const link = page.getByRole("link", { name: /^Call / });
    const state = (to) => api.post(`/v1/phonebanks/${campaign.bank.id}/state`, { state: to });
    await link.waitFor();
    await state("paused");
    await link.click();
    await page.getByText("The phone bank is paused.").waitFor();
    await state("open");
    await link.click();
    await until(() => phoned.length === 1, "the phone to be told");
    assert.equal(phoned[0], await link.getAttribute("href"));
    assert.deepEqual(asked, [409, 200]);
    assert.equal(await page.getByText("The phone bank is paused.").count(), 0);
    assert.equal(await page.getByText("Simulated calls").count(), 0);
  });
});

describe("a caller whose calls the server makes", { skip: !simulator }, () => {
  test("calls, and confirms what the end of the call proposes", async (t) => {
    const { page } = await join(t, "Val");
    await fitsWidth(page);
    await picture(page, "dialling-ready");
    await callButton(page).click();
    await button(page, "Hang up").waitFor();
    await picture(page, "dialling-asked");
    for (let calls = 0; calls < callsMax; ++calls) {
      if (await callIs(page, "answered", "ended") === "answered") await button(page, "Hang up").click();
      await callIs(page, "ended");
      if (await button(page, "Save “No answer” & next").count() === 1) break;
      await goOn(page);
      await callButton(page).click();
    }
    await picture(page, "dialling-no-answer");
    await fitsWidth(page);
    await isAccessible(page);
    const counted = async () => (await api.get(`/v1/phonebanks/${campaign.bank.id}`)).dispositions
      .find((one) => one.disposition === "no_answer")?.count ?? 0;
    const before = await counted();
    await goOn(page);
    await until(async () => await counted() > before, "the result to be counted");
  });

  test("speaks, hangs up, and saves the answers", async (t) => {
    const { page } = await join(t, "Noor");
    await callUntil(page, "answered");
    await page.getByText("Connected").waitFor();
    await picture(page, "dialling-connected");
    await button(page, "Hang up").click();
    await page.getByText("The call has ended.").waitFor();
    assert.equal(await button(page, /^Save “/).count(), 0, "what was said only the caller knows");
    await page.getByRole("group", { name: /Whom do you support/ })
      .getByRole("radio", { name: "Ours" }).check();
    await button(page, "Save & next").click();
    await page.getByText("Saved ✓").waitFor();
    await callButton(page).waitFor();
  });

  test("a reload in mid-call shows the call, and calls nobody again", async (t) => {
    const { page } = await join(t, "Rey");
    await callUntil(page, "ringing");
    const number = await page.locator(".dialling-number").textContent();
    await page.reload();
    await stateOf(page).waitFor();
    assert.equal(await page.locator(".dialling-number").textContent(), number);
    assert.equal(await callButton(page).count(), 0);
  });

  test("do not call, recorded while it rings, hangs up", async (t) => {
    const { page } = await join(t, "Bo");
    await callUntil(page, "ringing");
    await api.post("/v1/suppressions", {
      number: await page.locator(".dialling-number").textContent(), reason: "do_not_call",
      source: "letter" });
    await page.getByText("Please don't call this number").waitFor();
    await page.getByText("Hung up before anybody answered.").waitFor();
    await picture(page, "dialling-barred");
  });

  test("works by keys on a wide page", async (t) => {
    const { page } = await join(t, "Kay", "laptop");
    await page.keyboard.press("c");
    await stateOf(page).waitFor();
    await picture(page, "dialling-wide");
    if (await callIs(page, "asked", "ringing", "answered", "ended") !== "ended") {
      await page.keyboard.press("c");
    }
    await callIs(page, "ended");
    await isAccessible(page);
    await page.keyboard.press("n");
    await page.getByRole("dialog").getByRole("button", { name: "No answer" }).waitFor();
    await page.keyboard.press("1");
    await callButton(page).waitFor();
  });
});
