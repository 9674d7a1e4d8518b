// Answers to a question, weighted to the registry, on the pages.
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { isAccessible } from "./axe.mjs";
import { closeBrowser, fitsWidth, picture, visit } from "./browser.mjs";
import { Api, openPhonebank } from "./campaign.mjs";

let api;
let made;
before(async () => {
  api = await Api.administrator();
  made = await openPhonebank(api);
  const caller = new Api();
  await caller.post("/v1/join", { code: made.link.code, name: "Sue" });
  for (let i = 0; i < 120; ++i) {
    const { lease } = await caller.post("/v1/caller/claim");
    if (!lease) break;
    const says = i % 5 !== 0;
    await caller.post("/v1/caller/results", {
      key: randomUUID(), lease: lease.id, epoch: lease.epoch,
      voters: lease.voters.map((voter) => ({
        voter: voter.id, disposition: says ? "reached" : i % 10 === 0 ? "no_answer" : "refused",
        answers: says
          ? [{ question: made.script.questions[0].id, choice: 1 + (i % 3 === 0 ? 1 : 0) }] : [] })),
    });
  }
});
after(closeBrowser);

describe("answers", () => {
  const key = () => made.script.questions[0].key;

  test("shares are weighted to the registry and say what they are worth", async (t) => {
    const { page } = await visit(t, { api });
    await page.goto("/answers");
    await page.getByRole("row", { name: key() }).getByRole("link").click();
    await page.getByRole("heading", { name: "Whom do you support?", level: 1 }).waitFor();
    await page.getByText("Effective n").waitFor();
    await page.getByText("Response rate 1").waitFor();
    await page.getByRole("img", { name: /^By day: / }).waitFor();
    await page.getByText(/as of \d.* position \d/).waitFor();
    await page.getByRole("table", { name: /beside the registry: Party/ }).waitFor();
    await fitsWidth(page);
    await isAccessible(page);
    await picture(page, "survey");
    await page.getByRole("checkbox", { name: "Party" }).uncheck();
    await page.getByRole("table", { name: /beside the registry: Party/ })
      .waitFor({ state: "detached" });
  });

  test("a margin with people but no respondents is named", async (t) => {
    const { page } = await visit(t, { api });
    await page.goto(`/answers/${key()}`);
    await page.getByRole("checkbox", { name: "County" }).check();
    await page.getByText(/So nothing is weighted|Effective n/).first().waitFor();
    const segment = page.getByLabel("Only voters of");
    await segment.selectOption({ index: 1 });
    await page.getByText("Effective n").waitFor();
    await fitsWidth(page);
  });

  test("it fits a phone", async (t) => {
    const { page } = await visit(t, { api, on: "phone" });
    await page.goto(`/answers/${key()}`);
    await page.getByText("Effective n").waitFor();
    await fitsWidth(page);
    await picture(page, "survey-phone");
    await page.goto("/answers");
    await page.getByRole("link", { name: "Whom do you support?" }).first().waitFor();
    await fitsWidth(page);
  });
});
