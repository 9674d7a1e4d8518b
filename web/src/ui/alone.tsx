import type { ComponentChildren } from "preact";
import { AwayBanner, Mark } from "./frame";

/// A page without navigation: one card, one thing to do.
export function Alone(
  of: { title: string; lead?: ComponentChildren; children: ComponentChildren }) {
  return (
    <main class="alone" id="main">
      <AwayBanner />
      <div class="alone-card">
        <Mark />
        <h1>{of.title}</h1>
        {of.lead ? <p class="lead">{of.lead}</p> : null}
        {of.children}
      </div>
    </main>
  );
}
