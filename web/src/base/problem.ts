import { language } from "./language";
import { germanSentence } from "./problem_texts";

/// What a call to the server came to when it was not an answer.
export class ApiError extends Error {
  readonly status: number;  // HTTP; 0: the server could not be reached
  readonly code: string;
  readonly detail: string;  // a sentence for the reader
  readonly where: string | null;  // the field at fault
  readonly retryAfterMs: number | null;

  constructor(of: { status: number; code: string; detail: string; where?: string | null;
                    retryAfterMs?: number | null }) {
    super(of.detail);
    this.name = "ApiError";
    this.status = of.status;
    this.code = of.code;
    this.detail = of.detail;
    this.where = of.where ?? null;
    this.retryAfterMs = of.retryAfterMs ?? null;
  }
}

export function isAborted(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}

/// True when the same request may succeed later: no connection, overload, a restart.
export function isPassing(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false;
  return error.status === 0 || error.status === 408 || error.status === 429 || error.status >= 500;
}

export function isSignedOut(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401;
}

/// What the reader is told, in the page's language.
function told(error: ApiError): string {
  return (language === "de" ? germanSentence(error.code, error.where) : null) ?? error.detail;
}

export function sentenceOf(error: unknown): string {
  if (error instanceof ApiError) return told(error);
  if (language === "de") return germanSentence("page", null)!;
  return "This page met a fault of its own. Reload it; if it comes back, tell the administrator.";
}

/// The sentence for the form field `where`, when the error is about it.
export function fieldError(error: unknown, where: string): string | null {
  return error instanceof ApiError && error.where === where ? told(error) : null;
}
