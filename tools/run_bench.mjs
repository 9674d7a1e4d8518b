// run_bench: runs every BUILD_DIR/bench/bench_* program, keeps the JSON object that each prints as
// its last line as OUT_FOLDER/<name>.json, and prints one table of all figures.
// Usage: node run_bench.mjs BUILD_DIR OUT_FOLDER [--quick]
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [build, out, ...options] = process.argv.slice(2);
if (!build || !out || options.some((option) => option !== "--quick")) {
  console.error("usage: run_bench.mjs BUILD_DIR OUT_FOLDER [--quick]");
  process.exit(2);
}
const folder = join(build, "bench");
const programs = (existsSync(folder) ? readdirSync(folder) : [])
  .sort()
  .filter((name) => /^bench_\w+$/.test(name) && statSync(join(folder, name)).isFile());
if (programs.length === 0) {
  console.error(
    `run_bench: no bench_* program in ${folder}; was the build configured with its libraries?`,
  );
  process.exit(1);
}
mkdirSync(out, { recursive: true });

/// The figures of a nested object as rows of "layouts.nc.ratio" and their values.
function figures(value, path = []) {
  if (value !== null && typeof value === "object") {
    return Object.entries(value).flatMap(([key, inner]) => figures(inner, [...path, key]));
  }
  return [[path.join("."), String(value)]];
}

const sameForAll = new Set(["bench", "quick", "cores", "cpu_model", "commit"]);

/// What a program printed last; null if that is no JSON object.
function lastObject(text) {
  try {
    const value = JSON.parse(text.trimEnd().split("\n").at(-1));
    return typeof value === "object" && value !== null ? value : null;
  } catch {
    return null;
  }
}

const rows = [];
let failed = 0;
for (const program of programs) {
  console.log(`running ${program}`);
  const run = spawnSync(join(folder, program), options,
    { stdio: ["ignore", "pipe", "inherit"], maxBuffer: 1 << 26 });
  const result = run.status === 0 ? lastObject(run.stdout.toString()) : null;
  if (!result) {
    ++failed;
    rows.push([program, "failed", run.status === 0 ? "its last line is no JSON object"
      : `ended with ${run.status ?? run.signal}`]);
    continue;
  }
  writeFileSync(join(out, `${program}.json`), `${JSON.stringify(result, null, 2)}\n`);
  for (const [name, value] of figures(result)) {
    if (!sameForAll.has(name)) rows.push([program, name, value]);
  }
}
const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column].length)));
for (const [program, name, value] of rows) {
  console.log(`${program.padEnd(widths[0])}  ${name.padEnd(widths[1])}  ${value}`);
}
console.log(`The numbers are in ${out}.`);
process.exit(failed > 0 ? 1 : 0);
