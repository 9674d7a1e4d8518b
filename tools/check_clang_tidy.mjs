// check_clang_tidy: clang-tidy-19 over every source that the build compiles. What was in order is
// remembered by the digest of the file, the headers of ours that it reaches, its command and
// .clang-tidy, so that only what changed is looked at again.
// Usage: node check_clang_tidy.mjs [--root FOLDER] BUILD_DIR [PART_OF_A_PATH ...]
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { Findings, parseArguments } from "./sources.mjs";

const program = "clang-tidy-19";
const {
  root,
  rest: [buildArgument, ...parts],
} = parseArguments();
const database = buildArgument && join(buildArgument, "compile_commands.json");
if (!database || !existsSync(database)) {
  console.error(
    "check_clang_tidy: no compile_commands.json; usage: check_clang_tidy.mjs BUILD_DIR",
  );
  process.exit(2);
}
const build = resolve(buildArgument);
const memory = join(root, "build", "tidy-cache");
mkdirSync(memory, { recursive: true });

const reached = new Map();

/// The headers of ours that a file includes, and theirs; system headers change with the compiler.
function headersOf(file, folders, seen = new Set()) {
  if (!reached.has(file)) {
    const names = [...readFileSync(file, "utf8").matchAll(/^\s*#\s*include\s*"([^"]+)"/gm)];
    reached.set(
      file,
      names.map((match) => match[1]),
    );
  }
  for (const name of reached.get(file)) {
    const path = [dirname(file), ...folders].map((one) => join(one, name)).find(existsSync);
    if (path && !seen.has(path)) {
      seen.add(path);
      headersOf(path, folders, seen);
    }
  }
  return seen;
}

const version = spawnSync(program, ["--version"], { encoding: "utf8" });
if (version.error) {
  console.error(`check_clang_tidy: ${program} is missing; run tools/setup.sh test`);
  process.exit(2);
}
const settings = [version.stdout, readFileSync(join(root, ".clang-tidy"), "utf8")];

function digest(entry) {
  const hash = createHash("sha256");
  const folders = [...entry.command.matchAll(/-(?:I|isystem )\s*(\S+)/g)]
    .map((match) => match[1])
    .filter((folder) => folder.startsWith(root));
  const place = (text) => text.replaceAll(build, "BUILD").replaceAll(root, "ROOT");
  for (const text of [...settings, place(entry.command)]) hash.update(`${text}\0`);
  for (const file of [entry.file, ...[...headersOf(entry.file, folders)].sort()]) {
    hash.update(`${place(file)}\0${readFileSync(file, "utf8")}\0`);
  }
  return hash.digest("hex");
}

const seen = new Set();
const entries = JSON.parse(readFileSync(database, "utf8"))
  .map((entry) => ({ ...entry, file: resolve(entry.directory, entry.file) }))
  .filter(
    ({ file }) =>
      file.startsWith(`${root}/`) &&
      !file.startsWith(`${build}/`) &&
      !file.includes("/build/") &&
      !file.includes("/node_modules/") &&
      file.endsWith(".cpp"),
  )
  .filter(({ file }) => parts.length === 0 || parts.some((part) => file.includes(part)))
  .filter(({ file }) => existsSync(file) && !seen.has(file) && seen.add(file));
const todo = entries
  .map((entry) => ({ ...entry, mark: join(memory, digest(entry)) }))
  .filter(({ mark }) => !existsSync(mark));

const findings = new Findings();
const told = new Set(); // a finding in a header is told once

function report(file, output) {
  let count = 0;
  for (const match of output.matchAll(/^(\/[^:\n]+):(\d+):\d+: (?:error|warning): (.*)$/gm)) {
    ++count;
    const words = match[3].replace(",-warnings-as-errors", "");
    const key = `${match[1]}:${match[2]}: ${words}`;
    if (!told.has(key)) findings.add(relative(root, match[1]), match[2], words);
    told.add(key);
  }
  if (count === 0)
    findings.add(relative(root, file), 1, `${program} failed: ${output.trim().slice(-600)}`);
}

function lint({ file, mark }) {
  return new Promise((done) => {
    const child = spawn(program, ["--quiet", "-p", build, file], { cwd: root });
    let output = "";
    child.stdout.on("data", (data) => {
      output += data;
    });
    child.stderr.on("data", (data) => {
      output += data;
    });
    child.on("close", (status) => {
      if (status === 0) writeFileSync(mark, `${relative(root, file)}\n`);
      else report(file, output);
      done();
    });
  });
}

async function work() {
  for (let one = todo.shift(); one; one = todo.shift()) await lint(one);
}
const count = todo.length;
await Promise.all(Array.from({ length: Math.max(2, cpus().length) }, work));
findings.finish("check_clang_tidy", `${entries.length} sources (${count} looked at again)`);
