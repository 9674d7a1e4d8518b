import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { CallerStart, Claim, Lease, RecordResultInput } from "../api/types";
import { ApiError } from "../base/problem";
import { Calling } from "./calling";
import type { CallerCalls, Phase } from "./calling";
import { Outbox } from "./outbox";

const lease = (id: string): Lease =>
  ({ id, epoch: 1, number: "+1", number_shown: "1", until: "2026-01-01T00:00:00Z", voters: [] });
const homeWith = (held: Lease | null): CallerStart =>
  ({ name: "Sam", phonebank: { id: "phb_1", name: "P", state: "open", opens: "09:00",
                               closes: "21:00" },
     script: { id: "scr_1", name: "S", version: 1, introduction: "", closing: "", questions: [],
               language: "en", translations: [], saved_at: "2026-01-01T00:00:00Z" },
     own: { calls: 0, conversations: 0, since: "2026-01-01T00:00:00Z" }, lease: held,
     dispositions: [{ key: "reached", title: null, base: "reached", van_code: 14, own: false,
                      offered: true, ends: true, bars_number: false, bars_voter: false,
                      spoken: true }],
     person: "per_1", dialling: "manual" });
const result = (of: Lease): RecordResultInput =>
  ({ key: `key-${of.id}`, lease: of.id, epoch: 1,
     voters: [{ voter: "v", disposition: "reached", answers: [] }] });

function shelf() {
  const kept = new Map<string, string>();
  return {
    get length() { return kept.size; },
    key: (index: number) => [...kept.keys()][index] ?? null,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => { kept.set(key, value); },
    removeItem: (key: string) => { kept.delete(key); } };
}

function make(of: Partial<CallerCalls> & { send?: () => Promise<void> } = {}) {
  const outbox = new Outbox({ shelf: shelf(), wait: () => () => undefined, send: async () => {
    await of.send?.();
    return { stored: true, late: false, repeat: false };
  } });
  const calling = new Calling({
    callerHome: async () => homeWith(null),
    claim: async (): Promise<Claim> => ({ lease: lease("l1"), nothing: null }),
    release: async () => undefined,
    ...of }, outbox);
  const seen: Phase["name"][] = [];
  calling.phase.subscribe(() => seen.push(calling.phase.get().name));
  return { calling, outbox, seen };
}

describe("calling", () => {
  test("after a reload the held call is there again", async () => {
    const { calling } = make({ callerHome: async () => homeWith(lease("l9")) });
    await calling.start();
    const phase = calling.phase.get();
    assert.ok(phase.name === "call" && phase.lease.id === "l9");
    calling.stop();
  });

  test("a call whose result waits to be sent is not shown again", async () => {
    const held = lease("l9");
    const { calling, outbox } = make({
      callerHome: async () => homeWith(held), send: () => new Promise(() => undefined) });
    outbox.add(result(held));
    await calling.start();
    assert.equal(calling.phase.get().name, "welcome");
    calling.stop();
  });

  test("the next number is asked for only when the result is stored", async () => {
    let stored = false;
    const { calling, seen } = make({
      send: async () => { stored = true; },
      claim: async () => {
        assert.ok(stored);
        return { lease: lease("l2"), nothing: null };
      } });
    await calling.start();
    seen.length = 0;
    await calling.finish(result(lease("l1")), lease("l1"));
    assert.equal(calling.phase.get().name, "call");
    assert.deepEqual(seen, ["sending", "fetching", "call"]);
    assert.equal(calling.home.get()?.own.conversations, 1);
    calling.stop();
  });

  test("no number: says why, and when it asks again", async () => {
    const { calling } = make({ claim: async () => ({
      lease: null, nothing: { reason: "paused", sentence: "Paused.", next_at: null } }) });
    await calling.next();
    const phase = calling.phase.get();
    assert.ok(phase.name === "nothing" && phase.nothing.reason === "paused");
    assert.ok(phase.again > Date.now());
    calling.stop();
  });

  test("signed out in between: join again", async () => {
    const { calling } = make({ claim: () => Promise.reject(new ApiError(
      { status: 401, code: "unauthenticated", detail: "" })) });
    await calling.next();
    assert.equal(calling.phase.get().name, "rejoin");
  });

  test("no connection: it says so and keeps the turn", async () => {
    const { calling } = make({ claim: () => Promise.reject(new ApiError(
      { status: 0, code: "away", detail: "" })) });
    await calling.next();
    assert.equal(calling.phase.get().name, "away");
    calling.stop();
  });

  test("a lease that had ended can be handed back all the same", async () => {
    const { calling } = make({ release: () => Promise.reject(new ApiError(
      { status: 409, code: "lease_lost", detail: "" })) });
    await calling.handBack(lease("l1"), "break");
    assert.equal(calling.phase.get().name, "break");
  });
});
