import type { RecordResultInput, StoredResult } from "../api/types";
import { ApiError, isPassing, isSignedOut, sentenceOf } from "../base/problem";
import { makeStore } from "../base/store";
import type { Store } from "../base/store";

// The results of calls, kept in the browser until the server has acknowledged each. A result
// carries a key made here, so that sending it twice stores it once.

/// The part of localStorage that is used.
export interface Shelf {
  readonly length: number;
  key(index: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

export interface OutboxState {
  pending: number;
  held: "offline" | "signed_out" | null;  // why the pending ones wait
  acknowledged: number;  // since the page opened
  refused: string[];  // sentences of results that the server will never take
}

export interface OutboxOf {
  shelf: Shelf;
  send: (result: RecordResultInput) => Promise<StoredResult>;
  now?: () => number;
  random?: () => number;
  wait?: (run: () => void, ms: number) => () => void;  // returns how to call it off
}

interface Entry {
  at: number;
  result: RecordResultInput;
}

const prefix = "hustings.result.";
const firstWaitMs = 1_000;
const lastWaitMs = 15_000;

function browserWait(run: () => void, ms: number): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}

export class Outbox {
  readonly state: Store<OutboxState>;
  readonly #of: Required<OutboxOf>;
  readonly #memory = new Map<string, Entry>();  // where the shelf is full or forbidden
  #sending = false;
  #failures = 0;
  #callOff: () => void = () => undefined;

  constructor(of: OutboxOf) {
    this.#of = { now: Date.now, random: Math.random, wait: browserWait, ...of };
    this.state = makeStore<OutboxState>(
      { pending: this.#entries().length, held: null, acknowledged: 0, refused: [] });
  }

  /// Keeps the result, then tries to send it. It is safe once this has returned.
  add(result: RecordResultInput): void {
    const entry: Entry = { at: this.#of.now(), result };
    try {
      this.#of.shelf.setItem(prefix + result.key, JSON.stringify(entry));
    } catch {
      this.#memory.set(result.key, entry);
    }
    this.#set({ pending: this.#entries().length });
    this.kick();
  }

  has(lease: string): boolean {
    return this.#entries().some((entry) => entry.result.lease === lease);
  }

  /// Whether this result is still on the way.
  waits(key: string): boolean {
    return this.#entries().some((entry) => entry.result.key === key);
  }

  /// Tries now, whatever pause was meant to be kept.
  kick(): void {
    this.#callOff();
    void this.#run();
  }

  /// Resolves when nothing is waiting to be sent.
  whenEmpty(): Promise<void> {
    return new Promise((done) => {
      if (this.state.get().pending === 0) {
        done();
        return;
      }
      const leave = this.state.subscribe(() => {
        if (this.state.get().pending > 0) return;
        leave();
        done();
      });
    });
  }

  dismissRefused(): void {
    this.#set({ refused: [] });
  }

  #set(part: Partial<OutboxState>): void {
    this.state.set({ ...this.state.get(), ...part });
  }

  #entries(): Entry[] {
    const { shelf } = this.#of;
    const found = [...this.#memory.values()];
    for (let index = 0; index < shelf.length; ++index) {
      const key = shelf.key(index);
      if (!key?.startsWith(prefix)) continue;
      try {
        found.push(JSON.parse(shelf.getItem(key) ?? "") as Entry);
      } catch {
        // Another program's entry, or one cut short: not ours to send, left where it is.
      }
    }
    return found.sort((a, b) => a.at - b.at);
  }

  #drop(entry: Entry): void {
    this.#memory.delete(entry.result.key);
    this.#of.shelf.removeItem(prefix + entry.result.key);
  }

  async #run(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    try {
      for (let next = this.#entries()[0]; next; next = this.#entries()[0]) {
        if (!await this.#sendOne(next)) return;
      }
      this.#set({ pending: 0, held: null });
    } finally {
      this.#sending = false;
    }
  }

  /// True when the entry is settled and the next may go.
  async #sendOne(entry: Entry): Promise<boolean> {
    const before = this.state.get();
    try {
      await this.#of.send(entry.result);
      this.#drop(entry);
      this.#failures = 0;
      this.#set({ acknowledged: before.acknowledged + 1, held: null,
                  pending: this.#entries().length });
      return true;
    } catch (error) {
      if (isSignedOut(error)) {
        this.#set({ held: "signed_out" });
        return false;
      }
      if (isPassing(error) || !(error instanceof ApiError)) {
        this.#set({ held: "offline" });
        this.#later(error);
        return false;
      }
      this.#drop(entry);
      this.#set({ refused: [...before.refused, sentenceOf(error)],
                  pending: this.#entries().length });
      return true;
    }
  }

  #later(error: unknown): void {
    const asked = error instanceof ApiError ? error.retryAfterMs : null;
    const pause = asked ?? Math.min(firstWaitMs * 2 ** this.#failures++, lastWaitMs);
    this.#callOff = this.#of.wait(() => this.kick(), pause * (0.5 + this.#of.random()));
  }
}
