// check_generated: the committed files that a program of ours writes are what it writes today.
// Usage: node check_generated.mjs [--root FOLDER] BUILD_DIR
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Findings, parseArguments, walk } from "./sources.mjs";

// A program of BUILD_DIR that writes below `--out FOLDER`, by their paths in the checkout.
const emitters = [
  {
    program: "emit_api",
    files: [
      "docs/reference/openapi.json",
      "web/src/api/types.ts",
      "docs/reference/configuration.md",
    ],
  },
];

const { root, rest } = parseArguments();
if (rest.length !== 1) {
  console.error("usage: check_generated.mjs [--root FOLDER] BUILD_DIR");
  process.exit(2);
}
const findings = new Findings();
const contents = (path) => (existsSync(path) ? readFileSync(path, "utf8") : null);

function firstDifference(one, other) {
  const left = one.split("\n");
  const right = other.split("\n");
  const index = left.findIndex((line, i) => line !== right[i]);
  return (index < 0 ? left.length : index) + 1;
}

function check({ program, files }) {
  const path = join(rest[0], program);
  const out = mkdtempSync(join(tmpdir(), "hustings-generated-"));
  try {
    const run = spawnSync(path, ["--out", out], { encoding: "utf8" });
    if (run.error || run.status !== 0) {
      const why = run.error?.message ?? `it ended with ${run.status}: ${run.stderr.trim()}`;
      findings.add(path, 1, `cannot be run (${why}); build it first`);
      return;
    }
    const mend = `run ${path} --out . and commit what it wrote`;
    for (const file of new Set([...files, ...walk(out, ".")])) {
      const fresh = contents(join(out, file));
      const kept = contents(join(root, file));
      if (fresh === null)
        findings.add(file, 1, `${program} does not write it; mend tools/check_generated.mjs`);
      else if (kept === null) findings.add(file, 1, `not committed; ${mend}`);
      else if (kept !== fresh) findings.add(file, firstDifference(kept, fresh), `stale; ${mend}`);
    }
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

emitters.forEach(check);
findings.finish(
  "check_generated",
  `${emitters.flatMap((one) => one.files).length} generated files`,
);
