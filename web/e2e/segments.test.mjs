// The segments' pages: the builder with every kind of rule, text beside it, who can be called now, the map,
// comparison, history, what an analyst is shown; lists with arms.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import { closeBrowser, fitsWidth, picture, visit } from "./browser.mjs";
import { Api, openPhonebank, until } from "./campaign.mjs";

let api;
let campaign;
before(async () => {
  api = await Api.administrator();
  campaign = await openPhonebank(api);
});
after(closeBrowser);

const shown = (number) => number.toLocaleString("en-US");
const mark = () => randomUUID().slice(0, 8);
const save = (name, rule) => api.post("/v1/segments", { name: `${name} ${mark()}`, rule });
const countOf = async (rule) => (await api.post("/v1/segments/count", { rule })).count;

/// What the page reads out once the count of the present rule is there.
const announced = (page, count) => page.getByRole("status")
  .getByText(`${shown(count)} Voters`, { exact: true }).waitFor();

test("a rule written as text becomes conditions, each kind of them", async (t) => {
  const { page } = await visit(t, { api });
  const base = await save("Base", { field: "has_phone", is: true });
  const key = campaign.script.questions[0].key;
  const rules = [
    ["party in (DEM, UNA) and age 30..60", ["Party", "Age"]],
    [`answer:${key} in (1, 2) within 14d`, ["Whom do you support?"]],
    [`contacted 2..5 times with (no_answer, busy) by "${campaign.bank.name}" since 2026-01-01`,
     ["Contacts"]],
    ["consent:campaign:phone not in (withdrawn)", ["Consent"]],
    [`in list "${campaign.list.name}" arm treatment`, ["List"]],
    [`in segment "${base.name}" and not has_phone`, ["Segment"]],
    ["votes_count of last 4 general >= 1 and not (party in (REP) or support_score >= 60)",
     ["Elections voted in", "Support"]],
  ];
  await page.goto("/segments/new");
  const text = page.getByLabel("The rule as text");
  await text.waitFor();
  for (const [words, titles] of rules) {
    const { rule, problems } = await api.post("/v1/rules/read", { text: words });
    assert.deepEqual(problems, [], words);
    await text.fill(words);
    await announced(page, await countOf(rule));
    for (const title of titles) {
      await page.getByRole("group", { name: new RegExp(title, "i") }).first().waitFor();
    }
    assert.equal(await page.locator(".condition.unknown").count(), 0, words);
  }
  // An edit of a condition is written back as text.
  await text.fill("contacted 2.. times");
  const contacts = page.getByRole("group", { name: "Contacts" });
  await contacts.getByLabel("When").selectOption({ label: "within the last" });
  await page.waitForFunction(() => /contacted 2\.\. times within 14d/.test(
    document.querySelector("textarea").value));
  await contacts.getByRole("button", { name: "Not: Contacts" }).click();
  await page.waitForFunction(() => /^not contacted/.test(document.querySelector("textarea").value));
  await picture(page, "builder_contacts");
});

test("an error in the text is shown at its place, with what was meant", async (t) => {
  const { page } = await visit(t, { api });
  await page.goto("/segments/new");
  const text = page.getByLabel("The rule as text");
  await text.fill("has_phone and prty in (DEM)");
  const alert = page.getByRole("alert");
  await alert.getByText("Line 1, character 15:").waitFor();
  await alert.getByText(/Did you mean "party"/).waitFor();
  assert.equal(await page.locator(".rule-marked mark").textContent(), "prty");
  await picture(page, "builder_error");
  await alert.getByRole("button", { name: "Go there" }).click();
  const selected = await page.evaluate(() => {
    const area = document.querySelector("textarea");
    return area.value.slice(area.selectionStart, area.selectionEnd);
  });
  assert.equal(selected, "prty");
  await page.keyboard.type("party");
  await announced(page, await countOf({ all: [
    { field: "has_phone", is: true }, { field: "party", in: ["DEM"] }] }));
});

test("what may stand there is offered, and taken by keyboard", async (t) => {
  const { page } = await visit(t, { api });
  await page.goto("/segments/new");
  const text = page.getByLabel("The rule as text");
  await text.click();
  await page.keyboard.type("part");
  await page.getByRole("option", { name: /party/ }).first().waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector("textarea").value === "party ");
  await page.keyboard.type("in (DEM)");
  await announced(page, await countOf({ field: "party", in: ["DEM"] }));
  // No text is no condition, as it was at first.
  await text.fill("");
  await announced(page, await countOf({ all: [] }));
  assert.equal(await page.getByRole("alert").count(), 0);
  assert.equal(await text.inputValue(), "");
});

test("what is typed the moment the page is there stays, also while the server is busy", async (t) => {
  const { page } = await visit(t, { api });
  let refused = 0;
  await page.route("**/v1/rules/read", async (route) => {
    if (route.request().postDataJSON().text !== "part" || ++refused > 1) return route.continue();
    await route.fulfill({ status: 503, contentType: "application/problem+json",
                          body: JSON.stringify({ code: "unavailable", detail: "Busy." }) });
  });
  // Before anything else on the page has run: a script is faster than any hand, a busy machine is not.
  await page.addInitScript(() => {
    const watch = new MutationObserver(() => {
      const area = document.querySelector("textarea");
      if (!area) return;
      watch.disconnect();
      area.focus();
      area.value = "part";
      area.dispatchEvent(new InputEvent("input", { bubbles: true }));
    });
    watch.observe(document, { childList: true, subtree: true });
  });
  await page.goto("/segments/new");
  await page.getByRole("option", { name: /party/ }).first().waitFor();
  assert.equal(await page.getByLabel("The rule as text").inputValue(), "part");
  assert.equal(refused, 2);
});

test("groups are built by keyboard; the numbers follow, the older ones greyed", async (t) => {
  const { page } = await visit(t, { api });
  await page.goto("/segments/new");
  await page.getByRole("button", { name: "Add a group" }).focus();
  await page.keyboard.press("Enter");
  const group = page.getByRole("group", { name: "Group: any of these" });
  await group.getByRole("button", { name: "Add a condition" }).focus();
  await page.keyboard.press("Enter");
  await group.getByLabel("Field").selectOption("age");
  await group.getByLabel("Age from").fill("18");
  await group.getByLabel("Age to").fill("34");
  const rule = { all: [{ any: [{ field: "age", between: [18, 34] }] }] };
  await announced(page, await countOf(rule));
  const found = await api.post("/v1/segments/portrait",
    { rule, breakdowns: ["party"], scores: ["support_score"] });
  const party = page.getByRole("list", { name: "By party" });
  const first = found.breakdowns[0].cells[0];
  await party.getByText(shown(first.count)).first().waitFor();
  await page.getByRole("heading", { name: "Support", exact: true }).waitFor();
  await page.getByText(`${shown(found.distributions[0].known)} voters have it`,
    { exact: false }).first().waitFor();
  await page.getByLabel("and who meet").selectOption({ label: "none of these" });
  await announced(page, await countOf({ all: [
    { not: { any: [{ field: "age", between: [18, 34] }] } }] }));
  await fitsWidth(page);
  await picture(page, "builder");
});

test("who can be called now: every voter at the first reason", async (t) => {
  const { page } = await visit(t, { api });
  const segment = await save("Waterfall", { field: "party", in: ["DEM", "REP", "UNA"] });
  await page.goto(`/segments/${segment.id}`);
  await page.getByRole("tab", { name: "Rule" }).focus();
  await page.keyboard.press("ArrowRight");
  const steps = page.getByRole("list", { name: "Who can be called now" });
  await steps.getByRole("listitem").first().waitFor();
  const found = await api.post("/v1/segments/waterfall", { segment: segment.id });
  await steps.getByText(shown(found.whole), { exact: false }).first().waitFor();
  await steps.getByText("Callable now").waitFor();
  const numbers = await steps.locator(".bar-value").evaluateAll((all) =>
    all.map((one) => Number(one.childNodes[0].textContent.replace(/,/g, ""))));
  assert.equal(numbers.slice(1).reduce((sum, one) => sum + one, 0), numbers[0]);
  assert.equal(numbers[0], segment.count);
  await fitsWidth(page);
  await picture(page, "waterfall");
});

test("the map colours counties, says them by arrow keys, and stands beside a table", async (t) => {
  const { page } = await visit(t, { api });
  const segment = await save("Map", { all: [] });
  await page.goto(`/segments/${segment.id}`);
  await page.getByRole("tab", { name: "Map" }).click();
  const map = page.getByRole("application", { name: /Counties/ });
  await map.waitFor();
  assert.ok(await map.locator("path.county").count() >= 100, "North Carolina has 100 counties");
  const { breakdowns: [counties] } = await api.post("/v1/segments/portrait",
    { segment: segment.id, breakdowns: ["county"], scores: [] });
  assert.equal(await map.locator("path.county:not(.nobody)").count(),
    counties.cells.filter((cell) => cell.value !== "").length);
  await map.focus();
  await page.keyboard.press("ArrowRight");
  await page.locator(".county-said").getByText(/, NC: \d/).waitFor();
  const one = await page.locator(".county-said").textContent();
  for (const key of ["ArrowRight", "ArrowLeft", "ArrowDown"]) await page.keyboard.press(key);
  await until(async () => (await page.locator(".county-said").textContent()) !== one,
    "another county");
  await page.getByLabel("Colour by").selectOption({ label: "Mean support" });
  await page.getByRole("columnheader", { name: "Mean support" }).waitFor();
  await page.getByRole("list", { name: "Legend" }).getByRole("listitem").first().waitFor();
  await fitsWidth(page);
  await picture(page, "map");
});

test("two segments stand side by side, several in a matrix", async (t) => {
  const { page } = await visit(t, { api });
  const a = await save("Young", { field: "age", between: [18, 40] });
  const b = await save("Democrats", { field: "party", in: ["DEM"] });
  const both = await countOf({ all: [{ segment: a.id }, { segment: b.id }] });
  await page.goto(`/segments/compare?a=${a.id}&b=${b.id}`);
  await page.getByText("in both", { exact: true }).waitFor();
  const parts = page.locator(".overlap-parts dd");
  const numbers = await parts.evaluateAll((all) =>
    all.map((one) => Number(one.childNodes[0].textContent.replace(/,/g, ""))));
  assert.deepEqual(numbers, [a.count - both, both, b.count - both]);
  await page.getByRole("table", { name: "Party" }).getByRole("row").nth(1).waitFor();
  const matrix = page.getByRole("table", { name: "Overlap of several" });
  await matrix.getByText(shown(both)).first().waitFor();
  await fitsWidth(page);
  await picture(page, "compare");
});

test("a segment keeps its versions, its numbers and who took its voters", async (t) => {
  const { page } = await visit(t, { api });
  const segment = await save("History", { field: "party", in: ["DEM"] });
  await api.post(`/v1/segments/${segment.id}`, { rule: { field: "party", in: ["DEM", "UNA"] } });
  await until(async () => (await api.get(`/v1/segments/${segment.id}/counts`)).items.length > 0,
    "a number to be kept");
  await page.goto(`/segments/${segment.id}`);
  await page.getByRole("tab", { name: "History" }).click();
  await page.getByRole("table", { name: "Versions" }).getByText("party in (DEM, UNA)").waitFor();
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download CSV" }).click();
  assert.match((await download).suggestedFilename(), /^voters-seg_.*\.csv$/);
  await page.getByRole("table", { name: "Files of these voters" }).getByRole("row").nth(1).waitFor();
  await picture(page, "segment_history");
  await page.getByRole("button", { name: "Take the rule of version 1" }).click();
  await announced(page, segment.count);
  await page.getByText("changes not saved").waitFor();
});

test("answers show their n and interval", async (t) => {
  const { page } = await visit(t, { api });
  await page.goto("/segments/new");
  await page.getByRole("tab", { name: "Answers" }).click();
  await page.getByLabel("Question").waitFor();
  await page.getByText(/n = \d+ of [\d,]+ voters/).waitFor();
  await page.getByText("95 % interval (Wilson)", { exact: false }).waitFor();
  await picture(page, "segment_answers");
});

async function analyst() {
  const email = `${mark()}@example.org`;
  const password = "only numbers, please";
  await api.post("/v1/people", { name: "Nora Numbers", email, role: "analyst", password });
  const hers = new Api();
  await hers.post("/v1/session", { email, password });
  return hers;
}

test("an analyst sees numbers, small ones hidden, small counties hatched", async (t) => {
  const segment = await save("For analysts", { field: "party", in: ["DEM"] });
  const { page } = await visit(t, { api: await analyst() });
  await page.goto("/");
  await page.getByRole("heading", { name: "Segments", level: 1 }).waitFor();
  const links = await page.getByRole("navigation", { name: "Pages" }).getByRole("link").allTextContents();
  assert.deepEqual(links, ["Segments"]);
  await page.getByRole("link", { name: segment.name }).click();
  await page.getByText(/Your role sees no individuals/).first().waitFor();
  await announced(page, segment.count);
  await page.getByRole("tab", { name: "Map" }).click();
  const hatched = page.locator("path.county[fill^='url(#']");
  await hatched.first().waitFor();
  await page.getByRole("list", { name: "Legend" }).getByText("hidden").waitFor();
  await page.getByRole("button", { name: /^Show all/ }).click();
  await page.getByRole("table", { name: "Counties" }).getByText("hidden").first().waitFor();
  await fitsWidth(page);
  await picture(page, "analyst_map");
  await page.getByRole("tab", { name: "Callable now" }).click();
  await page.getByRole("list", { name: "Who can be called now" }).waitFor();
});

test("a list is frozen with arms and strata, and compared with an older one", async (t) => {
  const { page } = await visit(t, { api });
  const segment = await save("Arms", { field: "party", in: ["DEM", "REP"] });
  const older = await api.post("/v1/lists",
    { name: `Older ${mark()}`, segment: segment.id, holdout_percent: 0 });
  await page.goto(`/segments/${segment.id}`);
  await page.getByRole("button", { name: "Freeze to a list" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("Arms, strata, households, order").click();
  await dialog.getByRole("checkbox", { name: /One voter of each household/ }).check();
  await dialog.getByRole("button", { name: "Add an arm" }).click();
  await dialog.getByRole("button", { name: "Add an arm" }).click();
  await dialog.getByRole("checkbox", { name: "Party" }).check();
  await picture(page, "freeze");
  await dialog.getByRole("button", { name: "Freeze the list" }).click();
  const arms = page.getByRole("list", { name: "Arms" });
  await arms.getByText("Hold-out").waitFor();
  assert.equal(await arms.getByRole("listitem").count(), 3);
  await page.getByText("one voter of each", { exact: true }).waitFor();
  const left = page.locator(".stat", { hasText: "Left" });
  await left.waitFor();
  await page.getByLabel("Older list").selectOption(older.id);
  await page.getByRole("table", { name: "Why" }).waitFor();
  await fitsWidth(page);
  await picture(page, "list");
});

test("the segments' pages fit a phone", async (t) => {
  const { page } = await visit(t, { api, on: "phone" });
  const a = await save("Phone", { all: [
    { field: "contacts", at_most: 3, results: ["busy"], within_days: 7 },
    { any: [{ field: "age", between: [18, 40] }, { list: campaign.list.id, arm: "treatment" }] }] });
  const b = await save("Phone b", { field: "party", in: ["DEM"] });
  await page.goto(`/segments/${a.id}`);
  await page.getByRole("group", { name: "Contacts" }).waitFor();
  await page.getByRole("heading", { name: "Who they are" }).waitFor();
  await fitsWidth(page);
  await picture(page, "builder_phone");
  for (const [tab, wait, name] of [["Callable now", ".waterfall", "waterfall_phone"],
    ["Map", ".county-map svg", "map_phone"], ["History", ".tabs", "history_phone"]]) {
    await page.getByRole("tab", { name: tab }).click();
    await page.locator(wait).first().waitFor();
    await fitsWidth(page);
    await picture(page, name);
  }
  await page.goto(`/segments/compare?a=${a.id}&b=${b.id}`);
  await page.getByText("in both", { exact: true }).waitFor();
  await fitsWidth(page);
  await picture(page, "compare_phone");
});

test("a field with too many values is refused in a sentence, and the count goes on", async (t) => {
  const { page } = await visit(t, { api });
  await page.route("**/v1/segments/portrait", async (route) => {
    const wish = route.request().postDataJSON();
    if (!wish.breakdowns.includes("precinct")) return route.continue();
    return route.fulfill({ status: 413, contentType: "application/problem+json",
      body: JSON.stringify({ code: "over_limit", status: 413, title: "Too much",
                             detail: "By \"precinct\" these voters fall into 12,000 groups." }) });
  });
  await page.goto("/segments/new");
  await page.getByLabel("Bars by").selectOption("precinct");
  await page.getByRole("alert").getByText(/12,000 groups/).waitFor();
  await announced(page, await countOf({ all: [] }));
});

test("a feed that stalls is told with the numbers' age", async (t) => {
  const { page } = await visit(t, { api });
  await page.route("**/v1/segments/portrait", async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), age_ms: 95_000 } });
  });
  await page.goto("/segments/new");
  await page.getByText("The numbers are old", { exact: false }).waitFor();
  await page.getByText(/as of 2 min ago/).waitFor();
});
