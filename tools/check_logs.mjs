// check_logs: a log line is one JSON object and holds no personal data.
// Usage: node check_logs.mjs FOLDER
// FOLDER/personal-data.txt names what must not occur, one a line (a surname, a number, an address);
// every other .txt holds what another program said (PostgreSQL's log, what the shell prints), line by
// line; every other file is a log of ours. Exit 77: there is no such folder, so no test has run.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Findings, walk } from "./sources.mjs";

const [folder] = process.argv.slice(2);
if (!folder) {
  console.error("usage: check_logs.mjs FOLDER");
  process.exit(2);
}
const needlesFile = "personal-data.txt";
if (!existsSync(folder)) {
  console.log(`check_logs: skipped, no functional test has left logs in ${folder}`);
  process.exit(77);
}
const findings = new Findings();
const shortest = 3;

const tokens = (text) =>
  text
    .normalize("NFC")
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];
const isPhone = (text) => /^[+\d\s().-]+$/.test(text) && text.replace(/\D/g, "").length >= 7;

/// Needles of words, by their first word, and needles of digits, by their last seven.
function readNeedles() {
  const byWord = new Map();
  const byDigits = new Map();
  const put = (map, key, value) => map.set(key, [...(map.get(key) ?? []), value]);
  const path = join(folder, needlesFile);
  if (!existsSync(path)) {
    findings.add(
      needlesFile,
      1,
      "missing; the functional tests must write what the logs may not hold",
    );
    return { byWord, byDigits, count: 0 };
  }
  const lines = readFileSync(path, "utf8")
    .split("\n")
    .map((line) => line.trim());
  lines.forEach((needle, index) => {
    if (needle === "") return;
    if (needle.length < shortest) {
      findings.add(needlesFile, index + 1, `"${needle}" is too short to look for; leave it out`);
    } else if (isPhone(needle)) {
      const digits = needle.replace(/\D/g, "");
      put(byDigits, digits.slice(-7), { at: index + 1, digits: digits.slice(-10) });
    } else {
      const list = tokens(needle);
      if (list.length > 0) put(byWord, list[0], { at: index + 1, list });
    }
  });
  const count = lines.filter((line) => line !== "").length;
  if (count === 0)
    findings.add(needlesFile, 1, "empty; a check that looks for nothing finds nothing");
  return { byWord, byDigits, count };
}

function* texts(value) {
  if (value === null || typeof value === "boolean") return;
  if (typeof value !== "object") yield String(value);
  else if (Array.isArray(value)) for (const item of value) yield* texts(item);
  else
    for (const [key, item] of Object.entries(value)) {
      yield key;
      yield* texts(item);
    }
}

/// The line in personal-data.txt of a needle that occurs in the text, or 0.
function occurs(text, { byWord, byDigits }) {
  const list = tokens(text);
  for (let i = 0; i < list.length; ++i) {
    for (const { at, list: needle } of byWord.get(list[i]) ?? []) {
      if (needle.every((word, k) => list[i + k] === word)) return at;
    }
  }
  // Digits, with what people put between them; a longer number (a time, an id) is another number.
  for (const [written] of text.matchAll(/(?<!\d)\+?\d(?:[\s().-]{0,2}\d){6,13}(?!\d)/g)) {
    const digits = written.replace(/\D/g, "");
    for (const { at, digits: needle } of byDigits.get(digits.slice(-7)) ?? []) {
      if (digits.endsWith(needle)) return at;
    }
  }
  return 0;
}

const needles = readNeedles();
const logs = walk(folder, ".").filter((file) => file !== needlesFile);
if (logs.length === 0) findings.add(".", 1, "no logs; the functional tests must leave them here");
let lines = 0;
for (const file of logs) {
  readFileSync(join(folder, file), "utf8")
    .split("\n")
    .forEach((line, index) => {
      if (line === "") return;
      ++lines;
      let value = null;
      try {
        value = file.endsWith(".txt") ? { line } : JSON.parse(line);
      } catch {
        /* reported below */
      }
      if (value === null || typeof value !== "object" || Array.isArray(value)) {
        findings.add(file, index + 1, "not one JSON object; write it through base/log");
        value = line;
      }
      for (const text of texts(value)) {
        const at = occurs(text, needles);
        if (at > 0) {
          findings.add(
            file,
            index + 1,
            `personal data (line ${at} of ${needlesFile}); log an id instead`,
          );
          break;
        }
      }
    });
}
findings.finish("check_logs", `${lines} lines of ${logs.length} logs, ${needles.count} needles,`);
