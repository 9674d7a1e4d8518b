import { words } from "../base/format";
import { Badge } from "./elements";
import type { Tone } from "./elements";

// The states of imports, phone banks and voters, each with its tone.
const tones: Record<string, Tone> = {
  open: "good", paused: "warn", closed: "neutral",
  running: "accent", published: "good", failed: "bad", cancelled: "neutral",
  tried: "accent", undone: "neutral",
  on_call: "good", ready: "accent", away: "neutral",
  active: "good", inactive: "warn", removed: "neutral", denied: "bad",
};

export function stateBadge(state: string) {
  return <Badge tone={tones[state] ?? "neutral"}>{words(state)}</Badge>;
}
