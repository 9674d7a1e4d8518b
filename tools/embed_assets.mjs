// embed_assets: puts the files of a folder into the program as <module>/web_assets.h and .cpp:
// `std::span<const net::Asset> hustings::<module>::web_assets()`. The bytes go in by the assembler's
// .incbin, so a megabyte costs the compiler nothing.
// Usage: node embed_assets.mjs MODULE OUT_FOLDER FOLDER
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { extname, join, relative, resolve } from "node:path";

const types = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};

const [module, out, folder] = process.argv.slice(2);
if (!folder) {
  console.error("usage: embed_assets.mjs MODULE OUT_FOLDER FOLDER");
  process.exit(2);
}
const root = resolve(folder);

function walk(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).sort().flatMap((name) => walk(join(path, name)));
}

const files = walk(root).map((file, index) => {
  const bytes = readFileSync(file);
  const path = `/${relative(root, file).replaceAll("\\", "/")}`;
  const type = types[extname(file)];
  if (!type || /["\\\n]/.test(file)) {
    console.error(`${file}: no media type is known for it, or its name cannot be quoted; ` +
      "see the table in tools/embed_assets.mjs");
    process.exit(1);
  }
  return {
    file, path, type, size: bytes.length, symbol: `hustings_${module}_asset_${index}`,
    etag: createHash("sha256").update(bytes).digest("hex").slice(0, 32),
    isImmutable: /-[A-Za-z0-9_]{8}\.[^/]+$/.test(path),  // the bundler's digest in the name
  };
});
if (!files.some(({ path }) => path === "/index.html")) {
  console.error(`${folder}: there is no index.html in it; build the pages first`);
  process.exit(1);
}

const incbin = ({ symbol, file }) =>
  `__asm__(".section .rodata\\n.balign 16\\n.hidden ${symbol}\\n.globl ${symbol}\\n${symbol}:\\n"\n` +
  `        ".incbin \\"${file}\\"\\n.previous\\n");\nextern "C" const char ${symbol}[];\n`;
const row = (one) =>
  `    {"${one.path}", "${one.type}", {${one.symbol}, ${one.size}}, "\\"${one.etag}\\"", ` +
  `${one.isImmutable}},\n`;

mkdirSync(out, { recursive: true });
const head = "// Made by tools/embed_assets.mjs; do not edit.\n";
const begin = `namespace hustings::${module} {\n\n`;
const end = `\n}  // namespace hustings::${module}\n`;
writeFileSync(join(out, "web_assets.h"), `${head}#pragma once\n\n#include <span>\n\n` +
  `#include "net/assets.h"\n\n${begin}/// The pages.\nstd::span<const net::Asset> web_assets();\n${end}`);
writeFileSync(join(out, "web_assets.cpp"), `${head}#include "${module}/web_assets.h"\n\n` +
  files.map(incbin).join("") + `\n${begin}std::span<const net::Asset> web_assets() {\n` +
  `  static const net::Asset kAll[] = {\n${files.map(row).join("")}  };\n  return kAll;\n}\n${end}`);
