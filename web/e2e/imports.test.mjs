// A file is looked at, mapped, tried and imported; its rejects are mended; all of it is undone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { closeBrowser, fitsWidth, picture, visit } from "./browser.mjs";
import { Api } from "./campaign.mjs";

let api;
before(async () => { api = await Api.administrator(); });
after(closeBrowser);

const mark = Date.now().toString(36);
const source = `club${mark}`;

/// A club's list: names in one column, a date of its own form, one row without a state that exists.
const list = [
  "Nr;Whole name;Born;Town;Where;Hidden",
  "1;Imports, Ada;17/05/1970;Raleigh;NC;",
  "1b;Imports, Ada;17/05/1970;Raleigh;NC;",
  "2;Imports, Grace;01/02/1980;Durham;NC;",
  "3;Imports, Broken;01/02/1980;Durham;ZZ;",
  "4;Imports, Secret;01/02/1980;Durham;NC;CONFIDENTIAL",
].map((line) => line.replaceAll(/(\d\d)\/(\d\d)\/(\d{4})/g, "$2/$1/$3")).join("\n") + "\n";

const give = (page, label, name, text) => page.getByLabel(label, { exact: true }).setInputFiles(
  { name, mimeType: "text/plain", buffer: Buffer.from(text) });

async function choose(page, column, target, choice) {
  await page.getByLabel(`What ${column} becomes`).selectOption({ label: target });
  if (choice) {
    await page.getByLabel(`What is taken of ${column}`).selectOption({ label: choice });
  }
}

test("columns are mapped by hand, and a whole name is taken apart", async (t) => {
  const { page } = await visit(t, { api });
  await page.goto("/imports");
  await give(page, "File", `club-${mark}.csv`, list);
  await page.getByRole("button", { name: "Look at the columns" }).click();
  await page.getByRole("heading", { name: /How this file is read/ }).waitFor();
  await page.getByLabel("Read it as").selectOption({ label: "Any list of people (columns by mapping)" });
  await page.getByLabel("Whose ids are these?").fill(source);

  await choose(page, "nr", "External id");
  await choose(page, "whole name", "Whole name: Last, First");
  await choose(page, "born", "Birth date", "MM/DD/YYYY");
  await choose(page, "town", "City");
  await choose(page, "where", "State");
  await page.getByText("4 of 5").waitFor();
  await page.getByText("1970-05-17").first().waitFor();
  assert.equal(await page.getByText("Secret").count(), 0, "nothing of a protected row is shown");
  await fitsWidth(page);
  await picture(page, "import-columns");
  await page.getByRole("button", { name: "Import it now" }).click();
  await page.getByRole("heading", { name: new RegExp(`${`club-${mark}.csv`}.*Published`) }).waitFor();
  const run = await api.get(`/v1/imports/${page.url().match(/imp_[0-9a-z]+/)[0]}`);
  assert.equal(run.rows_new, 4);
  const found = await api.get("/v1/voters?query=imports");
  assert.ok(found.items.length >= 3, "the names were taken apart");
  await api.post(`/v1/imports/${run.id}/undo`);
});

test("a list with usual names is recognised, tried, imported, mended and undone", async (t) => {
  const { page } = await visit(t, { api });
  const text = [
    "id,surname,forename,date_of_birth,town,region,zip,phone",
    `${mark}1,Imports,Ada,05/17/1970,Raleigh,NC,27601,919-555-0143`,
    `${mark}1b,Imports,Ada,05/17/1970,Raleigh,NC,27601,`,
    `${mark}2,Imports,Grace,02/01/1980,Durham,NC,27701,`,
    `${mark}3,Imports,Broken,02/01/1980,Durham,ZZ,27701,`,
  ].join("\n") + "\n";
  await page.goto("/imports");
  await give(page, "File", `list-${mark}.csv`, text);
  await page.getByRole("button", { name: "Look at the columns" }).click();
  await page.getByText(/Recognised as Any list of people/).waitFor();
  await page.getByText("What the first rows become").waitFor();
  await page.getByText("3 of 4").waitFor();
  await page.getByText(/'ZZ' is no state/).waitFor();
  await page.getByLabel("Whose ids are these?").fill(source);
  // The effect of a choice is seen at once.
  await page.getByLabel("What town becomes").selectOption({ label: "(not kept)" });
  await page.getByText("Durham").first().waitFor();
  const becomes = page.locator(".results");
  await becomes.getByText("Raleigh").first().waitFor({ state: "detached" });
  await page.getByLabel("What town becomes").selectOption({ label: "City" });
  await becomes.getByText("Raleigh").first().waitFor();
  await page.getByText("Empty values").click();
  await page.getByLabel("Phone", { exact: true }).check();
  await fitsWidth(page);
  await picture(page, "import-look");

  await page.getByRole("button", { name: "Try it first" }).click();
  await page.getByText("Only tried: nothing was changed").waitFor();
  await page.getByRole("table", { name: "Who may be there twice" }).waitFor();
  await page.getByText("Compared with everybody: 3 new rows, none of a known voter.").waitFor();
  await picture(page, "import-tried");
  await page.getByRole("button", { name: "Import it now" }).click();
  await page.getByRole("heading", { name: new RegExp(`${`list-${mark}.csv`}.*Published`) }).waitFor();
  const first = page.url().match(/imp_[0-9a-z]+/)[0];
  const run = await api.get(`/v1/imports/${first}`);
  assert.deepEqual(run.asked.blank_keeps, ["phone"]);
  assert.equal(run.rows_new, 3);
  assert.equal(run.rows_rejected, 1);

  // The rejected row, mended.
  const rows = await page.evaluate(async (path) => (await fetch(path)).text(),
    `/v1/imports/${first}/rejects.txt`);
  assert.equal(rows.trim().split("\n").length, 2, "a header and one row");
  await give(page, "File", `mended-${mark}.csv`, rows.replace(",ZZ,", ",NC,"));
  await page.getByRole("button", { name: "Add the mended rows" }).click();
  await page.getByText("These are mended rows of another import").waitFor();
  await page.getByRole("heading", { name: new RegExp(`${`mended-${mark}.csv`}.*Published`) }).waitFor();
  const mended = page.url().match(/imp_[0-9a-z]+/)[0];
  assert.equal((await api.get(`/v1/imports/${mended}`)).rows_new, 1);
  await picture(page, "import-mended");

  await page.getByRole("link", { name: "The import they are of" }).click();
  await page.getByText("Mended rows were added").waitFor();
  await page.getByRole("button", { name: "Undo this import" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Undo this import" }).click();
  await page.getByRole("heading", { name: /Undone/ }).waitFor();
  assert.equal((await api.get(`/v1/imports/${mended}`)).state, "undone");
});

test("a tried list says who is probably known already", async (t) => {
  const { page } = await visit(t, { api });
  const { items } = await api.get("/v1/voters?query=smith");
  const known = [];
  for (const row of items.slice(0, 20)) {
    const voter = await api.get(`/v1/voters/${row.id}`);
    if (!voter.protected && voter.address.street && voter.birth_year) known.push(voter);
  }
  const { name, birth_year: year, address } = known[0];
  const text = `id,last_name,first_name,middle_name,birth_year,street,city,state,zip\n` +
    `${mark}k,${name.last},${name.first},${name.middle ?? ""},${year},${address.street},` +
    `${address.city},NC,${address.zip5}\n` +
    `${mark}s,Quartermaine,Zebulon,,1950,1 Nowhere Rd,Juneau,AK,99501\n`;
  await page.goto("/imports");
  await give(page, "File", `known-${mark}.csv`, text);
  await page.getByRole("button", { name: "Look at the columns" }).click();
  await page.getByLabel("Whose ids are these?").fill(source);
  await page.getByRole("button", { name: "Try it first" }).click();
  await page.getByText(/1 of 2 new rows that were compared/).waitFor();
  const table = page.getByRole("table", { name: "Who is probably known already" });
  await table.getByRole("link", { name: `${mark}k` }).waitFor();
  await picture(page, "import-known");
  await page.setViewportSize({ width: 390, height: 844 });
  await fitsWidth(page);
  await picture(page, "import-known_phone");
  await table.getByRole("link", { name: `${mark}k` }).click();
  await page.getByRole("heading", { level: 1, name: new RegExp(name.last, "i") }).waitFor();
});
