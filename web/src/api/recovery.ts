import { markAway, markBack, serverAway } from "../base/connection";

const firstMs = 1_000;
const lastMs = 10_000;

async function answers(): Promise<boolean> {
  try {
    return (await fetch("/healthz", { cache: "no-store" })).ok;
  } catch {
    return false;
  }
}

/// While the server is away, asks for it with growing pauses, and tells when it is back.
export function startRecovery(): void {
  let running = false;
  const probe = async () => {
    if (running) return;
    running = true;
    let wait = firstMs;
    while (serverAway.get()) {
      await new Promise((done) => setTimeout(done, wait * (0.5 + Math.random())));
      wait = Math.min(wait * 1.6, lastMs);
      if (await answers()) markBack();
    }
    running = false;
  };
  serverAway.subscribe(() => { if (serverAway.get()) void probe(); });
  addEventListener("offline", markAway);
}
