// check_tidy: the form of the sources: lengths, names, headers, where SQL and stdout belong.
// A departure needs a line with its reason in tools/check_tidy.exceptions.
// Usage: node check_tidy.mjs [--root FOLDER]
import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { functionLengths } from "./function_lengths.mjs";
import { Findings, parseArguments, read, split, walk } from "./sources.mjs";

const columns = 100;
const fileLines = 600;
const functionLines = 60;
const folders = [
  "src",
  "web",
  "db",
  "tests",
  "bench",
  "tools",
  "examples",
  "cmake",
  "deploy",
  "docs",
];
const exceptionsFile = "tools/check_tidy.exceptions";

const isCpp = (file) => /\.(h|cpp)$/.test(file);
const isScript = (file) => /\.(ts|tsx|mjs|js)$/.test(file);
const isMeasured = (file) => /\.(h|cpp|ts|tsx)$/.test(file);
const isText = (file) =>
  /\.(h|cpp|c|ts|tsx|mjs|js|sql|css|html|sh|cmake|md)$|CMakeLists\.txt$/.test(file);
const isTest = (file) => /_(test|pgtest|prop|fuzz|bench)\.cpp$|\/testing\//.test(file);

const { root } = parseArguments();
const findings = new Findings();

/// Lines "rule path reason": the reason is for the reader, and must be there.
function readExceptions() {
  const exceptions = new Map();
  if (!existsSync(join(root, exceptionsFile))) return exceptions;
  read(root, exceptionsFile)
    .split("\n")
    .forEach((text, index) => {
      if (text.trim() === "" || text.startsWith("#")) return;
      const [rule, path, ...reason] = text.trim().split(/\s+/);
      if (reason.length < 2) {
        findings.add(
          exceptionsFile,
          index + 1,
          "an exception needs a reason; write: rule path reason",
        );
      }
      exceptions.set(`${rule} ${path}`, { line: index + 1, used: false });
    });
  return exceptions;
}
const exceptions = readExceptions();

function refuse(rule, file, line, words) {
  const exception = exceptions.get(`${rule} ${file}`);
  if (exception) exception.used = true;
  else findings.add(file, line, `${words} [${rule}]`);
}

function checkName(file) {
  for (const part of file.split("/")) {
    const stem = part.replace(/\..*$/, "");
    if (/(^|[_-])(utils?|common|helpers?|manager)$/.test(stem)) {
      refuse(
        "name",
        file,
        1,
        `"${part}" says nothing of what is inside; name it after what it does`,
      );
    }
  }
}

function checkLines(file, lines) {
  lines.forEach((text, index) => {
    const line = index + 1;
    if (/[ \t\r]$/.test(text)) refuse("blank", file, line, "blanks at the end; remove them");
    else if (text.includes("\t")) refuse("blank", file, line, "a tab; use spaces");
    if (new RegExp("\\b(TO" + "DO|FIX" + "ME|X" + "XX)\\b").test(text)) {
      refuse(
        "todo",
        file,
        line,
        "unfinished work is not left in the source; do it, or open an issue",
      );
    }
    const isFree = /https?:\/\//.test(text) || /^\s*#\s*include/.test(text);
    if (isMeasured(file) && [...text].length > columns && !isFree) {
      refuse("line", file, line, `${[...text].length} columns; break it at ${columns}`);
    }
  });
  if (isMeasured(file) && lines.length > fileLines) {
    refuse(
      "file",
      file,
      fileLines,
      `${lines.length} lines; divide it by purpose (limit ${fileLines})`,
    );
  }
}

function checkFunctions(file, code) {
  for (const { line, lines } of functionLengths(code, isScript(file))) {
    if (lines > functionLines) {
      refuse(
        "function",
        file,
        line,
        `a function of ${lines} lines; divide it (limit ${functionLines})`,
      );
    }
  }
}

const lineOf = (text, at) => text.slice(0, at).split("\n").length;

const toStdout = new RegExp(
  [
    /\bstd::(cout|print|println)\b/,
    /\b(std::)?(printf|puts|putchar)\s*\(/,
    /\bfprintf\s*\(\s*stdout/,
    /\bfmt::print(ln)?\s*\(\s*(stdout|")/,
  ]
    .map((one) => one.source)
    .join("|"),
);

function checkCpp(file, code, strings) {
  if (file.endsWith(".h")) {
    if (!/^#pragma once$/m.test(code)) refuse("pragma", file, 1, "no #pragma once; add it");
    const using = /^\s*using\s+namespace\b/m.exec(code);
    if (using) {
      refuse(
        "using",
        file,
        lineOf(code, using.index + using[0].search(/\S/)),
        "using namespace in a header reaches every file that includes it; name what you use",
      );
    }
  }
  const mayPrint = /^(src\/(cli\/|main\.cpp)|tools\/|bench\/)/.test(file);
  const printed = mayPrint ? null : toStdout.exec(code);
  if (printed) {
    refuse(
      "stdout",
      file,
      lineOf(code, printed.index),
      "standard output belongs to src/cli; log it, or return it to the caller",
    );
  }
  if (
    file.startsWith("src/") &&
    !isTest(file) &&
    !/^src\/(pg|archive)\/|^src\/segments\/.*sql/.test(file)
  ) {
    checkSqlStrings(file, strings);
  }
}

const statement = new RegExp(
  [
    "SELECT\\s",
    "INSERT\\s+INTO\\s",
    "UPDATE\\s+[a-z_.]+(\\s|$)",
    "DELETE\\s+FROM\\s",
    "MERGE\\s+INTO\\s",
    "TRUNCATE\\s",
    "COPY\\s+[a-z_.]+[\\s(]",
    "WITH\\s+[a-z_]+\\s+AS\\s",
    "(CREATE|ALTER|DROP)\\s+TABLE\\s",
    "select\\s.*\\sfrom\\s",
    "insert\\s+into\\s",
    "update\\s+[a-z_.]+\\s+set\\s",
    "delete\\s+from\\s",
  ]
    .map((one) => `^\\s*${one}`)
    .join("|"),
  "s",
);

function checkSqlStrings(file, strings) {
  for (const { line, value } of strings) {
    if (statement.test(value)) {
      refuse("sql", file, line, "SQL in a string; put the statement into the module's sql/ folder");
    }
  }
}

function checkFile(file) {
  checkName(file);
  if (!isText(file)) return;
  const text = read(root, file);
  if (text === "") return;
  if (!text.endsWith("\n"))
    refuse("newline", file, lineOf(text, text.length), "no newline at the end; add it");
  checkLines(file, text.replace(/\n$/, "").split("\n"));
  if (/(^|\/)sql\/[^/]+\.sql$/.test(file) && !text.startsWith("-- ")) {
    refuse(
      "comment",
      file,
      1,
      "the first line must be a comment that says what the statement does and why",
    );
  }
  if (!isCpp(file) && !isMeasured(file)) return;
  const { code, strings } = split(text, isScript(file));
  checkFunctions(file, code);
  if (isCpp(file)) checkCpp(file, code, strings);
}

const files = folders.flatMap((folder) => walk(root, folder));
files.forEach(checkFile);
for (const [key, { line, used }] of exceptions) {
  if (!used) findings.add(exceptionsFile, line, `"${key}" is not needed any more; remove it`);
}
findings.finish("check_tidy", `${files.length} files`);
