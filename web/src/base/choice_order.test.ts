import assert from "node:assert/strict";
import { test } from "node:test";
import { choiceOrder, chosenOf, seedOf, withChoice } from "./choice_order";

const numbers = (rotates: boolean, seed: number) =>
  choiceOrder({ choices: ["a", "b", "c"], rotates }, seed).map((one) => one.number);

test("choices keep their numbers wherever they stand", () => {
  assert.deepEqual(numbers(false, 2), [1, 2, 3]);
  assert.deepEqual(numbers(true, 0), [1, 2, 3]);
  assert.deepEqual(numbers(true, 2), [3, 1, 2]);
  assert.deepEqual(numbers(true, 301), [2, 3, 1]);
  assert.deepEqual(choiceOrder({ choices: [], rotates: true }, 5), []);
});

test("ids begin everywhere", () => {
  const starts = new Set(Array.from({ length: 60 }, (_, i) => seedOf(`vtr_${i}`) % 3));
  assert.equal(starts.size, 3);
});

test("several choices are numbers by blanks, ascending", () => {
  assert.equal(withChoice("", 3, true), "3");
  assert.equal(withChoice("3", 1, true), "1 3");
  assert.equal(withChoice("1 3", 3, true), "1 3");
  assert.equal(withChoice("1 3", 1, false), "3");
  assert.deepEqual(chosenOf("1 3"), [1, 3]);
  assert.deepEqual(chosenOf(null), []);
});
