// Money: the map, sheets with their dry run, settings, limits, and what is entered in the ledger.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import { closeBrowser, fitsWidth, picture, visit } from "./browser.mjs";
import { Api, until } from "./campaign.mjs";

let api;
const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const file = (name, text) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
const sheets = {
  contests: "contest,region,weight,previous,votes\n" +
    "NC,South,15,0.49,5000000\nVA,South,13,0.52,4000000\nSC,South,9,0.45,2500000\n",
  markets: "market,title,people\nraleigh,Raleigh,1200000\ncharlotte,Charlotte,1100000\n" +
    "norfolk,Norfolk,700000\n",
  reach: "market,contest,share\nraleigh,NC,0.5\ncharlotte,NC,0.5\ncharlotte,SC,0.3\n" +
    "norfolk,VA,0.6\n",
  counties: "fips,market\n37183,raleigh\n37063,raleigh\n37135,raleigh\n37119,charlotte\n" +
    "37025,charlotte\n45091,charlotte\n51710,norfolk\n51810,norfolk\n",
  channels: "channel,title,kind\ntv,Television,media\nfield,Doors,contact\n",
  rates: "channel,price\ntv,20.00\nfield,\"2,000.00\"\n",
  responses: "channel,effect_points,error_points,contacts,decay,half_life_weeks,source\n" +
    "tv,0.6,0.5,3,0.5,0.5,invented\nfield,0.8,0.2,1,0.9,,invented\n",
};

const planned = () => until(async () => {
  const state = await api.get("/v1/planning");
  return state.newest && !state.problem && state.tried_inputs === state.inputs;
}, "a plan");

before(async () => {
  api = await Api.administrator();
  const settings = await api.get("/v1/spending/settings");
  await api.call("PUT", "/v1/spending/settings",
    { ...settings, budget_cents: 300_000_000, first_day: day(-7), weeks: 8 });
  for (const [kind, text] of Object.entries(sheets)) {
    await api.call("PUT", `/v1/spending/sheets/${kind}`, text);
  }
  await planned();
});
after(closeBrowser);

test("the map shows markets and contests, by mouse and by keyboard", async (t) => {
  const { page } = await visit(t, { api });
  await page.goto("/money");
  const map = page.getByRole("application", { name: /^Map/ });
  await map.waitFor();
  assert.equal(await map.locator("path[data-county=raleigh]").count(), 1);
  await map.focus();
  await page.keyboard.press("ArrowRight");
  const said = page.locator(".county-said");
  await said.filter({ hasText: /planned \$/ }).waitFor();
  await page.getByLabel("Colour by").selectOption("marginal");
  await page.getByRole("button", { name: "Raleigh", exact: true }).click();
  await said.filter({ hasText: /^Raleigh: points that \$10,000 more brings/ }).waitFor();
  await picture(page, "money_map_markets");
  await page.getByLabel("Show", { exact: true }).selectOption("contests");
  await page.getByRole("button", { name: "NC", exact: true }).click();
  await said.filter({ hasText: /^NC: points that a point of share brings/ }).waitFor();
  await picture(page, "money_map_contests");
  await fitsWidth(page);
});

test("the plan says what it was made of, and how old that is", async (t) => {
  const { page } = await visit(t, { api });
  await page.goto("/money");
  const used = page.getByRole("table", { name: "What this plan was made of" });
  await used.getByRole("row", { name: /prices .* ago/ }).waitFor();
});

test("a sheet is checked, refused with line and column, and kept when asked", async (t) => {
  const { page } = await visit(t, { api });
  await page.goto("/money/inputs");
  await page.getByLabel("CSV file").setInputFiles(file("polls.csv",
    `contest,pollster,end_day,people,ours,theirs\nNC,Form,${day(-1)},800,48,49\nXX,F,${day(-1)},1,4,4\n`));
  await page.getByRole("button", { name: "Check" }).click();
  await page.getByRole("alert").filter({ hasText: "line 3, column contest" }).waitFor();
  await page.getByLabel("CSV file").setInputFiles(file("polls.csv",
    `contest,pollster,end_day,people,ours,theirs\nNC,Form,${day(-1)},800,48,49\n`));
  const before = await api.get("/v1/planning");
  await page.getByRole("button", { name: "Check" }).click();
  await page.getByText(/1 rows, of which 1 say something new. Nothing is kept yet/).waitFor();
  assert.equal((await api.get("/v1/planning")).inputs, before.inputs);
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await page.getByText("1 rows, of which 1 were new.").waitFor();
  await planned();
  await fitsWidth(page);
  await picture(page, "money_inputs");
});

test("settings and limits are set on the page", async (t) => {
  const { page } = await visit(t, { api });
  await page.goto("/money/inputs");
  await page.getByLabel("Budget").fill("3,100,000.00");
  await page.getByLabel("Election, such as G2026").fill("G2026");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Saved.").waitFor();
  const settings = await api.get("/v1/spending/settings");
  assert.equal(settings.budget_cents, 310_000_000);
  assert.equal(settings.committee.election, "G2026");
  assert.equal(settings.error_national, 0.012);
  await page.getByLabel("Name", { exact: true }).fill("doors in Norfolk");
  await page.getByLabel("Market", { exact: true }).selectOption("norfolk");
  await page.getByLabel("Channel", { exact: true }).selectOption("field");
  await page.getByLabel("At most", { exact: true }).fill("12,345.67");
  await page.getByRole("button", { name: "Set the limit" }).click();
  await page.getByRole("cell", { name: "$12,345.67" }).waitFor();
  await page.getByRole("button", { name: "Remove: doors in Norfolk" }).click();
  await page.getByRole("cell", { name: "$12,345.67" }).waitFor({ state: "detached" });
});

test("correlations are refused, repaired when asked, shown and taken away", async (t) => {
  const { page } = await visit(t, { api });
  await page.goto("/money/inputs");
  await page.getByText(/those of two contests of a region go together by 5\d %/).waitFor();
  await page.getByLabel("Its rows are").selectOption("correlations");
  await page.getByText(/or a column for each contest/).waitFor();
  await page.getByLabel("CSV file").setInputFiles(file("impossible.csv",
    "contest,NC,SC,VA\nNC,1,0.9,-0.9\nSC,0.9,1,0.9\nVA,-0.9,0.9,1\n"));
  await page.getByRole("button", { name: "Check" }).click();
  await page.getByRole("alert").filter({ hasText: "not positive semi-definite" }).waitFor();
  await page.getByLabel(/take the nearest ones that can/).check();
  await page.getByRole("button", { name: "Check" }).click();
  await page.getByText(/the nearest ones that can were taken/).waitFor();
  await page.getByRole("button", { name: "Import", exact: true }).click();
  const pairs = page.getByRole("table", { name: "Strongest pairs" });
  await pairs.getByRole("row", { name: /NC, SC 0.50/ }).waitFor();
  await planned();
  await page.getByRole("img", { name: /correlations of \d+ contests/ }).waitFor();
  await fitsWidth(page);
  await picture(page, "money_correlations");
  await page.goto("/money");
  await page.getByText("The errors of 3 pairs of contests are correlated.").waitFor();
  await page.goto("/money/inputs");
  await page.getByRole("button", { name: "Make them independent" }).click();
  await pairs.waitFor({ state: "detached" });
  await planned();
});

test("the tracker is chosen, and the page says that shares are from it", async (t) => {
  const { page } = await visit(t, { api });
  await api.call("PUT", "/v1/spending/sheets/polls", "contest,pollster,end_day,people,ours,theirs\n" +
    `NC,Walk,${day(-6)},900,47,49\nNC,Walk,${day(-2)},900,48,48\nNC,Other,${day(-3)},700,50,46\n`);
  await page.goto("/money/inputs");
  await page.getByLabel("Polls become shares by").selectOption("tracker");
  await page.getByText(/each pollster reads a little too much/).waitFor();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Saved.").waitFor();
  await planned();
  await page.getByRole("table", { name: "Contests" }).getByRole("row", { name: /NC .* ± / }).waitFor();
  await page.goto("/money");
  await page.getByText(/Shares are from the tracker: opinion moves by/).waitFor();
});

test("invoices, payments and refunds are entered and exported", async (t) => {
  await api.post("/v1/ledger/commitments", { market: "norfolk", channel: "tv", week: 3,
    cents: 500_000, vendor: "Bay TV", order: "", purpose: "Spots", day: day(0), key: randomUUID() });
  const { page } = await visit(t, { api });
  await page.goto("/ledger");
  await page.getByRole("button", { name: "Entries: norfolk, tv, Week 3" }).click();
  const dialog = page.getByRole("dialog");
  for (const [kind, amount] of [["invoice", "4,000.00"], ["payment", "3,900.00"],
    ["refund", "150.00"]]) {
    await dialog.getByLabel("What").selectOption(kind);
    await dialog.getByLabel("Amount").fill(amount);
    await dialog.getByRole("button", { name: "Enter" }).click();
    await dialog.getByRole("cell", { name: kind === "refund" ? "-$150.00" : `$${amount}` }).last()
      .waitFor();
  }
  await picture(page, "ledger_entries");
  await page.keyboard.press("Escape");
  const row = page.getByRole("row", { name: /norfolk/ }).first();
  await row.getByRole("cell", { name: "$3,750.00" }).waitFor();
  const answer = await page.request.get(`/v1/ledger/payments/schedule_b?from=${day(0)}`);
  const lines = (await answer.text()).trim().split("\n");
  assert.equal(lines[0].split(",").length, 44);
  assert.equal(lines.filter((line) => line.includes("Bay TV")).length, 2);
});

test("a ledger is checked before it is imported", async (t) => {
  const { page } = await visit(t, { api });
  await page.goto("/ledger");
  const text = `kind,market,channel,week,day,amount,order\n` +
    `commitment,raleigh,tv,2,${day(0)},"1,000.00",IMP-1\n`;
  await page.getByLabel("File", { exact: true }).setInputFiles(file("ledger.csv", text));
  await page.getByRole("button", { name: "Check" }).click();
  await page.getByText("1 entries would be new, 0 are there already; $1,000.00").waitFor();
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await page.getByText("1 new entries; 0 were there already.").waitFor();
  await page.getByLabel("File", { exact: true }).setInputFiles(file("ledger.csv",
    text.replace("1,000.00", "99,000,000.00").replace("IMP-1", "IMP-2")));
  await page.getByRole("button", { name: "Check" }).click();
  await page.getByRole("alert").filter({ hasText: /budget/ }).waitFor();
});

test("on a phone lines are approved without scrolling sideways", async (t) => {
  await planned();
  const { page } = await visit(t, { on: "phone", api });
  await page.goto("/money");
  const approve = page.getByRole("button", { name: /^Approve / }).nth(1);
  await approve.waitFor();
  await approve.scrollIntoViewIfNeeded();
  const box = await approve.boundingBox();
  assert.ok(box.x >= 0 && box.x + box.width <= 390, JSON.stringify(box));
  await fitsWidth(page);
  await picture(page, "money_lines_phone");
  await page.getByRole("application", { name: /^Map/ }).scrollIntoViewIfNeeded();
  await picture(page, "money_map_phone");
  await page.goto("/money/inputs");
  await page.getByRole("button", { name: "Check" }).waitFor();
  await page.getByRole("button", { name: "Save" }).waitFor();
  await fitsWidth(page);
  await picture(page, "money_inputs_phone");
});
