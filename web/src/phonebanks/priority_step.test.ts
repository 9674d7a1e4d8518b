import assert from "node:assert/strict";
import { test } from "node:test";
import { chosenSteps, stepOf, valueOf } from "./priority_step";

test("a step is the value of a select and comes back from it", () => {
  for (const step of [{ segment: "seg_1" }, { list: "lst_2", arm: "" },
                      { list: "lst_2", arm: "card" },
                      { score: "turnout_score", lowest_first: true },
                      { score: "score:climate", lowest_first: false }]) {
    assert.deepEqual(stepOf(valueOf(step)), step);
  }
});

test("a step for which nothing was chosen is none", () => {
  assert.deepEqual(chosenSteps([{ score: "" }, { segment: "seg_1" }]), [{ segment: "seg_1" }]);
});
