import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { onComeback } from "./connection";
import { isAborted } from "./problem";

export type Load<T> =
  | { state: "loading" }
  | { state: "failed"; error: unknown; retry: () => void }
  | { state: "ready"; data: T };

export interface Loading<T> {
  load: Load<T>;
  reload: () => void;  // keeps what is shown until the new answer is there
  replace: (data: T) => void;
}

/// Loads once for each value of `inputs`; an older request is aborted.
export function useLoad<T>(
  get: (signal: AbortSignal) => Promise<T>, inputs: readonly unknown[]): Loading<T> {
  const [load, setLoad] = useState<Load<T>>({ state: "loading" });
  const [round, setRound] = useState(0);
  const reload = useCallback(() => setRound((before) => before + 1), []);
  const shown = useRef(load);
  shown.current = load;
  useEffect(() => setLoad({ state: "loading" }), inputs);
  useEffect(() => {
    const abort = new AbortController();
    get(abort.signal).then(
      (data) => { if (!abort.signal.aborted) setLoad({ state: "ready", data }); },
      (error) => {
        if (isAborted(error) || abort.signal.aborted) return;
        if (shown.current.state !== "ready") setLoad({ state: "failed", error, retry: reload });
      });
    return () => abort.abort();
  }, [...inputs, round]);
  useEffect(() => onComeback(reload), []);
  const replace = useCallback((data: T) => setLoad({ state: "ready", data }), []);
  return { load, reload, replace };
}

/// Runs `work` again and again, `everyMs` after the last one ended, while the page is visible.
export function useRepeat(work: () => unknown, everyMs: number, inputs: readonly unknown[]): void {
  useEffect(() => {
    let timer = 0;
    let ended = false;
    const turn = async () => {
      if (!document.hidden) await Promise.resolve(work()).catch(() => undefined);
      if (!ended) timer = window.setTimeout(turn, everyMs);
    };
    timer = window.setTimeout(turn, everyMs);
    return () => {
      ended = true;
      clearTimeout(timer);
    };
  }, [everyMs, ...inputs]);
}

/// The time, fresh every `everyMs`.
export function useNow(everyMs: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}

/// A form's submission: one at a time, with its error.
export function useAction<A extends unknown[]>(
  act: (...given: A) => Promise<void>) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const running = useRef(false);
  const run = async (...given: A) => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    setError(null);
    try {
      await act(...given);
    } catch (problem) {
      setError(problem);
    } finally {
      running.current = false;
      setBusy(false);
    }
  };
  return { run, busy, error, clear: () => setError(null) };
}
