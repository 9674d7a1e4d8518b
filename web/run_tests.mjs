// Bundles src/**/*.test.ts for Node and runs them with node:test. Usage: node run_tests.mjs
import { build } from "esbuild";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const source = join(here, "src");

function testsBelow(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return testsBelow(path);
    return entry.name.endsWith(".test.ts") ? [path] : [];
  });
}

const out = mkdtempSync(join(tmpdir(), "hustings-web-test-"));
try {
  await build({ entryPoints: testsBelow(source), outdir: out, outbase: source, bundle: true,
                platform: "node", format: "esm", target: "node18", sourcemap: "inline",
                outExtension: { ".js": ".mjs" }, logLevel: "warning", absWorkingDir: here,
                jsx: "automatic", jsxImportSource: "preact" });
  const files = testsBelow(source).map((path) =>
    join(out, path.slice(source.length + 1).replace(/\.ts$/, ".mjs")));
  const run = spawnSync(process.execPath, ["--enable-source-maps", "--test", ...files],
                        { stdio: "inherit" });
  process.exitCode = run.status ?? 1;
} finally {
  rmSync(out, { recursive: true, force: true });
}
