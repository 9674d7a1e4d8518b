// Samples, web forms and answers from files on the pages; a voter fills in a form on a phone.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { isAccessible } from "./axe.mjs";
import { closeBrowser, fitsWidth, picture, visit } from "./browser.mjs";
import { Api } from "./campaign.mjs";

const mark = randomUUID().slice(0, 6);
let api;
let segment;
let script;
before(async () => {
  api = await Api.administrator();
  segment = await api.post("/v1/segments", { name: `Forms ${mark}`, rule: { all: [] } });
  script = await api.post("/v1/scripts", {
    name: `Forms ${mark}`, introduction: "Four short questions.", closing: "Thank you!",
    questions: [
      { key: `for_${mark}`, kind: "choice", text: "Whom do you support?", rotates: true,
        choices: ["Ours", "Undecided", "The other side"], branches: [{ choice: 3, to: `old_${mark}` }] },
      { key: `what_${mark}`, kind: "multiple", text: "What matters to you?",
        choices: ["Jobs", "Schools", "Roads"] },
      { key: `sure_${mark}`, kind: "scale", text: "How sure are you to vote?",
        choices: ["1", "2", "3", "4", "5"] },
      { key: `old_${mark}`, kind: "number", text: "How old are you?", choices: [] },
    ],
    translations: [{ language: "es", introduction: "Cuatro preguntas.", questions: [
      { key: `for_${mark}`, text: "¿A quién apoya?", choices: [] }] }] });
});
after(closeBrowser);

/// A form of everybody with its links, as the page hands them out.
async function form(page) {
  const list = await api.post("/v1/lists", {
    name: `Asked ${mark} ${randomUUID().slice(0, 4)}`, segment: segment.id,
    sample: { method: "simple", size: 40 } });
  const made = await api.post("/v1/forms", {
    name: `Opinion ${mark}`, list: list.id, script: script.id,
    expires_at: new Date(Date.now() + 86_400_000).toISOString() });
  await page.goto(`/forms/${made.id}`);
  const [file] = await Promise.all([page.waitForEvent("download"),
    page.getByRole("button", { name: "Make the links and save them" }).click()]);
  await page.getByText("40 links are in the file").waitFor();
  const lines = readFileSync(await file.path(), "utf8").trim().split("\r\n").slice(1);
  return { made, list, links: lines.map((line) => new URL(line.split(",")[2]).pathname) };
}

describe("samples and forms", () => {
  test("a stratified sample is drawn, and says what its weights are", async (t) => {
    const { page } = await visit(t, { api });
    await page.goto(`/segments/${segment.id}`);
    await page.getByRole("button", { name: /Freeze/ }).first().click();
    await page.getByLabel("What for").selectOption("stratified");
    await page.getByLabel("Voters", { exact: true }).fill("120");
    await page.getByLabel("Of each stratum").selectOption("equal");
    await page.getByRole("checkbox", { name: "Party" }).check();
    await picture(page, "sample-dialog");
    await page.getByRole("dialog").getByRole("button", { name: /Freeze/ }).click();
    await page.getByText("Sum of weights").waitFor();
    await page.getByText("stratified sample").first().waitFor();
    await fitsWidth(page);
    await isAccessible(page);
    await picture(page, "sample");
  });

  test("what does not fit is said at its field", async (t) => {
    const { page } = await visit(t, { api, on: "phone" });
    await page.goto(`/segments/${segment.id}`);
    await page.getByRole("button", { name: /Freeze/ }).first().click();
    await page.getByLabel("What for").selectOption("simple");
    await page.getByLabel("Voters", { exact: true }).fill("999999");
    await page.getByRole("dialog").getByRole("button", { name: /Freeze/ }).click();
    await page.getByText(/but only .* can be/).waitFor();
    await fitsWidth(page);
    await picture(page, "sample-dialog-phone");
  });

  test("a voter fills in a form on a phone, goes on later, and sends it once", async (t) => {
    const staff = await visit(t, { api });
    const { made, list, links } = await form(staff.page);
    await isAccessible(staff.page);
    await picture(staff.page, "form-staff");
    const { page, context } = await visit(t, { on: "phone" });
    await page.goto(links[0]);
    await page.getByRole("heading", { name: `Opinion ${mark}` }).waitFor();
    await page.getByLabel("Language").selectOption("en");
    await page.getByRole("radio", { name: "Ours" }).check();
    await page.getByRole("checkbox", { name: "Jobs" }).check();
    await page.getByRole("checkbox", { name: "Roads" }).check();
    await page.getByRole("radio", { name: "4" }).check();
    await page.getByText("Saved. You can go on later").waitFor();
    await fitsWidth(page);
    await isAccessible(page);
    await picture(page, "form-phone");
    await page.reload();
    await page.getByRole("radio", { name: "Ours" }).and(page.locator(":checked")).waitFor();
    assert.ok(await page.getByRole("checkbox", { name: "Roads" }).isChecked());
    const stranger = await visit(t, { on: "phone" });
    await stranger.page.goto(links[0]);
    await stranger.page.getByRole("radio", { name: "Ours" }).waitFor();
    assert.equal(await stranger.page.locator("input:checked").count(), 0);
    await page.getByLabel("Language").selectOption("es");
    await page.getByText("¿A quién apoya?").waitFor();
    await page.getByLabel("Idioma").selectOption("en");
    await page.getByRole("spinbutton").fill("44");
    await page.getByRole("button", { name: "Send the answers" }).click();
    await page.getByRole("heading", { name: "Thank you" }).waitFor();
    await picture(page, "form-done-phone");
    await page.reload();
    await page.getByRole("heading", { name: "Thank you" }).waitFor();
    await context.clearCookies();
    const now = await api.get(`/v1/forms/${made.id}`);
    assert.equal(now.done, 1);
    const ages = await api.get(`/v1/questions/old_${mark}/estimates?margins=`);
    assert.equal(ages.n, 1);
    await new Api().post("/v1/form/answers", { token: links[1].split("/").pop(), done: true,
      answers: [{ question: script.questions[1].id, text: "1 3" }] });
    await staff.page.goto("/answers");
    await staff.page.getByRole("link", { name: "What matters to you?" }).first().click();
    await staff.page.getByRole("row", { name: /Roads/ }).first().waitFor();
    await staff.page.getByLabel("Only members of").selectOption({ label: `${list.name} (sample)` });
    await staff.page.getByText("with the sample's design weights").waitFor();
    await picture(staff.page, "survey-sample");
    await fitsWidth(staff.page);
  });

  test("a form works by keyboard alone, and skips what an answer skips", async (t) => {
    const staff = await visit(t, { api });
    const { links } = await form(staff.page);
    const { page } = await visit(t);
    await page.goto(links[1]);
    await page.getByLabel("Language").selectOption("en");
    await page.getByRole("radio", { name: "The other side" }).focus();
    await page.keyboard.press("Space");
    await page.getByRole("checkbox", { name: "Jobs" }).waitFor({ state: "detached" });
    await page.getByRole("spinbutton").focus();
    await page.keyboard.type("61");
    await picture(page, "form");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Thank you" }).waitFor();
  });

  test("a question is asked after certain answers only, as the editor says", async (t) => {
    const keys = ["who", "why", "more"].map((name) => `${name}_${mark}`);
    const asks = await api.post("/v1/scripts", { name: `Conditions ${mark}`, introduction: "Hi",
      questions: [
        { key: keys[0], kind: "multiple", text: "What matters?", choices: ["Jobs", "Roads"] },
        { key: keys[1], kind: "choice", text: "Which way?", choices: ["East", "West"] },
        { key: keys[2], kind: "text", text: "Tell us more", choices: [] }] });
    const staff = await visit(t, { api });
    await staff.page.goto(`/scripts/${asks.id}/edit`);
    const last = staff.page.getByRole("group", { name: "Question 3" });
    await last.getByText("Whom it is asked").click();
    await last.getByRole("button", { name: "Ask it after certain answers only" }).click();
    await last.getByLabel("The answer to").selectOption({ label: "What matters?" });
    await last.getByLabel("This answer").selectOption({ label: "Roads" });
    await last.getByRole("button", { name: "+ and" }).click();
    await last.getByLabel("says").nth(1).selectOption({ label: "is not" });
    await staff.page.getByText(
      "Only if “What matters?” is “Roads” and “Which way?” is not “East”").waitFor();
    await isAccessible(staff.page);
    await fitsWidth(staff.page);
    await picture(staff.page, "script-conditions");
    await staff.page.setViewportSize({ width: 390, height: 844 });
    await fitsWidth(staff.page);
    await picture(staff.page, "script-conditions-phone");
    await staff.page.getByRole("button", { name: "Save" }).first().click();
    await staff.page.getByRole("heading", { name: `Conditions ${mark}` }).waitFor();
    const saved = await api.get(`/v1/scripts/${asks.id}`);
    assert.deepEqual(saved.questions[2].asked_if, [{ all: [
      { question: keys[0], choice: 2, is_not: false },
      { question: keys[1], choice: 1, is_not: true }] }]);

    const list = await api.post("/v1/lists", { name: `Conditions ${mark}`, segment: segment.id,
      sample: { method: "simple", size: 2 } });
    const made = await api.post("/v1/forms", { name: `Conditions ${mark}`, list: list.id,
      script: asks.id, expires_at: new Date(Date.now() + 86_400_000).toISOString() });
    await staff.page.goto(`/forms/${made.id}`);
    const [file] = await Promise.all([staff.page.waitForEvent("download"),
      staff.page.getByRole("button", { name: "Make the links and save them" }).click()]);
    const [, line] = readFileSync(await file.path(), "utf8").trim().split("\r\n");
    const { page } = await visit(t, { on: "phone" });
    await page.goto(new URL(line.split(",")[2]).pathname);
    await page.getByRole("checkbox", { name: "Jobs" }).check();
    await page.getByRole("radio", { name: "West" }).check();
    assert.equal(await page.getByText("Tell us more").count(), 0);
    await page.getByRole("checkbox", { name: "Roads" }).check();
    await page.getByText("Tell us more").waitFor();
    await page.getByRole("radio", { name: "East" }).check();
    await page.getByText("Tell us more").waitFor({ state: "detached" });
    await fitsWidth(page);
  });

  test("a link that there is not says so", async (t) => {
    const { page } = await visit(t, { on: "phone" });
    await page.goto(`/form/00a${"x".repeat(43)}`);
    await page.getByText("There is no such form").waitFor();
    await fitsWidth(page);
  });

  test("a form is made of a list and a script; one that names the voter is refused", async (t) => {
    const calls = await api.post("/v1/scripts", { name: `Calls ${mark}`,
      introduction: "Hello {first_name}!", questions: [
        { key: `for_${mark}`, kind: "choice", text: "Whom do you support?",
          choices: ["Ours", "Undecided", "The other side"] }] });
    const { page } = await visit(t, { api, on: "phone" });
    await page.goto("/forms");
    await page.getByRole("button", { name: "Make a form" }).click();
    await page.getByLabel("Name").fill(`Letter ${mark}`);
    await page.getByLabel("Who is asked").selectOption({ index: 1 });
    await page.getByLabel("What is asked").selectOption(calls.id);
    await page.getByRole("button", { name: "Make the form" }).click();
    await page.getByText(/take \{first_name\} out/).waitFor();
    await fitsWidth(page);
    await picture(page, "form-make-phone");
    await page.getByLabel("What is asked").selectOption(script.id);
    await page.getByRole("button", { name: "Make the form" }).click();
    await page.getByRole("heading", { name: `Letter ${mark}` }).waitFor();
    await page.goto("/forms");
    await page.getByRole("link", { name: `Letter ${mark}` }).waitFor();
    await fitsWidth(page);
    await isAccessible(page);
  });

  test("answers come from a file after a look at what would come of it", async (t) => {
    const people = (await api.get("/v1/voters?limit=3")).items;
    const rows = people.map(({ id }, place) => `${id},${["Ours", "2", "Nobody"][place]}`);
    const { page } = await visit(t, { api });
    await page.goto("/answers/import");
    await page.getByLabel("File").setInputFiles({ name: "letters.csv", mimeType: "text/csv",
      buffer: Buffer.from(`vtr,Q1\n${rows.join("\n")}\n`) });
    await page.getByLabel("It holds").selectOption("id");
    await page.getByLabel("Q1").selectOption(`for_${mark}`);
    await page.getByRole("button", { name: "See what would come of it" }).click();
    await page.getByRole("cell", { name: /no such choice/ }).waitFor();
    await isAccessible(page);
    await picture(page, "answers-file");
    await page.getByRole("button", { name: "Import the answers" }).click();
    await page.getByText("2 answers were imported").waitFor();
    await page.getByRole("button", { name: "See what would come of it" }).click();
    await page.getByText("was imported before").waitFor();
    const small = await visit(t, { api, on: "phone" });
    await small.page.goto("/answers");
    await small.page.getByRole("link", { name: "Answers from a file" }).click();
    await small.page.getByLabel("File").waitFor();
    await fitsWidth(small.page);
  });

  test("a file that is no XLSForm says so in the script's editor", async (t) => {
    const { page } = await visit(t, { api });
    await page.goto("/scripts/new");
    await page.getByLabel("Workbook (.xlsx)").setInputFiles({
      name: "form.xlsx", mimeType: "application/octet-stream", buffer: Buffer.from("no") });
    await page.getByText("This is no .xlsx workbook").waitFor();
    await picture(page, "script-editor");
    await fitsWidth(page);
  });
});
