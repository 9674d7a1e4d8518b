// run_bench: runs every BUILD_DIR/bench/bench_* program, keeps its numbers as
// OUT_FOLDER/<name>.json (the form of Google Benchmark) and prints one table.
// Usage: node run_bench.mjs BUILD_DIR OUT_FOLDER
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const [build, out] = process.argv.slice(2);
if (!build || !out) {
  console.error("usage: run_bench.mjs BUILD_DIR OUT_FOLDER");
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

const amount = (value) => {
  const [size, unit] = [
    [1e9, "G"],
    [1e6, "M"],
    [1e3, "k"],
  ].find(([one]) => value >= one) ?? [1, ""];
  return `${(value / size).toPrecision(3)}${unit}`;
};
const known = new Set([
  "name",
  "family_index",
  "per_family_instance_index",
  "run_name",
  "run_type",
  "repetitions",
  "repetition_index",
  "threads",
  "iterations",
  "real_time",
  "cpu_time",
  "time_unit",
  "aggregate_name",
  "aggregate_unit",
  "label",
  "error_occurred",
  "error_message",
]);

const rows = [["benchmark", "time", "what it did"]];
let failed = 0;
for (const program of programs) {
  const file = join(out, `${program}.json`);
  console.log(`running ${program}`);
  const run = spawnSync(
    join(folder, program),
    [`--benchmark_out=${file}`, "--benchmark_out_format=json"],
    { stdio: ["ignore", "ignore", "inherit"] },
  );
  if (run.status !== 0 || !existsSync(file)) {
    ++failed;
    rows.push([program, "failed", `ended with ${run.status ?? run.signal}`]);
    continue;
  }
  for (const one of JSON.parse(readFileSync(file, "utf8")).benchmarks) {
    const counters = Object.entries(one)
      .filter(([key, value]) => !known.has(key) && typeof value === "number")
      .map(([key, value]) => `${key} ${amount(value)}`);
    if (one.error_occurred) ++failed;
    rows.push([
      `${program.slice("bench_".length)}: ${one.name}`,
      one.error_occurred ? "failed" : `${one.real_time.toPrecision(4)} ${one.time_unit}`,
      [one.error_message, one.label, ...counters].filter(Boolean).join(", "),
    ]);
  }
}
const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column].length)));
for (const [name, time, did] of rows) {
  console.log(`${name.padEnd(widths[0])}  ${time.padStart(widths[1])}  ${did}`.trimEnd());
}
console.log(`The numbers are in ${out}.`);
process.exit(failed > 0 ? 1 : 0);
