// What cannot be asked of segments is refused with a sentence that says what, where and how to mend it; what
// nobody can be counted of has no share, mean or quantile.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Server, inventVoters, openPhonebank, until } from "./harness.mjs";

async function campaign(t) {
  const server = await Server.start(t);
  const admin = await server.administrator();
  const { roll } = await inventVoters(t, { voters: 600 });
  assert.equal((await admin.import(roll, "nc")).state, "published");
  await until(async () => (await admin.get("/v1/home")).voters === 600, "the voters to show");
  return admin;
}

const nested = (levels) => (levels === 0 ? { all: [] } : { not: nested(levels - 1) });
const parties = (count) => ({ any: Array.from({ length: count }, () => ({ field: "party", in: ["DEM"] })) });
const values = Array.from({ length: 5001 }, (_, i) => `A${i}`);

/// Each with the status and a part of the sentence.
const refusals = [
  ["too deep", nested(20), 413, /nested deeper than 16/],
  ["far too deep", nested(40), 400, /too deep/],
  ["too many parts", parties(600), 413, /more than 500/],
  ["too many values", { field: "party", in: values }, 422, /1 to 5,?000 texts/],
  ["too long", { field: "party", in: ["A".repeat(300 * 1024)] }, 413, /./],
  ["a number of the wrong type", { field: "age", between: ["young", 30] }, 422, /whole number from 0 to 150/],
  ["a number out of its range", { field: "age", at_least: 900 }, 422, /whole number from 0 to 150/],
  ["numbers the wrong way round", { field: "age", between: [44, 30] }, 422, /swap them/],
  ["a flag of the wrong type", { field: "has_phone", is: "yes" }, 422, /true or false/],
  ["a category of the wrong type", { field: "party", in: "DEM" }, 422, /list of 1 to/],
  ["an operator that does not fit", { field: "party", between: [1, 2] }, 422, /"party"/],
  ["an unknown field", { field: "prty", in: ["DEM"] }, 422, /Did you mean "party"/],
  ["an unknown score", { field: "score:climat", at_least: 3 }, 422, /Nobody has a score "climat"/],
  ["an unknown question", { field: "answer:suport", in: [1] }, 422, /no question with the key "suport".*"support"/],
  ["an unknown list", { list: "lst_1" }, 422, /list/],
  ["an unknown segment", { segment: "seg_1" }, 422, /segment/],
  ["no rule at all", 7, 422, /A rule is a JSON object/],
];

test("a rule that cannot be asked is refused with a sentence", async (t) => {
  const admin = await campaign(t);
  await openPhonebank(admin);
  for (const [what, rule, status, sentence] of refusals) {
    for (const path of ["/v1/segments/count", "/v1/segments/portrait", "/v1/segments/waterfall"]) {
      const answer = await admin.call("POST", path, { rule });
      assert.equal(answer.status, status, `${what} ${path}: ${JSON.stringify(answer.body).slice(0, 300)}`);
      assert.match(answer.body.detail, sentence, what);
    }
    const saved = await admin.call("POST", "/v1/segments", { name: what, rule });
    assert.equal(saved.status, status, what);
  }
  for (const [text, sentence] of [["age 30..", null], ["prty in (DEM)", /Did you mean "party"/],
    ["age three", /whole number/], ["(age 30..44", /the text ends here/]]) {
    const { problems } = await admin.post("/v1/rules/read", { text });
    if (sentence) assert.match(problems[0].sentence, sentence, text);
    else assert.deepEqual(problems, []);
  }
});

test("a value that nobody has is counted as nobody, with what may have been meant", async (t) => {
  const admin = await campaign(t);
  const { count, warnings } = await admin.post("/v1/segments/count",
    { rule: { field: "county", in: ["WAKKE"] } });
  assert.equal(count, 0);
  assert.match(warnings.join(" "), /WAKKE/);
});

test("nobody has no share, mean or quantile", async (t) => {
  const admin = await campaign(t);
  const { script } = await openPhonebank(admin);
  const rule = { any: [] };
  const found = await admin.post("/v1/segments/portrait",
    { rule, breakdowns: ["party", "county"], scores: ["support_score"] });
  assert.equal(found.count, 0);
  assert.deepEqual(found.breakdowns.map((one) => one.cells), [[], []]);
  assert.ok(found.distributions[0].quantiles.every((one) => one === null));
  const answers = await admin.post("/v1/segments/answers", { rule, question: script.questions[0].key });
  assert.equal(answers.n, 0);
  assert.ok(answers.choices.every((one) => one.share === null && one.low === null && one.high === null));
  const counted = await admin.post("/v1/segments/count", { rule, group_by: "party" });
  assert.deepEqual([counted.count, counted.groups], [0, []]);
  const drop = await admin.post("/v1/segments/waterfall", { rule });
  assert.ok(drop.whole === 0 && drop.callable === 0 && drop.steps.every((one) => one.count === 0));
  const made = await admin.call("POST", "/v1/segments", { name: "Nobody", rule });
  const frozen = await admin.call("POST", "/v1/lists", { name: "Nobody", segment: made.body.id });
  assert.equal(frozen.status, 422);
  assert.match(frozen.body.detail, /nobody|empty|no voter/i);
});

test("a question of too many groups is refused with the number", async (t) => {
  const admin = await campaign(t);
  for (const wish of [{ breakdowns: Array(9).fill("party"), scores: [] },
                      { breakdowns: [], scores: Array(9).fill("support_score") }]) {
    const answer = await admin.call("POST", "/v1/segments/portrait", { rule: {}, ...wish });
    assert.equal(answer.status, 422);
    assert.match(answer.body.detail, /8/);
  }
  const overlap = await admin.call("POST", "/v1/segments/overlap", { segments: Array(21).fill("seg_1") });
  assert.equal(overlap.status, 422);
  assert.match(overlap.body.detail, /20/);
});
