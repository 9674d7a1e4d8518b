// Bundles the pages: content-hashed files in OUT/assets and an index.html that names them.
// Usage: node build.mjs [OUT]   (web/dist when left out)
import { build } from "esbuild";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { writeCounties, writeLicences } from "./counties.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(process.argv[2] ?? join(here, "dist"));
/// Bytes of scripts after gzip that one page fetches before it is there: a caller's, anybody's.
const callerMax = 42_000;
const pageMax = 100_000;

/// The browsers of phones that volunteers carry, back to about 2021.
const target = ["es2020", "chrome90", "firefox90", "safari14.1"];

async function bundle() {
  const shared = { bundle: true, minify: true, target, metafile: true, absWorkingDir: here,
                   outdir: join(out, "assets"), entryNames: "[name]-[hash]", legalComments: "none" };
  const pages = await build({
    ...shared, entryPoints: ["src/app/main.tsx", "src/app/style.css"], format: "esm",
    splitting: true, chunkNames: "[name]-[hash]", jsx: "automatic", jsxImportSource: "preact" });
  // Runs before the first paint, so that a chosen theme does not flash.
  const theme = await build({ ...shared, entryPoints: ["src/app/theme_start.ts"], format: "iife" });
  return { ...pages.metafile.outputs, ...theme.metafile.outputs };
}

/// The address of the file that `source` was bundled into.
function addressOf(outputs, source) {
  const found = Object.entries(outputs).find(([, output]) => output.entryPoint === source);
  if (!found) throw new Error(`the bundle has no file for ${source}`);
  return `/${relative(out, resolve(here, found[0]))}`;
}

function writeIndex(outputs) {
  const words = {
    "%style%": addressOf(outputs, "src/app/style.css"),
    "%theme%": addressOf(outputs, "src/app/theme_start.ts"),
    "%main%": addressOf(outputs, "src/app/main.tsx"),
  };
  let page = readFileSync(join(here, "src/app/index.html"), "utf8");
  for (const [word, address] of Object.entries(words)) page = page.replaceAll(word, address);
  writeFileSync(join(out, "index.html"), page);
}

/// The scripts that come with `output`, itself among them.
function comesWith(outputs, output, seen = new Set()) {
  if (seen.has(output)) return seen;
  seen.add(output);
  for (const of of outputs[output].imports) {
    if (of.kind === "import-statement") comesWith(outputs, of.path, seen);
  }
  return seen;
}

function measure(outputs) {
  const size = (output) => gzipSync(readFileSync(resolve(here, output))).length;
  const scripts = Object.entries(outputs).filter(([name]) => name.endsWith(".js"));
  const starts = scripts.filter(([, of]) => of.entryPoint && !of.entryPoint.endsWith("_pages.ts"));
  for (const [name, of] of scripts.filter(([, one]) => one.entryPoint?.endsWith("_pages.ts"))) {
    const all = new Set([name, ...starts.map(([start]) => start)]
      .flatMap((one) => [...comesWith(outputs, one)]));
    const bytes = [...all].reduce((sum, one) => sum + size(one), 0);
    const what = basename(of.entryPoint, ".ts").replace("_", " ");
    console.log(`${what}: ${(bytes / 1000).toFixed(1)} kB of scripts, gzipped`);
    const max = what.startsWith("caller") ? callerMax : pageMax;
    if (bytes > max) throw new Error(`the scripts of the ${what} are ${bytes} bytes; the limit is ${max}`);
  }
}

rmSync(out, { recursive: true, force: true });
mkdirSync(join(out, "assets"), { recursive: true });
const outputs = await bundle();
writeIndex(outputs);
writeFileSync(join(out, "favicon.svg"), readFileSync(join(here, "src/app/favicon.svg")));
writeCounties(join(out, "assets", "counties"));
writeLicences(join(out, "licences.txt"));
measure(outputs);
