import { makeStore } from "../base/store";
import type { Session } from "./types";

export type SignedIn = { state: "unknown" } | { state: "none" } | { state: "in"; session: Session };

/// Who is signed in at this browser, as far as the pages know.
export const session = makeStore<SignedIn>({ state: "unknown" });

export function signedIn(of: Session): void {
  session.set({ state: "in", session: of });
}

export function signedOut(): void {
  session.set({ state: "none" });
}

export function csrf(): string {
  const now = session.get();
  return now.state === "in" ? now.session.csrf : "";
}
