// Deque's axe-core in the page: what keeps people with a screen reader, a keyboard or weak eyes out.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/// Fails with what is wrong and where if axe finds something serious or critical.
export async function isAccessible(page) {
  await page.evaluate(source);  // evaluated, not a script tag: the page's policy allows none
  const found = await page.evaluate(
    (tags) => window.axe.run(document, { runOnly: { type: "tag", values: tags } }), rules);
  const serious = found.violations.filter(
    (one) => one.impact === "serious" || one.impact === "critical");
  if (serious.length > 0) {
    throw new Error(`${page.url()} is not accessible:\n` + serious.map((one) =>
      `${one.id}: ${one.help}\n  ${one.nodes.slice(0, 3).map((node) => node.html).join("\n  ")}`)
      .join("\n"));
  }
  if (found.passes.length === 0) throw new Error("axe looked at nothing");
}
