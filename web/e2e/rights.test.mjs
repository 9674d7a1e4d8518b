// A person's download and erasure, and a file of those who have voted.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { closeBrowser, fitsWidth, picture, visit } from "./browser.mjs";
import { Api, until } from "./campaign.mjs";

let api;
before(async () => { api = await Api.administrator(); });
after(closeBrowser);

/// Somebody of this name; another one for each test, since one of them is erased.
async function somebody(query) {
  const { items } = await api.get(`/v1/voters?query=${query}&limit=1`);
  assert.equal(items.length, 1, `nobody is called ${query}`);
  return api.get(`/v1/voters/${items[0].id}`);
}

describe("the rights of a person", () => {
  test("everything that is known is downloaded, and that it was stands in the history", async (t) => {
    const { page } = await visit(t, { api });
    const voter = await somebody("johnson");
    await page.goto(`/voters/${voter.id}`);
    const coming = page.waitForEvent("download");
    await page.getByRole("link", { name: "Download everything that is known" }).click();
    const file = await coming;
    assert.equal(file.suggestedFilename(), `${voter.id}.json`);
    const all = JSON.parse(readFileSync(await file.path(), "utf8"));
    assert.equal(all.voter, voter.id);
    assert.equal(all.rows_as_received.length, voter.provenance.length);
    await page.reload();
    const history = page.getByRole("list", { name: "History" });
    await history.getByText("Everything known was downloaded").waitFor();
    await history.getByText("First read from").waitFor();
  });

  test("on a phone and by the keyboard: what goes is shown first, then the person is gone", async (t) => {
    const { page } = await visit(t, { api, on: "phone" });
    const voter = await somebody("williams");
    await page.goto(`/voters/${voter.id}`);
    await page.getByRole("button", { name: "Erase this person" }).focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    await dialog.getByText(/1 id by which files know this person, \d rows? of files/).waitFor();
    await dialog.getByRole("table").getByText("Source record").waitFor();
    await fitsWidth(page);
    await picture(page, "erase");
    const erase = dialog.getByRole("button", { name: "Erase for good" });
    assert.equal(await erase.isDisabled(), true, "not without a reason");
    await page.keyboard.press("Escape");
    assert.equal((await api.get(`/v1/voters/${voter.id}`)).id, voter.id, "nothing was changed");

    await page.getByRole("button", { name: "Erase this person" }).click();
    await dialog.getByLabel("Why").selectOption({ label: "The person asked for it" });
    await erase.click();
    await page.getByText("The person was erased from every table, list and phone bank.").waitFor();
    const gone = await api.get(`/v1/voters?query=${voter.provenance[0].external_id}`);
    assert.equal(gone.items.length, 0);
    await page.goto(`/voters/${voter.id}`);
    await page.getByText("There is no such voter.").waitFor();
  });
});

test("those who have voted are taken out by their file", async (t) => {
  const { page } = await visit(t, { api });
  const voter = await somebody("brown");
  await page.goto("/voters");
  const panel = page.locator("section", {
    has: page.getByRole("heading", { name: "Already voted" }) });
  const file = `ncid,ballot_rtn_status\n${voter.provenance[0].external_id},ACCEPTED\nZZ0,ACCEPTED\n`;
  await panel.getByLabel("File", { exact: true }).setInputFiles(
    { name: "ballots.csv", mimeType: "text/csv", buffer: Buffer.from(file) });
  const send = panel.getByRole("button", { name: "Take them out" });
  assert.equal(await send.isDisabled(), true, "not without its source");
  await panel.getByLabel("Whose ids").fill("nc");
  await send.click();
  await panel.getByText("2 ids in the file: 1 voter taken out now, 0 were before.").waitFor();
  await panel.getByText("1 id of nobody here:").waitFor();
  await fitsWidth(page);
  await picture(page, "already-voted");
  await until(async () => (await api.get(`/v1/voters/${voter.id}`)).suppressions
    .some((one) => one.reason === "already_voted" && one.source === "ballots.csv"), "the bar");
  await page.goto(`/voters/${voter.id}`);
  await page.getByText("Has voted already").first().waitFor();
});
