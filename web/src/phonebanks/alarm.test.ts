import assert from "node:assert/strict";
import { test } from "node:test";
import type { Phonebank, PhonebankProgress } from "../api/types";
import { wilson } from "../base/stats";
import { alarmOf } from "./alarm";

const counts = { lines: 100, ready: 0, held: 0, done: 0, barred: 0, waiting: 0, callbacks: 0,
                 outside_hours: 0 };
const bank = (state: Phonebank["state"], of: Partial<typeof counts>) =>
  ({ state, counts: { ...counts, ...of } });
const minutes = (calls: number[]): PhonebankProgress =>
  ({ minutes: calls.map((n) => ({ at: "2026-01-01T00:00:00Z", calls: n, conversations: 0 })) });

const alarm = (bankSeen: ReturnType<typeof bank>, callersReady: number,
               progress: PhonebankProgress | null, watchedMs = 600_000) =>
  alarmOf({ bank: bankSeen, callersReady, progress, watchedMs });

test("nobody waits, no alarm", () => {
  assert.equal(alarm(bank("paused", { ready: 50 }), 0, null), null);
});

test("lines are ready and calls are made: no alarm", () => {
  assert.equal(alarm(bank("open", { ready: 50 }), 3, minutes([0, 0, 2])), null);
  assert.equal(alarm(bank("open", { ready: 50 }), 3, null), null);
});

test("each cause has its name", () => {
  assert.equal(alarm(bank("paused", { ready: 50 }), 3, null)?.cause, "paused");
  assert.equal(alarm(bank("closed", {}), 3, null)?.cause, "closed");
  assert.equal(alarm(bank("open", { done: 100 }), 3, null)?.cause, "done");
  assert.equal(alarm(bank("open", { held: 2 }), 3, null)?.cause, "held");
  assert.deepEqual(alarm(bank("open", { outside_hours: 40, waiting: 9 }), 3, null),
                   { cause: "hours", lines: 40 });
  assert.deepEqual(alarm(bank("open", { waiting: 30, callbacks: 3 }), 3, null),
                   { cause: "waiting", lines: 30 });
  assert.equal(alarm(bank("open", { ready: 5 }), 3, minutes([4, 0, 0, 0]))?.cause, "stuck");
  assert.equal(alarm(bank("open", { ready: 5, held: 1 }), 3, minutes([4, 0, 0, 0])), null);
  assert.equal(alarm(bank("open", { ready: 5 }), 3, minutes([0, 0, 0]), 60_000), null,
               "it was opened only a minute ago");
});

test("Wilson's interval", () => {
  const share = wilson(43, 100);
  assert.ok(share);
  assert.ok(Math.abs(share.low - 0.3374) < 0.0005, String(share.low));
  assert.ok(Math.abs(share.high - 0.5278) < 0.0005, String(share.high));
  assert.equal(wilson(0, 0), null);
  assert.equal(wilson(0, 10)?.low, 0);
  assert.ok((wilson(10, 10)?.high ?? 0) > 0.9999);
});
