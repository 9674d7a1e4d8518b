// Sign-in, home, segments, imports and voters.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { closeBrowser, fitsWidth, picture, visit } from "./browser.mjs";
import { Api, email, password, until } from "./campaign.mjs";

let api;
before(async () => { api = await Api.administrator(); });
after(closeBrowser);

describe("signing in", () => {
  test("a wrong password is refused in one sentence; the right one opens the page asked for",
    async (t) => {
      const { page } = await visit(t);
      await page.goto("/segments");
      await page.getByRole("heading", { name: "Sign in" }).waitFor();
      await page.getByLabel("Email").fill(email());
      await page.getByLabel("Password").fill("not the password");
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.getByRole("alert").waitFor();
      await page.getByLabel("Password").fill(password());
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.getByRole("heading", { name: "Segments" }).waitFor();
      await page.getByRole("button", { name: "Sign out" }).click();
      await page.getByRole("heading", { name: "Sign in" }).waitFor();
      await page.goto("/voters");
      await page.getByRole("heading", { name: "Sign in" }).waitFor();
    });

  test("a link that is known to nobody says so", async (t) => {
    const { page } = await visit(t);
    await page.goto("/enter?token=nothing");
    await page.getByRole("alert").waitFor();
    await page.getByRole("link", { name: "Go to the sign-in page" }).waitFor();
  });
});

test("home shows the loop with its numbers and how fresh they are", async (t) => {
  const { page } = await visit(t, { api });
  await page.goto("/");
  const { voters } = await api.get("/v1/home");
  const loop = page.getByRole("list", { name: "The loop of the campaign" });
  await loop.getByText(voters.toLocaleString("en-US"), { exact: true }).waitFor();
  for (const name of ["Segments", "Lists", "Calls", "Answers", "Measured support", "Archive"]) {
    await loop.getByRole("heading", { name }).waitFor();
  }
  await page.getByText(/as of \d.* position \d/).waitFor();
  await fitsWidth(page);
  await picture(page, "home");
  await loop.getByRole("link", { name: "Segments" }).click();
  await page.getByRole("heading", { name: "Segments", level: 1 }).waitFor();
});

test("a segment is counted while it is built, saved and frozen", async (t) => {
  const { page } = await visit(t, { api });
  const fields = (await api.get("/v1/fields")).items;
  const party = fields.find((field) => field.name === "party");
  const value = party.values[0];
  const rule = { all: [{ field: "party", in: [value.value] }] };
  const wanted = (await api.post("/v1/segments/count", { rule })).count;
  await page.goto("/segments/new");
  await page.getByRole("button", { name: "Add a condition" }).click();
  await page.getByLabel("Field").selectOption({ label: party.title });
  await page.getByRole("button", { name: `Values of ${party.title}` }).click();
  await page.getByRole("group", { name: `Values of ${party.title}` })
    .getByRole("checkbox", { name: value.title }).check();
  await page.keyboard.press("Escape");
  const shown = `${wanted.toLocaleString("en-US")} Voters`;
  await page.getByRole("status").getByText(shown, { exact: true }).waitFor();
  await page.getByRole("list", { name: "By county" }).getByRole("listitem").first().waitFor();
  const name = `Built in a browser ${Date.now()}`;
  await page.getByLabel("Name").fill(name);
  await picture(page, "segment");
  await page.getByRole("button", { name: "Save segment" }).click();
  await page.getByText("version 1").waitFor();
  await page.getByRole("button", { name: "Freeze to a list" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Hold-out (%)").fill("0");
  await dialog.getByRole("button", { name: "Freeze the list" }).click();
  await page.getByRole("heading", { name, level: 1 }).waitFor();
  await page.getByRole("link", { name: "Open a phone bank" }).waitFor();
});

/// A voter file of North Carolina: good rows, and one that is cut short.
async function smallFile() {
  const layout = (await api.get("/v1/layouts")).items.find((one) => one.name === "nc");
  const between = { tab: "\t", comma: ",", semicolon: ";", pipe: "|" }[layout.delimiter];
  const names = [...new Set(layout.columns.map((column) => column.name))];
  const mark = String(Date.now());
  const row = (i) => names.map((name) => ({
    ncid: `ZZ${mark.slice(-8)}${i}`, county_id: "92", county_desc: "WAKE",
    voter_reg_num: `${mark.slice(-9)}${i}`.padStart(12, "0"), last_name: "BROWSERTEST",
    first_name: `ROW${i}`, status_cd: "A", voter_status_desc: "ACTIVE", state_cd: "NC",
    party_cd: "UNA", birth_year: "1980", registr_dt: "01/02/2010", reason_cd: "AV",
  }[name] ?? "")).join(between);
  const cut = row(3).split(between).slice(0, 4).join(between);
  const text = [names.join(between), row(1), row(2), cut, ""].join("\n");
  return { layout, name: `browser-${mark}.txt`, buffer: Buffer.from(text) };
}

test("a file is imported; its rejected row is shown with the reason", async (t) => {
  const { page } = await visit(t, { api });
  const file = await smallFile();
  await page.goto("/imports");
  await page.getByLabel("What kind of file is it?").selectOption({ label: file.layout.title });
  await page.getByLabel("File", { exact: true }).setInputFiles(
    { name: file.name, mimeType: "text/plain", buffer: file.buffer });
  // Two rows lack almost everybody of their county: refused, unless one says that it is meant so.
  await page.getByRole("button", { name: "Start the import" }).click();
  await page.getByText(/The import failed; the registry is as it was before/).waitFor();
  await page.goto("/imports");
  await page.getByLabel("What kind of file is it?").selectOption({ label: file.layout.title });
  await page.getByLabel("File", { exact: true }).setInputFiles(
    { name: file.name, mimeType: "text/plain", buffer: file.buffer });
  await page.getByLabel("Refuse a file that lacks more than (%)").fill("100");
  await page.getByRole("button", { name: "Try it first" }).click();
  await page.getByText("Only tried: nothing was changed").waitFor();
  await fitsWidth(page);
  await picture(page, "tried");
  await page.getByRole("button", { name: "Import it now" }).click();
  await page.getByRole("heading", { name: new RegExp(`${file.name}.*Published`) }).waitFor();
  const rejects = page.getByRole("table", { name: "Rejected rows" });
  await rejects.getByRole("row").nth(1).waitFor();
  assert.equal(await rejects.getByRole("row").count(), 2, "a header and one row");
  await page.getByRole("link", { name: "Download as CSV" }).waitFor();
  await picture(page, "import");
  await page.getByRole("button", { name: "Undo this import" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Undo this import" }).click();
  await page.getByRole("heading", { name: new RegExp(`${file.name}.*Undone`) }).waitFor();
  await page.goto("/imports");
  await page.getByRole("link", { name: file.name }).first().waitFor();
});

test("a voter is found, and barred from calls by hand", async (t) => {
  const { page } = await visit(t, { api });
  const found = await until(async () => {
    for (const letter of ["smith", "johnson", "brown", "jones", "davis", "s", "b"]) {
      const { items } = await api.get(`/v1/voters?query=${letter}`);
      const one = items.find((row) => row.phone_present && !row.protected);
      if (one) return one;
    }
    return null;
  }, "a voter with a phone");
  await page.goto("/voters");
  await page.getByRole("searchbox", { name: "Name or number" }).fill(found.name);
  await page.locator(`a[href="/voters/${found.id}"]`).click();
  await page.getByRole("heading", { name: "Where this comes from" }).waitFor();
  await page.getByText("Row as received").first().click();
  await page.getByRole("button", { name: /^Do not call \(/ }).first().click();
  await page.getByRole("dialog").getByRole("button", { name: "Do not call" }).click();
  const end = page.getByRole("button", { name: "End this bar" }).first();
  await end.waitFor();
  await fitsWidth(page);
  await picture(page, "voter");
  await end.click();
  await page.getByRole("dialog").getByRole("button", { name: "End this bar" }).click();
  await page.getByText(/^ended /).first().waitFor();

  await page.getByRole("button", { name: "Record a word on consent" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("How do you know?").fill("a letter");
  await dialog.getByRole("button", { name: "Record" }).click();
  const panel = page.locator("section", { hasText: "Consent" }).last();
  await page.getByText("Campaign, phone").first().waitFor();
  await page.getByText("Withdrawn", { exact: true }).first().waitFor();
  await fitsWidth(page);
  await panel.scrollIntoViewIfNeeded();
  await picture(page, "consent");
});

test("a do-not-call list comes in by the page, and what is no number is said", async (t) => {
  const { page } = await visit(t, { api });
  await page.goto("/voters");
  // Of an exchange that no invented voter has: none is barred by another test before.
  const numbers = Array.from({ length: 20 }, (_, i) => `919202${1000 + i}`);
  const list = page.locator("section", { hasText: "Do-not-call list" });
  await list.getByLabel("File").setInputFiles({
    name: "numbers.csv", mimeType: "text/csv", buffer: Buffer.from(["bad", ...numbers].join("\n")),
  });
  await page.getByLabel("Where is the list from?").fill("state list");
  await page.getByRole("button", { name: "Bar these numbers" }).click();
  await page.getByText(/^20 numbers in the file: 20 barred now/).waitFor();
  await fitsWidth(page);
  await picture(page, "number_list");
});
