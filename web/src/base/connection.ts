import { makeStore } from "./store";

/// Whether the server answers. Set by whoever talks to it, shown by the banner.
export const serverAway = makeStore(false);

const comebackListeners = new Set<() => void>();

export function markAway(): void {
  serverAway.set(true);
}

export function markBack(): void {
  if (!serverAway.get()) return;
  serverAway.set(false);
  for (const listener of [...comebackListeners]) listener();
}

/// Calls `listener` each time the server answers again after it was away.
export function onComeback(listener: () => void): () => void {
  comebackListeners.add(listener);
  return () => comebackListeners.delete(listener);
}
