import assert from "node:assert/strict";
import { test } from "node:test";
import { cents, gainText, money } from "./money";

test("amounts are read to the cent or not at all", () => {
  assert.equal(cents("1,234.50"), 123450);
  assert.equal(cents(" $12 "), 1200);
  assert.equal(cents("0.5"), 50);
  for (const wrong of ["", "1,23", "1.234", "-5", "1e5", "12 EUR"]) {
    assert.equal(cents(wrong), null);
  }
});

test("amounts are written with their cents, large ones without where asked", () => {
  assert.equal(money(123456), "$1,234.56");
  assert.equal(money(123456789, "USD", true), "$1,234,568");
  assert.equal(money(99, "EUR"), "€0.99");
});

test("gains speak the words of their objective", () => {
  assert.equal(gainText("win_probability", 0.01234), "1.23 points of the chance to win");
  assert.equal(gainText("net_votes", 1234.4), "1,234 net votes");
});
