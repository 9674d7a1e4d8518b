import type { Lease } from "../api/types";
import { draftFor } from "./call_draft";
import type { CallDraft } from "./call_draft";

const draftKey = "hustings.draft";
const codeKey = "hustings.join_code";

/// The draft of this lease as it was before a reload, or an empty one.
export function openDraft(lease: Lease): CallDraft {
  try {
    const kept = JSON.parse(localStorage.getItem(draftKey) ?? "null") as CallDraft | null;
    const fits = kept?.lease === lease.id && lease.voters.every((one) => one.id in kept.voters);
    if (kept && fits) return kept;
  } catch {
    // Storage is forbidden, or another version wrote it: start afresh.
  }
  return draftFor(lease);
}

export function keepDraft(draft: CallDraft | null): void {
  try {
    if (draft) localStorage.setItem(draftKey, JSON.stringify(draft));
    else localStorage.removeItem(draftKey);
  } catch {
    // Without storage a reload loses the draft, nothing else.
  }
}

export function keepJoinCode(code: string): void {
  try {
    localStorage.setItem(codeKey, code);
  } catch {
    // Then the caller needs the link again.
  }
}

export function joinCode(): string | null {
  try {
    return localStorage.getItem(codeKey);
  } catch {
    return null;
  }
}
