import assert from "node:assert/strict";
import { test } from "node:test";
import { weekWords } from "./hours";

const words = { days: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], closed: "no calls",
                everyDay: (opens: string, closes: string) => `every day ${opens} to ${closes}` };
const day = (opens: string, closes: string) => ({ opens, closes });
const work = day("08:00", "20:00");
const none = day("00:00", "00:00");

test("a week of equal days is said once", () => {
  assert.equal(weekWords(Array(7).fill(work), words), "every day 08:00 to 20:00");
});

test("days that differ are said in runs", () => {
  assert.equal(weekWords([work, work, work, work, work, work, none], words),
    "Mon–Sat 08:00–20:00, Sun no calls");
  assert.equal(weekWords([none, work, work, work, work, day("10:00", "17:00"), none], words),
    "Mon no calls, Tue–Fri 08:00–20:00, Sat 10:00–17:00, Sun no calls");
});
