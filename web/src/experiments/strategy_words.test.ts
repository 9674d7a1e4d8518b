import assert from "node:assert/strict";
import { test } from "node:test";
import { strategyWords } from "./strategy_words";
import type { StrategyRow } from "./strategy_words";

const row: StrategyRow = {
  experiment: "exp_1", name: "Calls", state: "measuring", arm: "treatment", assigned: 2000,
  contacted: 600, answered: 900, leaked: 0, contact: null, always: null, more_units: null,
  outcome: { kind: "answer", key: "support", choices: [1], after_contacts: true },
  effect: { value: 0.03, se: 0.02, lower: -0.01, upper: 0.07, p: 0.13 },
  conversation_cents: 210, spent_cents: 126_000, chance_best: 0.93, chance_better: 0.96,
  gained: { value: 60, se: 40, lower: -20, upper: 140, p: null },
  rival: null, beside_rival: null, more_beside_rival: null,
  cost: { gained: 60, cents: 2100, lower_cents: 900, upper_cents: null },
};

test("what cannot be told from zero is said so, with what is missing", () => {
  const said = strategyWords({ ...row, more_units: 640.2 });
  assert.equal(said.verdict, "open");
  const text = said.sentences.join(" ");
  assert.match(text, /600 of 2,000 voters/);
  assert.match(text, /cannot be told from zero/);
  assert.match(text, /641 more answers/);
  assert.match(text, /\$2\.10/);
  assert.match(text, /cost \$1,260/);
  assert.match(text, /Each one won cost \$21\.00 \(95 % interval \$9\.00 to no upper end\)/);
  assert.match(text, /96 %/);
  assert.doesNotMatch(text, /93 %/, "there is no other to be better than");
});

test("a find that does not hold for who looks again is marked", () => {
  const sure = { ...row, effect: { value: 0.05, se: 0.02, lower: 0.01, upper: 0.09, p: 0.01 },
                 always: { value: 0.05, se: null, lower: -0.01, upper: 0.11, p: null } };
  const said = strategyWords(sure);
  assert.equal(said.verdict, "early");
  assert.match(said.sentences.join(" "), /always-valid band/);
  assert.equal(strategyWords({ ...sure, state: "ended" }).verdict, "better");
});

test("before answers nothing is claimed", () => {
  assert.match(strategyWords({ ...row, effect: null }).sentences.join(" "), /not known yet/);
});

test("beside the best of the others it says who is better, or how many answers that takes", () => {
  const beside = (value: number, lower: number, upper: number) =>
    ({ value, se: null, lower, upper, p: null });
  const say = (of: Partial<StrategyRow>) =>
    strategyWords({ ...row, rival: "Mail · letters", ...of }).sentences.join(" ");
  assert.match(say({ beside_rival: beside(0.05, 0.01, 0.09) }), /is better than “Mail · letters”/);
  assert.match(say({ beside_rival: beside(-0.05, -0.09, -0.01) }), /“Mail · letters” is better/);
  assert.match(say({ beside_rival: beside(0.01, -0.03, 0.05), more_beside_rival: 4200 }),
    /cannot be told apart .* 4,200 more answers/);
  assert.match(say({}), /60 votes or supporters .*-20 to 140|60 votes/);
});
