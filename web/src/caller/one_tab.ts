import { useEffect, useRef, useState } from "preact/hooks";
import { uuid } from "../base/uuid";

const channelName = "hustings.caller";

/// One part of BroadcastChannel.
export interface Channel {
  postMessage(message: string): void;
  onmessage: ((event: { data: string }) => void) | null;
  close(): void;
}

/// A caller calls in one tab: two would show the same number, and its call would be noted twice.
/// The tab that says so last has the calls; the others are told.
export class OneTab {
  readonly #channel: Channel | null;
  readonly #id: string;

  constructor(channel: Channel | null, id: string, onTaken: () => void) {
    this.#channel = channel;
    this.#id = id;
    if (channel) channel.onmessage = ({ data }) => { if (data !== id) onTaken(); };
  }
  take(): void {
    this.#channel?.postMessage(this.#id);
  }
  close(): void {
    this.#channel?.close();
  }
}

function openChannel(): Channel | null {
  try {
    return new BroadcastChannel(channelName) as Channel;
  } catch {
    return null;  // an old browser: then the server's word on the second result must do
  }
}

/// Whether the calls are in this tab, and how they come here.
export function useOneTab(): { here: boolean; take: () => void } {
  const [here, setHere] = useState(true);
  const tab = useRef<OneTab | null>(null);
  useEffect(() => {
    const one = new OneTab(openChannel(), uuid(), () => setHere(false));
    tab.current = one;
    one.take();
    return () => one.close();
  }, []);
  return { here, take: () => {
    tab.current?.take();
    setHere(true);
  } };
}
