import { markAway, markBack } from "../base/connection";
import { ApiError, isAborted, isPassing } from "../base/problem";
import { csrf, signedOut } from "./session";

type Method = "GET" | "POST" | "PUT" | "DELETE";
type Query = Record<string, string | number | null | undefined>;

const tries = 3;  // of a GET; nothing else is repeated here
const waitMsMax = 5_000;
const csrfHeader = "X-Hustings-CSRF";

export interface Request {
  body?: unknown;
  query?: Query;
  signal?: AbortSignal;
  keepSession?: boolean;  // a 401 is about the words given, not about the session
}

export function address(path: string, query: Query = {}): string {
  const given = Object.entries(query).filter(
    (pair): pair is [string, string | number] =>
      pair[1] !== null && pair[1] !== undefined && pair[1] !== "");
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return `/v1${path}${text ? `?${text}` : ""}`;
}

const away = () => new ApiError({
  status: 0, code: "away",
  detail: "The server does not answer. Check your connection; this page keeps trying." });

function seconds(header: string | null): number | null {
  const value = Number(header);
  return header && Number.isFinite(value) ? value * 1000 : null;
}

/// problem+json as an ApiError; a gateway's HTML page becomes a plain sentence.
export function problemOf(status: number, body: string, retryAfter: string | null): ApiError {
  let problem: { code?: string; title?: string; detail?: string; where?: string } = {};
  try {
    problem = JSON.parse(body) ?? {};
  } catch {
    // Not ours: a proxy between us and the server.
  }
  const unknown = status >= 500
    ? `The server is not able to answer now (${status}). Try again in a moment.`
    : `The server refused this (${status}).`;
  return new ApiError({ status, code: problem.code ?? "unknown", where: problem.where ?? null,
                        detail: problem.detail || problem.title || unknown,
                        retryAfterMs: seconds(retryAfter) });
}

async function once<T>(method: Method, url: string, of: Request): Promise<T> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (method !== "GET") headers[csrfHeader] = csrf();
  if (of.body !== undefined) headers["Content-Type"] = "application/json";
  let answer: Response;
  let text: string;
  try {
    answer = await fetch(url, {
      method, headers, credentials: "same-origin", signal: of.signal ?? null,
      body: of.body === undefined ? null : JSON.stringify(of.body) });
    text = await answer.text();
  } catch (error) {
    if (isAborted(error)) throw error;
    markAway();
    throw away();
  }
  markBack();
  if (answer.ok) return (text === "" ? {} : JSON.parse(text)) as T;
  if (answer.status === 401 && !of.keepSession) signedOut();
  throw problemOf(answer.status, text, answer.headers.get("Retry-After"));
}

export async function request<T>(method: Method, path: string, of: Request = {}): Promise<T> {
  const url = address(path, of.query);
  for (let round = 1; ; ++round) {
    try {
      return await once<T>(method, url, of);
    } catch (error) {
      if (method !== "GET" || round >= tries || !isPassing(error)) throw error;
      const asked = (error as ApiError).retryAfterMs ?? 250 * 2 ** round;
      await new Promise((done) =>
        setTimeout(done, Math.min(asked, waitMsMax) * (0.75 + Math.random() / 2)));
      if (of.signal?.aborted) throw new DOMException("left", "AbortError");
    }
  }
}

/// Sends a file as it is. fetch() does not tell how far it is, so this is XMLHttpRequest.
export function sendFile<T>(
  path: string, query: Query, file: Blob, onProgress: (bytesSent: number) => void,
  signal: AbortSignal): Promise<T> {
  return new Promise((done, fail) => {
    const sending = new XMLHttpRequest();
    sending.open("PUT", address(path, query));
    sending.setRequestHeader(csrfHeader, csrf());
    sending.setRequestHeader("Content-Type", "application/octet-stream");
    sending.upload.onprogress = (event) => onProgress(event.loaded);
    sending.onerror = () => fail(away());
    sending.onabort = () => fail(new DOMException("left", "AbortError"));
    sending.onload = () => {
      if (sending.status >= 200 && sending.status < 300) {
        done(JSON.parse(sending.responseText) as T);
      } else {
        if (sending.status === 401) signedOut();
        fail(problemOf(sending.status, sending.responseText,
                       sending.getResponseHeader("Retry-After")));
      }
    };
    signal.addEventListener("abort", () => sending.abort());
    sending.send(file);
  });
}
