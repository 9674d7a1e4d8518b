// Two voters who may be one: looked for, decided on by button and key, taken back.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { closeBrowser, fitsWidth, picture, visit } from "./browser.mjs";
import { Api, until } from "./campaign.mjs";

const pairs = 4;
let api;
before(async () => {
  api = await Api.administrator();
  await signUpTwice();
});
after(closeBrowser);

/// A sign-up list on which people of the roll stand twice under two ids: the list holds the two apart, so that a
/// person has to decide.
async function signUpTwice() {
  const { items } = await api.get("/v1/voters?query=&limit=200");
  const rows = [];
  for (const row of items) {
    if (row.protected || !row.city || rows.length === 2 * pairs) continue;
    const { name, address, birth_year: year } = await api.get(`/v1/voters/${row.id}`);
    if (!address.street || !year) continue;
    for (const which of ["a", "b"]) {
      rows.push([`e2e${rows.length}${which}`, name.first, name.middle ?? "", name.last,
        name.suffix ?? "", year, `"${address.street}"`, address.city, "NC", address.zip5 ?? "",
        which === "a" ? `e2e${rows.length}@example.net` : ""].join(","));
    }
  }
  assert.equal(rows.length, 2 * pairs);
  const text = ["id,first_name,middle_name,last_name,suffix,birth_year,street,city,state,zip,email",
    ...rows].join("\n");
  const { upload } = await api.upload("signed_up_twice.csv", text);
  const { id } = await api.post("/v1/imports", { layout: "generic", upload });
  const run = await until(async () => {
    const now = await api.get(`/v1/imports/${id}`);
    return now.state !== "running" && now;
  }, "the import");
  assert.equal(run.state, "published", run.error ?? "");
}

const waiting = async () => (await api.get("/v1/matches/count")).open;

test("a run is started, pairs are reviewed by button and by key", async (t) => {
  const { page } = await visit(t, { api });
  await page.goto("/matches");
  await page.getByRole("heading", { name: "Matches", exact: true }).waitFor();
  await page.getByRole("button", { name: "Look through everybody" }).click();
  await page.getByText("Joined by themselves").waitFor();
  await until(async () => (await waiting()) >= pairs, "pairs to wait", 60);
  await page.reload();

  const sides = page.getByRole("table", { name: "Both records side by side" });
  await sides.getByRole("row", { name: "Last name" }).waitFor();
  const why = page.getByRole("list", { name: "Why" });
  assert.ok((await why.getByRole("listitem").count()) > 1);
  await picture(page, "matches");
  await fitsWidth(page);

  // By button, and taken back.
  const before = await waiting();
  await page.getByRole("button", { name: "Same person" }).click();
  await page.getByText("They are one voter now.").waitFor();
  assert.equal(await waiting(), before - 1);
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByText("They are one voter now.").waitFor({ state: "detached" });
  assert.equal(await waiting(), before);

  // By key.
  await sides.getByRole("row", { name: "Last name" }).waitFor();
  await page.keyboard.press("d");
  await page.getByText("They are never joined.").waitFor();
  await until(async () => (await waiting()) === before - 1, "the decision");
  await sides.getByRole("row", { name: "Last name" }).waitFor();
  await page.keyboard.press("l");
  await page.getByText("Put off.").waitFor();
  await until(async () => (await api.get("/v1/matches/count")).later === 1, "the pair to be put off");
  await page.getByLabel("Which pairs").selectOption({ label: "Put off" });
  await page.getByRole("table", { name: "The queue" }).getByRole("button").first().waitFor();
  await page.keyboard.press("Escape");
  await page.locator("h1").click();
  await page.keyboard.press("u");
  await until(async () => (await api.get("/v1/matches/count")).later === 0, "it to wait again");
});

test("a pair is reviewed on a phone", async (t) => {
  const { page } = await visit(t, { api, on: "phone" });
  await page.goto("/matches");
  const sides = page.getByRole("table", { name: "Both records side by side" });
  await sides.getByRole("row", { name: "Last name" }).waitFor();
  await fitsWidth(page);
  await picture(page, "matches_phone");
  const before = await waiting();
  await page.getByRole("button", { name: "Same person" }).tap();
  await page.getByText("They are one voter now.").waitFor();
  assert.equal(await waiting(), before - 1);
});
