// What the checks share: walking the checkout, telling code from comments and strings, reporting.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const skipped = new Set([".git", "node_modules", "build", "dist"]);

/// The arguments of a check: `--root FOLDER` (this checkout when left out) and the rest.
export function parseArguments(argv = process.argv.slice(2)) {
  let root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
  const rest = [];
  for (let i = 0; i < argv.length; ++i) {
    if (argv[i] === "--root") root = resolve(argv[++i]);
    else rest.push(argv[i]);
  }
  return { root, rest };
}

/// Every file below root/folder, as paths from root, sorted.
export function walk(root, folder) {
  const files = [];
  const visit = (path) => {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      if (skipped.has(entry.name)) continue;
      const child = join(path, entry.name);
      if (entry.isDirectory()) visit(child);
      else if (entry.isFile()) files.push(relative(root, child));
    }
  };
  if (existsSync(join(root, folder))) visit(join(root, folder));
  return files.sort();
}

export function read(root, file) {
  return readFileSync(join(root, file), "utf8");
}

/// Findings, printed as "file:line: what is wrong; what to do instead".
export class Findings {
  #lines = [];

  add(file, line, words) {
    this.#lines.push(`${file}:${line}: ${words}`);
  }

  /// Prints and ends the program: 1 when anything was found.
  finish(name, scope) {
    for (const line of this.#lines) console.error(line);
    if (this.#lines.length > 0) console.error(`${name}: ${this.#lines.length} to mend`);
    else console.log(`${name}: ${scope} in order`);
    process.exit(this.#lines.length > 0 ? 1 : 0);
  }
}

const regexMayFollow = /(^|[(,=:[!&|?{;\n]|\breturn|=>)\s*$/;

/// The end of the literal or comment that starts at `at`, or -1 when none does.
/// Returns { end, kind, from, to }: [from, to) is its content.
function literalAt(text, at, script) {
  const two = text.slice(at, at + 2);
  if (two === "//") {
    const stop = text.indexOf("\n", at);
    return { end: stop < 0 ? text.length : stop, kind: "comment" };
  }
  if (two === "/*") {
    const stop = text.indexOf("*/", at + 2);
    return { end: stop < 0 ? text.length : stop + 2, kind: "comment" };
  }
  const quote = text[at];
  if (!script && quote === "R" && text[at + 1] === '"' && !/\w/.test(text[at - 1] ?? "")) {
    const open = text.indexOf("(", at);
    const close = `)${text.slice(at + 2, open)}"`;
    const stop = text.indexOf(close, open);
    if (open < 0 || stop < 0) return null;
    return { end: stop + close.length, kind: "string", from: open + 1, to: stop };
  }
  if (script && quote === "`") return templateAt(text, at);
  const isRegex =
    script && quote === "/" && regexMayFollow.test(text.slice(Math.max(0, at - 40), at));
  if (quote !== '"' && quote !== "'" && !isRegex) return null;
  if (quote === "'" && !script && /[0-9a-fA-F]/.test(text[at - 1] ?? "")) return null; // 1'000
  let inClass = false;
  for (let i = at + 1; i < text.length && text[i] !== "\n"; ++i) {
    if (text[i] === "\\") ++i;
    else if (isRegex && text[i] === "[") inClass = true;
    else if (isRegex && text[i] === "]") inClass = false;
    else if (text[i] === quote && !inClass) {
      return { end: i + 1, kind: isRegex ? "regex" : "string", from: at + 1, to: i };
    }
  }
  return null; // an apostrophe in a page's text
}

function templateAt(text, at) {
  for (let i = at + 1, depth = 0; i < text.length; ++i) {
    if (text[i] === "\\") ++i;
    else if (depth === 0 && text[i] === "`") {
      return { end: i + 1, kind: "string", from: at + 1, to: i };
    } else if (depth === 0 && text.startsWith("${", i)) {
      depth = 1;
      ++i;
    } else if (depth > 0 && text[i] === "`") {
      i = (templateAt(text, i)?.end ?? text.length) - 1;
    } else if (depth > 0 && text[i] === "{") ++depth;
    else if (depth > 0 && text[i] === "}") --depth;
  }
  return null;
}

/// Splits a C++ or TypeScript text. `code` has the same length and lines, with the contents of
/// comments and strings blanked; `strings` lists the literals with their line.
export function split(text, script) {
  const strings = [];
  const pieces = [];
  let line = 1;
  const lines = (piece) => piece.split("\n").length - 1;
  const blank = (piece) => piece.replace(/[^\n]/g, " ");
  let plainFrom = 0;
  for (let at = 0; at < text.length;) {
    const literal = literalAt(text, at, script);
    if (!literal) {
      ++at;
      continue;
    }
    const plain = text.slice(plainFrom, at);
    line += lines(plain);
    pieces.push(plain);
    const whole = text.slice(at, literal.end);
    if (literal.kind === "string") {
      strings.push({ line, value: text.slice(literal.from, literal.to) });
      pieces.push(`"${blank(whole.slice(1, -1))}"`);
    } else {
      pieces.push(blank(whole));
    }
    line += lines(whole);
    at = literal.end;
    plainFrom = at;
  }
  pieces.push(text.slice(plainFrom));
  return { code: pieces.join(""), strings };
}
