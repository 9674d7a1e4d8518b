// Money: the plan, what would be, an approved line, the ledger and its limits.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { closeBrowser, fitsWidth, picture, visit } from "./browser.mjs";
import { Api, until } from "./campaign.mjs";

let api;
const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const sheets = {
  contests: "contest,region,weight,previous,votes\n" +
    "Ash,North,10,0.49,400000\nBirch,North,6,0.51,200000\nCedar,South,8,0.5,300000\n",
  markets: "market,title,people\nm1,Ash City,300000\nm2,The Border,200000\nm3,Birch Hill,150000\n" +
    "m4,Cedar Bay,300000\n",
  reach: "market,contest,share\nm1,Ash,0.7\nm2,Ash,0.3\nm2,Birch,0.4\nm3,Birch,0.6\nm4,Cedar,1\n",
  channels: "channel,title,kind\ntv,Television,media\nfield,Doors,contact\n",
  rates: "channel,price\ntv,20.00\nfield,\"2,000.00\"\n",
  responses: "channel,effect_points,error_points,contacts,decay,source\n" +
    "tv,0.6,0.5,3,0.5,invented\nfield,0.8,0.2,1,0.9,invented\n",
  limits: "limit,kind,channel,cap\ntelevision,legal,tv,\"400,000.00\"\n",
};

before(async () => {
  api = await Api.administrator();
  const settings = await api.get("/v1/spending/settings");
  await api.call("PUT", "/v1/spending/settings",
    { ...settings, budget_cents: 100_000_000, first_day: day(-7), weeks: 8 });
  for (const [kind, text] of Object.entries(sheets)) {
    await api.call("PUT", `/v1/spending/sheets/${kind}`, text);
  }
  await until(async () => {
    const state = await api.get("/v1/planning");
    return state.newest && state.tried_inputs === state.inputs;
  }, "a plan");
});
after(closeBrowser);

test("the plan shows where money goes, what would be, and what polls change", async (t) => {
  const { page } = await visit(t, { api });
  await page.goto("/money");
  await page.getByRole("heading", { name: "The next $10,000" }).waitFor();
  await page.getByRole("cell", { name: "Ash City", exact: true }).first().waitFor();
  await page.getByRole("cell", { name: "television", exact: true }).waitFor();
  await picture(page, "money");
  const gain = page.getByText(/It would gain/).locator("strong");
  const asIs = await gain.textContent();
  await page.getByLabel("Budget").fill("0.5");
  await page.waitForFunction(
    ([before]) => [...document.querySelectorAll("[role=status] strong")]
      .some((one) => one.textContent?.includes("points") && one.textContent !== before), [asIs]);
  await page.getByRole("button", { name: "As it is" }).click();

  await api.call("PUT", "/v1/spending/sheets/polls",
    `contest,pollster,end_day,people,ours,theirs\nBirch,New,${day(-1)},1500,44,52\n`);
  await page.getByText("Why: polls.").waitFor();
  await page.getByText(/^Birch: /).waitFor();
  await fitsWidth(page);
});

test("a line is approved and stands in the ledger; beyond a limit nothing is booked", async (t) => {
  const { page } = await visit(t, { api });
  await page.goto("/money");
  await page.getByRole("button", { name: /^Approve m/ }).first().click();
  await page.getByText("approved", { exact: true }).first().waitFor();
  await page.goto("/ledger");
  await page.getByRole("table", { name: "Ledger" }).waitFor();
  await page.getByRole("button", { name: "Book money" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Channel").selectOption("tv");
  await dialog.getByLabel("Amount").fill("400,000.01");
  await dialog.getByRole("button", { name: "Book money" }).click();
  await dialog.getByText(/legal limit "television"/).waitFor();
  await picture(page, "ledger_limit");
  await dialog.getByLabel("Amount").fill("1,234.50");
  await dialog.getByRole("button", { name: "Book money" }).click();
  await page.getByRole("cell", { name: "$1,234.50" }).first().waitFor();
  await fitsWidth(page);
  await picture(page, "ledger");
  const sums = (await api.get("/v1/ledger/sums")).items;
  assert.ok(sums.some((one) => one.booked_cents === 123_450));
});

test("plan and ledger fit a phone", async (t) => {
  const { page } = await visit(t, { on: "phone", api });
  await page.goto("/money");
  await page.getByRole("heading", { name: "The next $10,000" }).waitFor();
  await page.getByRole("cell", { name: "television", exact: true }).waitFor();
  await fitsWidth(page);
  await picture(page, "money_phone");
  await page.goto("/ledger");
  await page.getByRole("heading", { name: "Files" }).waitFor();
  await fitsWidth(page);
  await picture(page, "ledger_phone");
});
