import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { RecordResultInput } from "../api/types";
import { ApiError } from "../base/problem";
import { Outbox } from "./outbox";
import type { Shelf } from "./outbox";

class MemoryShelf implements Shelf {
  readonly kept = new Map<string, string>();
  full = false;
  get length() { return this.kept.size; }
  key(index: number) { return [...this.kept.keys()][index] ?? null; }
  getItem(key: string) { return this.kept.get(key) ?? null; }
  setItem(key: string, value: string) {
    if (this.full) throw new Error("quota");
    this.kept.set(key, value);
  }
  removeItem(key: string) { this.kept.delete(key); }
}

const away = new ApiError({ status: 0, code: "away", detail: "away" });
const result = (key: string): RecordResultInput =>
  ({ key, lease: `lea_${key}`, epoch: 1,
     voters: [{ voter: "vtr_1", disposition: "reached", answers: [] }] });
const settle = () => new Promise<void>((done) => setTimeout(done, 0));

function make(shelf = new MemoryShelf()) {
  const sent: string[] = [];
  const timers: { run: () => void; ms: number }[] = [];
  let time = 0;
  let answer: () => Promise<unknown> = () => Promise.resolve();
  const outbox = new Outbox({
    shelf, now: () => ++time, random: () => 0.5,
    wait: (run, ms) => {
      const timer = { run, ms };
      timers.push(timer);
      return () => { timers.splice(timers.indexOf(timer), timers.includes(timer) ? 1 : 0); };
    },
    send: async (one) => {
      sent.push(one.key);
      await answer();
      return { stored: true, late: false, repeat: false };
    } });
  const answers = (next: () => Promise<unknown>) => { answer = next; };
  return { outbox, shelf, sent, timers, answers };
}

describe("outbox", () => {
  test("a result is kept until it is acknowledged", async () => {
    const { outbox, shelf, answers } = make();
    let acknowledge: (value?: unknown) => void = () => undefined;
    answers(() => new Promise((done) => { acknowledge = done; }));
    outbox.add(result("a"));
    assert.equal(shelf.length, 1);
    assert.equal(outbox.state.get().pending, 1);
    acknowledge();
    await outbox.whenEmpty();
    assert.equal(shelf.length, 0);
    assert.equal(outbox.state.get().acknowledged, 1);
  });

  test("without a connection it waits, longer each time, and sends in order", async () => {
    const { outbox, sent, timers, answers } = make();
    answers(() => Promise.reject(away));
    outbox.add(result("a"));
    await settle();
    assert.equal(outbox.state.get().held, "offline");
    assert.equal(timers[0]?.ms, 1_000);
    timers.shift()?.run();
    await settle();
    assert.equal(timers[0]?.ms, 2_000);
    outbox.add(result("b"));
    await settle();
    answers(() => Promise.resolve());
    outbox.kick();
    await outbox.whenEmpty();
    assert.deepEqual(sent.slice(-2), ["a", "b"]);
    assert.equal(timers.length, 0);
  });

  test("a full server says how long to wait", async () => {
    const { outbox, timers, answers } = make();
    answers(() => Promise.reject(new ApiError(
      { status: 429, code: "overloaded", detail: "later", retryAfterMs: 7_000 })));
    outbox.add(result("a"));
    await settle();
    assert.equal(timers[0]?.ms, 7_000);
  });

  test("results of an earlier page are sent by the next one", async () => {
    const first = make();
    first.answers(() => Promise.reject(away));
    first.outbox.add(result("a"));
    await settle();
    const second = make(first.shelf);
    assert.equal(second.outbox.state.get().pending, 1);
    assert.ok(second.outbox.has("lea_a"));
    second.outbox.kick();
    await second.outbox.whenEmpty();
    assert.deepEqual(second.sent, ["a"]);
  });

  test("a result that can never be stored is dropped, and said so", async () => {
    const { outbox, shelf, answers } = make();
    answers(() => Promise.reject(new ApiError(
      { status: 422, code: "invalid", detail: "No such question." })));
    outbox.add(result("a"));
    await outbox.whenEmpty();
    assert.equal(shelf.length, 0);
    assert.deepEqual(outbox.state.get().refused, ["No such question."]);
    outbox.dismissRefused();
    assert.deepEqual(outbox.state.get().refused, []);
  });

  test("signed out: nothing is lost, and nothing is tried until one is back", async () => {
    const { outbox, sent, timers, answers } = make();
    answers(() => Promise.reject(new ApiError(
      { status: 401, code: "unauthenticated", detail: "Sign in." })));
    outbox.add(result("a"));
    await settle();
    assert.equal(outbox.state.get().held, "signed_out");
    assert.equal(timers.length, 0);
    answers(() => Promise.resolve());
    outbox.kick();
    await outbox.whenEmpty();
    assert.deepEqual(sent, ["a", "a"]);
  });

  test("a full storage does not lose the result", async () => {
    const { outbox, shelf, answers, sent } = make();
    shelf.full = true;
    answers(() => Promise.reject(away));
    outbox.add(result("a"));
    await settle();
    assert.equal(outbox.state.get().pending, 1);
    answers(() => Promise.resolve());
    outbox.kick();
    await outbox.whenEmpty();
    assert.deepEqual(sent, ["a", "a"]);
  });

  test("entries of others are left alone", () => {
    const shelf = new MemoryShelf();
    shelf.setItem("hustings.theme", "dark");
    shelf.setItem("hustings.result.broken", "{");
    assert.equal(make(shelf).outbox.state.get().pending, 0);
    assert.equal(shelf.length, 2);
  });
});
