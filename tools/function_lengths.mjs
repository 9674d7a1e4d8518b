// The length of every function of a C++ or TypeScript text, found by its braces.

const control = /(^|[\s;)])(if|for|while|switch|catch|with)\s*(constexpr\s*)?\(/;
const tail = /\)\s*((const|noexcept(\s*\([^()]*\))?|override|final|mutable|volatile|try|&&?)\s*)*/
  .source;
const cppFunction = new RegExp(`${tail}(->[^;={}]*|requires[^;{}]*|:[^:].*)?$`, "s");
const scriptFunction = /(=>|\)\s*(:\s*[^;={}]+)?)\s*$/;
const testGroup = /\bdescribe\s*(\.\w+\s*)?\(.*=>\s*$/s;

/// True when the header's only "=" (outside of parentheses) starts an initializer.
function isInitializer(header) {
  const flat = header.replace(/operator\s*[=!<>+\-*/|&^%]*=+/g, "operator");
  let depth = 0;
  for (let i = 0; i < flat.length; ++i) {
    if ("([".includes(flat[i])) ++depth;
    else if (")]".includes(flat[i])) --depth;
    else if (
      flat[i] === "=" &&
      depth === 0 &&
      !"=!<>".includes(flat[i - 1]) &&
      flat[i + 1] !== "="
    ) {
      return true;
    }
  }
  return false;
}

function opensFunction(header, script) {
  if (control.test(header)) return false;
  if (script) return scriptFunction.test(header) && !testGroup.test(header);
  if (/\[[^\]]*\]\s*(\([^{}]*\))?[^;={}]*$/s.test(header) && /=|\(\s*\[/.test(header)) return true;
  if (/^\s*(inline\s+)?(namespace|enum|union)\b/.test(header)) return false;
  return cppFunction.test(header) && !isInitializer(header);
}

/// `code` is a text without comments and strings (see split in sources.mjs).
/// Returns [{ line, lines }] of the outermost functions; nothing when its braces do not match.
export function functionLengths(code, script) {
  const found = [];
  const open = [];
  let line = 1;
  let header = "";
  let closedFunction = false; // `X() : a_{1} {`: the body follows a brace of its own initializers
  for (const c of code.replace(/^[ \t]*#(?:[^\n\\]|\\\n|\\.)*/gm, (d) =>
    d.replace(/[^\n]/g, " "),
  )) {
    if (c === "\n") ++line;
    if (c === "{") {
      const inside = open.some((scope) => scope.isFunction);
      const continues = closedFunction && /^\s*(,.*)?$/s.test(header);
      open.push({ line, isFunction: continues || opensFunction(header, script), inside });
      header = "";
      closedFunction = false;
    } else if (c === "}") {
      const scope = open.pop();
      if (!scope) return [];
      if (scope.isFunction && !scope.inside)
        found.push({ line: scope.line, lines: line - scope.line + 1 });
      closedFunction = scope.isFunction && !script && scope.line === line;
      header = "";
    } else if (c === ";") {
      header = "";
      closedFunction = false;
    } else {
      header += c;
    }
  }
  return open.length === 0 ? found : [];
}
