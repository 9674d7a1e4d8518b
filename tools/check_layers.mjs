// check_layers: a module includes only what its CMakeLists.txt names, and names only what the
// table below allows; a web feature imports only what every feature may. The table of modules in
// docs/architecture.md says the same as the one here.
// Usage: node check_layers.mjs [--root FOLDER]
import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, join, posix } from "node:path";
import { Findings, parseArguments, read, walk } from "./sources.mjs";

// What a module may include directly. The order is the order of the layers.
const allowed = {
  base: [],
  model: ["base"],
  normalise: ["base", "model"],
  pg: ["base"],
  net: ["base"],
  objectstore: ["base"],
  feed: ["base", "model", "pg"],
  // feed, model: what people did is audited in the feed
  access: ["base", "pg", "feed", "model"],
  archive: ["base", "pg", "objectstore"],
  // what the campaign has decided for all: lower than those who ask
  campaign: ["base", "pg"],
  registry: ["base", "model", "pg", "feed", "normalise", "campaign"],
  // every table that knows something of a person, read and deleted in one place
  rights: ["base", "model", "pg", "feed", "normalise", "registry"],
  linkage: ["base", "model", "normalise"],
  identity: ["base", "model", "pg", "feed", "normalise", "linkage", "registry"],
  statistics: ["base"],
  surveys: ["base", "model", "pg", "feed", "statistics"],
  // questions that no caller asks: web forms, answers from files, XLSForm
  // normalise, campaign: numbers of a file are read as everywhere
  forms: ["base", "model", "normalise", "pg", "feed", "campaign", "surveys"],
  segments: ["base", "model", "pg", "feed"],
  // feed: an import appends one change for each of its batches
  ingest: ["base", "model", "pg", "objectstore", "campaign", "registry", "surveys", "feed",
    "normalise", "rights"],
  // statistics: pure functions of numbers
  lists: ["base", "model", "pg", "feed", "segments", "statistics"],
  // statistics: pure functions of numbers
  experiments: ["base", "model", "pg", "feed", "segments", "statistics"],
  phonebank: ["base", "model", "pg", "feed", "campaign", "registry", "surveys", "lists"],
  // drivers know no database: what may be called is decided before an order
  telephony: ["base", "model"],
  dialling: ["base", "model", "phonebank", "telephony"],
  following: ["base", "model", "pg", "feed", "segments", "lists", "phonebank"],
  cost: ["base", "model", "pg"],
  allocation: ["base", "model"],
  // what allocation computes from, and what came of it: prices, polls, limits, ledger, plans
  spending: ["base", "model", "pg", "feed", "statistics", "allocation"],
  apps: ["base", "pg", "net", "feed", "access"],
  // callers from outside: they speak the public API, and their checker reads the database
  simulate: ["base", "model", "pg", "net"],
};
allowed.api = Object.keys(allowed);
for (const name of ["app", "cli", "gameday"]) {
  allowed[name] = [
    ...Object.keys(allowed).filter((other) => !["app", "cli", "gameday"].includes(other)),
    ...["app", "cli", "gameday"].filter((other) => other !== name),
  ];
}

allowed.cli.push("make_people");  // of tools/: the demo invents its voters

// What a folder of web/src may import besides itself; any other folder is a feature.
const webAllowed = { base: [], api: ["base"], ui: ["base"], charts: ["base", "ui"] };
const webFeature = ["base", "api", "ui", "charts"];

const { root } = parseArguments();
const findings = new Findings();
const words = (list) => (list.length > 0 ? list.join(", ") : "nothing of ours");
const keywords = new Set(["DEPENDS", "LINKS", "SOURCES", "SQL", "TESTS", "PGTESTS", "TESTLINKS"]);

/// The arguments of `hustings_module(...)` in a CMakeLists.txt: keyword -> [{ value, line }].
function moduleCall(text) {
  const bare = text.replace(/#.*/g, (comment) => " ".repeat(comment.length));
  const call = /hustings_module\(([^)]*)\)/.exec(bare);
  if (!call) return null;
  const from = call.index + "hustings_module(".length;
  const result = {};
  let keyword = "NAME";
  for (const token of call[1].matchAll(/[^\s]+/g)) {
    if (keywords.has(token[0])) keyword = token[0];
    else {
      const line = bare.slice(0, from + token.index).split("\n").length;
      (result[keyword] ??= []).push({ value: token[0], line });
    }
  }
  return result;
}

function checkSystemInclude(file, line, header) {
  const folder = dirname(file);
  if (/^boost\/(asio|beast)(\/|\.hpp)/.test(header)) {
    const inNet = folder === "src/net" && file.endsWith(".cpp");
    if (!inNet && !file.startsWith("src/net/detail/")) {
      findings.add(
        file,
        line,
        `<${header}> costs seconds in every file that sees it; ` +
          "include Asio and Beast only in src/net/*.cpp and src/net/detail/",
      );
    }
  }
  if (/^boost\/json/.test(header) && file.startsWith("src/model/")) {
    findings.add(
      file,
      line,
      `<${header}>: the model knows no JSON; convert in the module that needs it`,
    );
  }
}

function checkOwnInclude(file, line, module, header, depends) {
  const [target, next] = header.split("/");
  if (next === undefined) {
    findings.add(file, line, `"${header}" names no module; write "${module}/${header}"`);
    return;
  }
  if (target === module) return;
  const may = allowed[module];
  if (!may.includes(target)) {
    findings.add(file, line, `${module} may not include "${header}"; it may use ${words(may)}`);
  } else if (next === "detail") {
    findings.add(
      file,
      line,
      `"${header}" is private to ${target}; use a header outside its detail/`,
    );
  } else if (depends && !depends.includes(target)) {
    findings.add(
      file,
      line,
      `"${header}": src/${module}/CMakeLists.txt does not name ${target}; ` +
        `add it to DEPENDS (${module} may use ${words(may)})`,
    );
  }
}

function checkIncludes(file, module, depends) {
  read(root, file)
    .split("\n")
    .forEach((text, index) => {
      const include = /^\s*#\s*include\s*([<"])([^>"]+)[>"]/.exec(text);
      if (!include) return;
      if (include[1] === "<") checkSystemInclude(file, index + 1, include[2]);
      else checkOwnInclude(file, index + 1, module, include[2], depends);
    });
}

function checkListed(module, files, lists) {
  for (const file of files.filter((name) => /\.(cpp|sql)$/.test(name))) {
    const name = posix.relative(`src/${module}`, file);
    const listed = lists.some((text) =>
      text
        .split(/[\s()"]+/)
        .some((token) => token === name || token === basename(name) || token.endsWith(`/${file}`)),
    );
    if (!listed) {
      findings.add(
        file,
        1,
        `no CMakeLists.txt lists it; add ${name} to src/${module}/CMakeLists.txt`,
      );
    }
  }
}

function checkModule(module) {
  const files = walk(root, `src/${module}`);
  const sources = files.filter((file) => /\.(h|cpp)$/.test(file));
  if (sources.length === 0) return;
  if (!allowed[module]) {
    findings.add(
      sources[0],
      1,
      `${module} is not in the table of layers; ` +
        "decide what it may use, and add it to tools/check_layers.mjs",
    );
    return;
  }
  const listFile = `src/${module}/CMakeLists.txt`;
  const lists = files.filter((file) => basename(file) === "CMakeLists.txt");
  if (existsSync(join(root, "bench/CMakeLists.txt"))) lists.push("bench/CMakeLists.txt");
  checkListed(
    module,
    files,
    lists.map((file) => read(root, file)),
  );
  const call = existsSync(join(root, listFile)) ? moduleCall(read(root, listFile)) : null;
  for (const { value, line } of call?.DEPENDS ?? []) {
    if (!allowed[module].includes(value)) {
      findings.add(
        listFile,
        line,
        `${module} may not depend on ${value}; it may use ${words(allowed[module])}`,
      );
    }
  }
  const depends = call ? (call.DEPENDS ?? []).map((token) => token.value) : null;
  for (const file of sources) checkIncludes(file, module, depends);
}

/// The folder of web/src that an import leads to, or null for a third-party package.
function webTarget(importer, specifier, folders) {
  let path = specifier;
  if (specifier.startsWith(".")) path = posix.join(dirname(importer), specifier);
  else if (/^[@~]\//.test(specifier)) path = `web/src/${specifier.slice(2)}`;
  else if (folders.has(specifier.split("/")[0])) path = `web/src/${specifier}`;
  else return null;
  if (!path.startsWith("web/src/")) return null;
  const [folder, file] = path.slice("web/src/".length).split("/");
  return file || folders.has(folder) ? folder : "app";
}

function checkWeb() {
  if (!existsSync(join(root, "web/src"))) return 0;
  const folders = new Set(
    readdirSync(join(root, "web/src"), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name),
  );
  const files = walk(root, "web/src").filter((file) => /\.(ts|tsx|js|mjs)$/.test(file));
  for (const file of files) {
    const parts = file.split("/");
    const folder = parts.length > 3 ? parts[2] : "app";
    if (folder === "app") continue;
    const may = webAllowed[folder] ?? webFeature;
    read(root, file)
      .split("\n")
      .forEach((text, index) => {
        const found = /(?:^\s*import\s*|\bfrom\s*|\bimport\s*\(\s*)["']([^"']+)["']/.exec(text);
        const target = found && webTarget(file, found[1], folders);
        if (target && target !== folder && !may.includes(target)) {
          findings.add(
            file,
            index + 1,
            `web/src/${folder} may not import ${target} ("${found[1]}"); it may use ${words(may)}`,
          );
        }
      });
  }
  return files.length;
}

/// The rows `| module | may include | holds |` of docs/architecture.md, where there is one.
function checkDocumented(modules) {
  const file = "docs/architecture.md";
  if (!existsSync(join(root, file))) return;
  const rows = new Map();
  read(root, file)
    .split("\n")
    .forEach((text, index) => {
      const row = /^\| ([a-z]+) \| ([a-z ]+) \| .+ \|$/.exec(text);
      if (row && allowed[row[1]]) rows.set(row[1], { line: index + 1, may: row[2].split(" ") });
    });
  for (const module of modules) {
    if (!allowed[module] || ["api", "app", "cli", "gameday"].includes(module)) continue;
    const row = rows.get(module);
    const may = allowed[module];
    if (!row) {
      findings.add(file, 1, `the table of modules has no row for ${module}`);
    } else if (may.length > 0 && [...row.may].sort().join() !== [...may].sort().join()) {
      findings.add(file, row.line, `${module} may use ${words(may)}: write \`${may.join(" ")}\``);
    }
  }
}

const modules = existsSync(join(root, "src"))
  ? readdirSync(join(root, "src"), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
      .sort()
  : [];
modules.forEach(checkModule);
checkDocumented(modules);
const pages = checkWeb();
findings.finish("check_layers", `${modules.length} modules and ${pages} web files`);
