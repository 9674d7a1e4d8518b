// One person of two records: joined, looked at, corrected, split again.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { closeBrowser, fitsWidth, picture, visit } from "./browser.mjs";
import { Api, until } from "./campaign.mjs";

let api;
before(async () => { api = await Api.administrator(); });
after(closeBrowser);

const idOf = (voter) => voter.provenance[0].external_id;

/// Two voters who may be shown, with different streets and last names.
async function twoVoters(from) {
  const { items } = await api.get("/v1/voters?query=&limit=200");
  const shown = [];
  for (const row of items.slice(from)) {
    if (row.protected || !row.city) continue;
    const voter = await api.get(`/v1/voters/${row.id}`);
    const ofTheRoll = voter.provenance.length === 1 && voter.provenance[0].source === "nc";
    if (!ofTheRoll) continue; // others stand in what further tests bring
    if (!voter.address.street || voter.address.street === shown[0]?.address.street) continue;
    if (voter.name.last === shown[0]?.name.last) continue;
    shown.push(voter);
    if (shown.length === 2) return shown;
  }
  throw new Error("not enough voters");
}

test("two records become one person, are corrected, and are two again", async (t) => {
  const [one, other] = await twoVoters(0);
  const { page } = await visit(t, { api });
  await page.goto(`/voters/${one.id}`);
  const records = page.locator("section", {
    has: page.getByRole("heading", { name: "Records of this person" }) });
  await records.getByRole("button", { name: "This is the same person as…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name or number").fill(idOf(other));
  const found = dialog.getByRole("listitem").getByRole("button");
  await found.filter({ hasText: new RegExp(other.name.last, "i") }).first().click();
  const sides = dialog.getByRole("table", { name: "Both records side by side" });
  await sides.getByText(other.address.street, { exact: true }).waitFor();
  await sides.getByText(one.address.street, { exact: true }).waitFor();
  await picture(page, "persons_join");
  await dialog.getByRole("button", { name: "They are one person" }).click();
  await records.getByText(idOf(other), { exact: true }).waitFor();
  await records.getByText(/joined by/).waitFor();
  assert.equal(await records.getByRole("listitem").count(), 2);
  await fitsWidth(page);

  // The old link leads to the person.
  await page.goto(`/voters/${other.id}`);
  await page.waitForURL(`**/voters/${one.id}`);
  await records.getByText(idOf(other), { exact: true }).waitFor();

  const values = page.locator("section", {
    has: page.getByRole("heading", { name: "Values and corrections" }) });
  await values.getByRole("button", { name: "Edit", exact: true }).first().click();
  await values.getByRole("button", { name: "Edit City" }).click();
  await dialog.getByLabel("City").fill("BROWSERTON");
  await dialog.getByRole("button", { name: "Save" }).click();
  await page.getByText(/Browserton/).first().waitFor();
  await values.getByText("City: BROWSERTON").waitFor();

  // Another record's value instead of the shown one.
  await values.getByRole("button", { name: "Edit Street" }).click();
  const shown = (await api.get(`/v1/voters/${one.id}`)).address.street;
  const wanted = shown === one.address.street ? other.address.street : one.address.street;
  await picture(page, "persons_edit");
  await dialog.getByRole("button", { name: `Use ${wanted}` }).click();
  await values.getByText(`Street: ${wanted}`).waitFor();
  await picture(page, "persons");
  for (const left of [1, 0]) {
    await values.getByRole("button", { name: "End this correction" }).first().click();
    await until(async () =>
      (await values.getByRole("button", { name: "End this correction" }).count()) === left,
    "the correction to end");
  }
  assert.equal((await api.get(`/v1/voters/${one.id}`)).address.street, shown);

  await records.getByRole("listitem").filter({ hasText: idOf(other) })
    .getByRole("button", { name: "Not this person" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Not this person" }).click();
  await page.getByRole("link", { name: "The record is a voter of its own: open it" }).click();
  await page.waitForURL(`**/voters/${other.id}`);
  for (const voter of [one, other]) {
    const now = await api.get(`/v1/voters/${voter.id}`);
    assert.equal(now.id, voter.id);
    assert.deepEqual(now.address, voter.address);
    assert.equal(now.provenance.length, 1);
  }
});

test("values and corrections fit a phone and work by keyboard", async (t) => {
  const [one] = await twoVoters(20);
  const { page } = await visit(t, { api, on: "phone" });
  await page.goto(`/voters/${one.id}`);
  const values = page.locator("section", {
    has: page.getByRole("heading", { name: "Values and corrections" }) });
  await values.getByRole("button", { name: "Edit", exact: true }).focus();
  await page.keyboard.press("Enter");
  await values.getByRole("button", { name: "Edit Party" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").getByLabel("Party").fill("GRE");
  await page.keyboard.press("Enter");
  await values.getByText("Party: GRE").waitFor();
  await fitsWidth(page);
  await picture(page, "persons_phone");
  await values.getByRole("button", { name: "End this correction" }).click();
  await values.getByText("Ended", { exact: true }).waitFor();
});

test("the policy between records is changed and changed back", async (t) => {
  const { page } = await visit(t, { api });
  await page.goto("/voters");
  const policy = page.getByLabel("Address", { exact: true });
  await policy.selectOption({ label: "The newest record first" });
  await page.getByText(/people have several records/).waitFor();
  const { groups } = await api.get("/v1/survivorship");
  assert.equal(groups.find((group) => group.group === "address").policy, "newest_first");
  await picture(page, "survivorship");
  await policy.selectOption({ label: "The state's own roll first" });
  await until(async () => (await api.get("/v1/survivorship")).groups
    .every((group) => group.policy === group.usual), "the usual policies");
});
