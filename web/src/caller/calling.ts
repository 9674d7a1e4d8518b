import type { CallerStart, Claim, Lease, NothingReady, RecordResultInput } from "../api/types";
import { ApiError, isPassing, isSignedOut } from "../base/problem";
import { makeStore } from "../base/store";
import type { Store } from "../base/store";
import type { Outbox } from "./outbox";

// The caller's way: welcome, a number, the call, its result, the next number. It knows no page.

export type Phase =
  | { name: "loading" }
  | { name: "welcome" }
  | { name: "fetching" }  // asking for the next number
  | { name: "sending" }  // the last result must arrive first
  | { name: "call"; lease: Lease }
  | { name: "nothing"; nothing: NothingReady; again: number }  // when it asks again, Date.now()
  | { name: "break" }
  | { name: "away" }  // no connection; it tries again by itself
  | { name: "rejoin" }
  | { name: "failed"; error: unknown };

export interface CallerCalls {
  callerHome: () => Promise<CallerStart>;
  claim: () => Promise<Claim>;
  release: (lease: Lease, reason: "skipped" | "break" | "technical") => Promise<unknown>;
}

/// A call whose result was handed over, for as long as the page is open.
export interface Handed {
  result: RecordResultInput;
  lease: Lease;
  at: number;  // Date.now()
}

const handedMax = 50;
const askAgainMs = 15_000;
const askSoonMs = 4_000;  // lines of other callers come free any moment
const awayMs = 3_000;

export class Calling {
  readonly phase: Store<Phase> = makeStore<Phase>({ name: "loading" });
  readonly home: Store<CallerStart | null> = makeStore<CallerStart | null>(null);
  readonly handed: Store<Handed[]> = makeStore<Handed[]>([]);  // newest first
  readonly #calls: CallerCalls;
  readonly #outbox: Outbox;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;  // an answer to an older turn is not heard

  constructor(calls: CallerCalls, outbox: Outbox) {
    this.#calls = calls;
    this.#outbox = outbox;
  }

  /// Finds out where the caller stands: in a call after a reload, or at the start.
  async start(): Promise<void> {
    const turn = this.#begin({ name: "loading" });
    this.#outbox.kick();
    await this.#attempt(turn, async () => {
      const home = await this.#calls.callerHome();
      this.home.set(home);
      if (home.lease && !this.#outbox.has(home.lease.id)) {
        return { name: "call", lease: home.lease };
      }
      return { name: "welcome" };
    }, () => this.start());
  }

  /// Sends what is waiting, then asks for a number.
  async next(): Promise<void> {
    const waits = this.#outbox.state.get().pending > 0;
    const turn = this.#begin({ name: waits ? "sending" : "fetching" });
    await this.#outbox.whenEmpty();
    if (turn !== this.#turn) return;
    this.#show(turn, { name: "fetching" });
    await this.#attempt(turn, () => this.#ask(), () => this.#askAfterLoss());
  }

  /// Saves the result and goes on.
  async finish(result: RecordResultInput, lease: Lease): Promise<void> {
    this.#count(result);
    this.handed.set([{ result, lease, at: Date.now() }, ...this.handed.get()].slice(0, handedMax));
    this.#outbox.add(result);
    await this.next();
  }

  /// Hands the line back without a call; then the next number, or a break.
  async handBack(lease: Lease, reason: "skipped" | "break"): Promise<void> {
    const turn = this.#begin({ name: "fetching" });
    try {
      await this.#calls.release(lease, reason);
    } catch (error) {
      if (isSignedOut(error)) return this.#show(turn, { name: "rejoin" });
      if (isPassing(error)) return this.#again(turn, () => this.handBack(lease, reason));
      // The lease had ended: the line is back already.
    }
    if (turn !== this.#turn) return undefined;
    if (reason === "break") return this.#show(turn, { name: "break" });
    return this.next();
  }

  /// The last call's result is another now.
  changed(result: RecordResultInput): void {
    this.handed.set(this.handed.get().map(
      (one) => (one.result.key === result.key ? { ...one, result } : one)));
  }

  /// The caller is in another room now: its script and the next number there. A call that is
  /// under way is finished first; its result is taken all the same.
  async arrive(): Promise<void> {
    const { name } = this.phase.get();
    if (name === "call" || name === "sending") return;
    const turn = this.#begin({ name: "loading" });
    await this.#attempt(turn, async () => {
      const home = await this.#calls.callerHome();
      this.home.set(home);
      return home.lease ? { name: "call", lease: home.lease } : { name: "welcome" };
    }, () => this.arrive());
  }

  takeBreak(): void {
    this.#begin({ name: "break" });
  }

  rejoin(): void {
    this.#begin({ name: "rejoin" });
  }

  stop(): void {
    ++this.#turn;
    clearTimeout(this.#timer);
  }

  #begin(phase: Phase): number {
    clearTimeout(this.#timer);
    this.phase.set(phase);
    return ++this.#turn;
  }

  #show(turn: number, phase: Phase): void {
    if (turn === this.#turn) this.phase.set(phase);
  }

  async #ask(): Promise<Phase> {
    const { lease, nothing } = await this.#calls.claim();
    if (lease) return { name: "call", lease };
    const none: NothingReady = nothing ?? { reason: "none_ready", sentence: "", next_at: null };
    const pause = none.reason === "none_ready" ? askSoonMs : askAgainMs;
    const jitter = pause * (0.75 + Math.random() / 2);
    const promised = none.next_at ? new Date(none.next_at).getTime() - Date.now() : jitter;
    const wait = Math.max(2_000, Math.min(promised, jitter));
    const turn = this.#turn;
    this.#timer = setTimeout(() => { if (turn === this.#turn) void this.next(); }, wait);
    return { name: "nothing", nothing: none, again: Date.now() + wait };
  }

  /// The claim may have arrived though its answer did not: then the line is held for us.
  async #askAfterLoss(): Promise<void> {
    const turn = this.#begin({ name: "away" });
    await this.#attempt(turn, async () => {
      const home = await this.#calls.callerHome();
      this.home.set(home);
      return home.lease ? { name: "call", lease: home.lease } : this.#ask();
    }, () => this.#askAfterLoss());
  }

  async #attempt(turn: number, work: () => Promise<Phase>, again: () => Promise<void>) {
    try {
      this.#show(turn, await work());
    } catch (error) {
      if (isSignedOut(error)) this.#show(turn, { name: "rejoin" });
      else if (isPassing(error)) this.#again(turn, again, error);
      else if (error instanceof ApiError && error.status === 403) {
        this.#show(turn, { name: "rejoin" });  // signed in, but not as a caller
      } else this.#show(turn, { name: "failed", error });
    }
  }

  #again(turn: number, work: () => Promise<void>, error?: unknown): void {
    if (turn !== this.#turn) return;
    this.phase.set({ name: "away" });
    const asked = error instanceof ApiError ? error.retryAfterMs : null;
    const wait = (asked ?? awayMs) * (0.75 + Math.random() / 2);
    this.#timer = setTimeout(() => { if (turn === this.#turn) void work(); }, wait);
  }

  /// The caller's own numbers move at once; the server's word replaces them at the next start.
  #count(result: RecordResultInput): void {
    const home = this.home.get();
    if (!home) return;
    const talked = result.voters.some((voter) => home.dispositions.find(
      (one) => one.key === voter.disposition)?.spoken ?? false);
    const own = { ...home.own, calls: home.own.calls + 1,
                  conversations: home.own.conversations + (talked ? 1 : 0) };
    this.home.set({ ...home, own });
  }
}
