import { useEffect, useState } from "preact/hooks";
import { isAborted } from "../base/problem";
import { request } from "./http";

/// A topic's last word, and when this page got it.
export interface Fresh<T> {
  data: T;
  at: number;  // Date.now()
}

export type Topic =
  "home" | "bars" | "planning" | `dial:${string}` | `match_run:${string}` |
  `import:${string}` | `phonebank:${string}` | `segment:${string}` |
  `experiment:${string}`;
type Listener = (fresh: Fresh<unknown>) => void;

const pollMs = 2_000;
const retryMsMax = 15_000;
const watch = new Map<Topic, Set<Listener>>();

let socket: WebSocket | null = null;
let socketTopics = "";
let opened = false;
let failures = 0;
let timer = 0;

function pathOf(topic: Topic): string {
  if (topic === "bars") return "/caller/bars";
  const [kind, which] = topic.split(":");
  if (kind === "dial" && which) return `/caller/calls/${encodeURIComponent(which)}`;
  if (kind === "match_run" && which) return `/matches/runs/${encodeURIComponent(which)}`;
  return which ? `/${kind}s/${encodeURIComponent(which)}` : `/${kind}`;
}

function tell(topic: Topic, data: unknown): void {
  const fresh = { data, at: Date.now() };
  for (const listener of [...(watch.get(topic) ?? [])]) listener(fresh);
}

function take(event: MessageEvent): void {
  failures = 0;
  const message = JSON.parse(String(event.data)) as { topic: Topic; data: unknown };
  tell(message.topic, message.data);
}

/// One socket for all topics that somebody watches; a new set of topics is a new socket.
function connect(): void {
  const topics = [...watch.keys()].sort().join(",");
  if (socket && topics === socketTopics && socket.readyState <= WebSocket.OPEN) return;
  const old = socket;
  socket = null;
  old?.close();
  socketTopics = topics;
  opened = false;
  if (topics === "") return;
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const mine = new WebSocket(
    `${scheme}://${location.host}/v1/live?topics=${encodeURIComponent(topics)}`);
  socket = mine;
  mine.onopen = () => { if (socket === mine) opened = true; };
  mine.onmessage = (event) => { if (socket === mine) take(event); };
  mine.onclose = () => {
    if (socket !== mine) return;
    socket = null;
    opened = false;
    // With jitter: a server that comes back meets its pages one by one.
    const wait = Math.min(1_000 * 2 ** failures++, retryMsMax) * (0.5 + Math.random());
    clearTimeout(timer);
    timer = window.setTimeout(connect, wait);
  };
}

function reconnect(): void {
  clearTimeout(timer);
  timer = window.setTimeout(connect, 20);  // pages that open together share a socket
}

function join(topic: Topic, listener: Listener): () => void {
  const listeners = watch.get(topic) ?? new Set();
  watch.set(topic, listeners);
  listeners.add(listener);
  reconnect();
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) watch.delete(topic);
    reconnect();
  };
}

/// Keeps to a topic: the socket's messages, or a poll every 2 s while there is no socket.
/// `error` is what the first answer failed with; null once there has been one.
/// Null watches nothing.
export function useLive<T>(topic: Topic | null): { fresh: Fresh<T> | null; error: unknown } {
  const [fresh, setFresh] = useState<Fresh<T> | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    const abort = new AbortController();
    const poll = () => request<T>("GET", pathOf(topic!), { signal: abort.signal }).then(
      (data) => tell(topic!, data),
      (problem) => { if (!isAborted(problem)) setError(problem); });
    setFresh(null);
    setError(null);
    if (!topic) return undefined;
    const leave = join(topic, (next) => {
      setError(null);
      setFresh(next as Fresh<T>);
    });
    void poll();
    const timer = window.setInterval(() => {
      if (!opened && !document.hidden) void poll();
    }, pollMs);
    return () => {
      leave();
      clearInterval(timer);
      abort.abort();
    };
  }, [topic]);
  return { fresh, error: fresh ? null : error };
}
