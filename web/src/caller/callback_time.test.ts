import assert from "node:assert/strict";
import { test } from "node:test";
import { minutesOf, slotsOf } from "./callback_time";

const hours = { opens: "09:10", closes: "21:00" };

test("half hours within calling hours", () => {
  const now = new Date(2026, 2, 3, 7, 0);
  const slots = slotsOf({ ...hours, now, day: 0 });
  assert.equal(slots[0]?.getHours(), 9);
  assert.equal(slots[0]?.getMinutes(), 30);
  assert.equal(slots[slots.length - 1]?.getHours(), 20);
  assert.equal(slots.length, 23);
});

test("today only what is ahead; late in the evening nothing", () => {
  const slots = slotsOf({ ...hours, now: new Date(2026, 2, 3, 15, 20), day: 0 });
  assert.equal(slots[0]?.getHours(), 16);
  assert.deepEqual(slotsOf({ ...hours, now: new Date(2026, 2, 3, 20, 50), day: 0 }), []);
});

test("tomorrow is the next day, also at the end of a month", () => {
  const slots = slotsOf({ ...hours, now: new Date(2026, 1, 28, 15, 0), day: 1 });
  assert.equal(slots[0]?.getMonth(), 2);
  assert.equal(slots[0]?.getDate(), 1);
});

test("minutes of a time", () => {
  assert.equal(minutesOf("09:30"), 570);
  assert.equal(minutesOf("00:00"), 0);
});
