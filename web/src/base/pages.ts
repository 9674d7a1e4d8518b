import { useState } from "preact/hooks";
import { useLoad } from "./load";
import type { Load } from "./load";

interface CursorPage<T> {
  items: T[];
  next: string | null;
}

export interface Pages<T> {
  load: Load<CursorPage<T>>;
  more: (() => Promise<void>) | null;  // null: all is here
  reload: () => void;
}

/// A list that the server gives page by page; `inputs` start it anew.
export function usePages<T>(
  get: (signal: AbortSignal | undefined, cursor: string | null) => Promise<CursorPage<T>>,
  inputs: readonly unknown[]): Pages<T> {
  const { load, reload, replace } = useLoad((signal) => get(signal, null), inputs);
  const [fetching, setFetching] = useState(false);
  const more = load.state === "ready" && load.data.next !== null && !fetching
    ? async () => {
      setFetching(true);
      try {
        const page = await get(undefined, load.data.next);
        replace({ items: [...load.data.items, ...page.items], next: page.next });
      } finally {
        setFetching(false);
      }
    }
    : null;
  return { load, more, reload };
}
