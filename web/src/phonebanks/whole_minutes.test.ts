import assert from "node:assert/strict";
import { test } from "node:test";
import { wholeMinutes } from "./whole_minutes";

const now = Date.parse("2026-01-01T12:00:30Z");
const at = (time: string, calls: number) =>
  ({ at: `2026-01-01T${time}:00Z`, calls, conversations: 0 });

test("minutes without calls are filled in, up to now", () => {
  const { minutes } = wholeMinutes({ minutes: [at("11:00", 3), at("11:58", 5)] }, now);
  assert.equal(minutes.length, 60);
  assert.equal(minutes[0]?.calls, 3);
  assert.deepEqual(minutes.slice(-3).map((minute) => minute.calls), [0, 5, 0]);
});

test("half an hour at least, two hours at most", () => {
  assert.equal(wholeMinutes({ minutes: [] }, now).minutes.length, 30);
  assert.equal(wholeMinutes({ minutes: [at("11:59", 1)] }, now).minutes.length, 30);
  assert.equal(wholeMinutes({ minutes: [at("08:00", 1)] }, now).minutes.length, 120);
});

test("the running minute is shown while it is the only one with calls", () => {
  const { minutes } = wholeMinutes({ minutes: [at("12:00", 2)] }, now);
  assert.equal(minutes[minutes.length - 1]?.calls, 2);
});
