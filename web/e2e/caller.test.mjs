// The caller's whole way, on a phone.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { closeBrowser, fitsWidth, picture, visit } from "./browser.mjs";
import { Api, openPhonebank, until } from "./campaign.mjs";

let api;
let campaign;
before(async () => {
  api = await Api.administrator();
  campaign = await openPhonebank(api);
});
after(closeBrowser);

const bank = () => api.get(`/v1/phonebanks/${campaign.bank.id}`);
const button = (page, name) => page.getByRole("button", { name });
const dial = (page) => page.getByRole("link", { name: /^Call / });

async function join(t, name) {
  const { page, context } = await visit(t, { on: "phone" });
  await page.goto(`/join/${campaign.link.code}`);
  await page.getByLabel("Your first name").fill(name);
  await button(page, "Join").click();
  await page.getByRole("heading", { name: `Hello ${name}` }).waitFor();
  await button(page, "Give me a number").click();
  await dial(page).waitFor();
  return { page, context };
}

/// The number of the call; the next one must be another.
const numberOf = (page) => dial(page).getAttribute("href");

async function nextNumber(page, before) {
  await until(async () => {
    const link = dial(page);
    return await link.count() === 1 && await numberOf(page) !== before;
  }, "the next number");
  return numberOf(page);
}

async function unreached(page, reason) {
  await button(page, /couldn't reach/).click();
  await page.getByRole("dialog").getByRole("button", { name: reason }).click();
}

/// Voters of the household before the one shown last may be asked about, one after the other.
async function markAll(page, mark) {
  const voters = page.getByRole("group", { name: "Who is on the phone?" }).getByRole("button");
  const many = Math.max(1, await voters.count());
  for (let i = 0; i < many; ++i) await mark();
}

describe("a caller", () => {
  test("joins, asks, saves, and gets the next number", async (t) => {
    const { page } = await join(t, "Val");
    const first = await numberOf(page);
    assert.match(first, /^tel:\+1\d{10}$/);
    await fitsWidth(page);
    await picture(page, "call");
    await page.getByText("My name is Val.").waitFor();
    assert.ok(await button(page, "Save & next").isDisabled(), "nothing to save yet");
    await page.getByRole("group", { name: /Whom do you support/ })
      .getByRole("radio", { name: "Ours" }).check();
    await page.getByRole("group", { name: /How sure are you/ })
      .getByRole("radio", { name: "Declined to say" }).check();
    await page.getByRole("textbox", { name: /What matters most/ }).fill("Schools");
    const calls = (await bank()).calls;
    await button(page, "Save & next").click();
    await page.getByText("Saved ✓").waitFor();
    await nextNumber(page, first);
    await until(async () => (await bank()).calls === calls + 1, "the call to be counted");
    assert.ok((await bank()).conversations >= 1);
  });

  test("notes why nobody was reached, and goes on at once", async (t) => {
    const { page } = await join(t, "Noor");
    const first = await numberOf(page);
    await unreached(page, "No answer");
    const second = await nextNumber(page, first);
    await unreached(page, "Busy");
    await nextNumber(page, second);
    const counted = async () => new Map(
      (await bank()).dispositions.map((one) => [one.disposition, one.count]));
    await until(async () => (await counted()).get("busy") >= 1, "the results to show");
    assert.ok((await counted()).get("no_answer") >= 1);
  });

  test("promises a callback for tomorrow", async (t) => {
    const { page } = await join(t, "Cal");
    const first = await numberOf(page);
    await markAll(page, async () => {
      await unreached(page, "Call back later");
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("radio", { name: "Tomorrow" }).check();
      await dialog.getByLabel("Time").selectOption({ index: 2 });
      await dialog.getByRole("button", { name: "Save & next" }).click();
    });
    await nextNumber(page, first);
    await until(async () => (await bank()).counts.callbacks >= 1, "the callback to be kept");
  });

  test("do not call: asked twice, then the number is barred", async (t) => {
    const { page } = await join(t, "Dana");
    const first = await numberOf(page);
    await unreached(page, "Do not call again");
    await page.getByText("Never call this number again?").waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "Yes, save" }).click();
    await nextNumber(page, first);
    await until(async () => (await bank()).barred_reasons.some(
      (one) => one.reason === "do_not_call"), "the number to be barred");
  });

  test("a number barred while it is shown can no longer be dialled", async (t) => {
    const { page } = await join(t, "Bo");
    const number = await numberOf(page);
    await api.post("/v1/suppressions",
      { number: number.replace("tel:", ""), reason: "do_not_call", source: "registry page" });
    await page.getByText("Please don't call this number").waitFor();
    assert.equal(await dial(page).count(), 0);
    await picture(page, "barred");
    await button(page, /^Skip/).click();
    await nextNumber(page, number);
  });

  test("a reload in mid-call brings back the number and the answers", async (t) => {
    const { page } = await join(t, "Rey");
    const number = await numberOf(page);
    const ours = () => page.getByRole("group", { name: /Whom do you support/ })
      .getByRole("radio", { name: "Undecided" });
    await ours().check();
    await page.reload();
    await dial(page).waitFor();
    assert.equal(await numberOf(page), number);
    assert.ok(await ours().isChecked());
  });

  test("without a connection the result waits, and is sent once", async (t) => {
    const { page, context } = await join(t, "Off");
    const sent = [];
    page.on("request", (request) => {
      if (request.url().endsWith("/v1/caller/results")) sent.push(request.postDataJSON().key);
    });
    const first = await numberOf(page);
    const calls = (await bank()).calls;
    await context.setOffline(true);
    await unreached(page, "No answer");
    await page.getByText("Waiting to send (1)").waitFor();
    await context.setOffline(false);
    await nextNumber(page, first);
    await until(async () => (await bank()).calls === calls + 1, "the result to arrive");
    assert.equal(new Set(sent).size, 1, "one key, however often it was tried");
    assert.equal(await page.getByText(/Waiting to send/).count(), 0);
  });

  test("works with the keys alone", async (t) => {
    const { page } = await join(t, "Key");
    const first = await numberOf(page);
    await page.keyboard.press("2");
    await page.getByRole("radio", { name: "Undecided" }).and(page.locator(":checked")).waitFor();
    await page.keyboard.press("Enter");
    const second = await nextNumber(page, first);
    await page.keyboard.press("n");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("1");
    const third = await nextNumber(page, second);
    await page.keyboard.press("s");
    await nextNumber(page, third);
  });

  test("takes a break, and sees a pause", async (t) => {
    const { page } = await join(t, "Pam");
    await button(page, "Break").click();
    await page.getByRole("heading", { name: "Enjoy your break" }).waitFor();
    const own = await openPhonebank(api);
    await api.post(`/v1/phonebanks/${own.bank.id}/state`, { state: "paused" });
    await page.goto(`/join/${own.link.code}`);
    await page.getByText("This phone bank is not open now.").waitFor();
    await page.getByLabel("Your first name").fill("Pam");
    await button(page, "Join").click();
    await button(page, "Give me a number").click();
    await page.getByRole("heading", { name: "The phone bank is paused" }).waitFor();
    await api.post(`/v1/phonebanks/${own.bank.id}/state`, { state: "open" });
    await button(page, "Ask now").click();
    await dial(page).waitFor();
  });

  test("who is signed out is asked to join again", async (t) => {
    const { page, context } = await join(t, "Eve");
    await context.clearCookies();
    await page.reload();
    await page.getByRole("heading", { name: "Please join again" }).waitFor();
    await page.getByRole("link", { name: "Join again" }).click();
    await page.getByLabel("Your first name").waitFor();
  });
});

test("a wrong join link says what to do", async (t) => {
  const { page } = await visit(t, { on: "phone" });
  await page.goto("/join/zzzz-zzzz-zzzz");
  await page.getByRole("alert").getByText("Ask the person who gave you the link").waitFor();
});
