// check_citus: what Citus refuses of statements over tables that are spread by `bucket`, and of
// migrations (docs/how-to/spread-over-machines.md). Keys and bindings of the tables themselves are
// checked by src/pg/distribution_pgtest.cpp.
// Usage: node check_citus.mjs [--root FOLDER]
import { Findings, parseArguments, read, walk } from "./sources.mjs";

const { root } = parseArguments();
const findings = new Findings();

const withoutComments = (sql) => sql.replace(/--.*$/gm, "").replace(/'[^']*'/g, "''").toLowerCase();

/// Names of the tables whose primary key holds `bucket`, over all migrations.
function spreadTables(migrations) {
  const tables = new Set();
  for (const sql of migrations) {
    for (const [, name, body] of sql.matchAll(/create table (?:if not exists )?(\w+) \(([^;]*)/g)) {
      if (/primary key \([^)]*\bbucket\b/.test(body)) tables.add(name);
    }
  }
  return tables;
}

const volatile = /\b(clock_timestamp|random|gen_random_uuid|nextval|setval)\s*\(/;
const oneBucket = /\bbucket = \$\d/;

/// What is wrong with a statement; `names` tells whether it is about a spread table.
function wrongs(sql, names) {
  const wrong = [];
  const changed = /\b(?:update|delete from)\s+(\w+)/g;
  if (/\bfor (no key )?(update|share)\b|\bskip locked\b/.test(sql) && names(sql, /(?:from|join)/)
      && !oneBucket.test(sql)) {
    wrong.push("rows of a spread table are locked in one bucket at a time; say bucket = $n");
  }
  if (/\b(rollup|cube|grouping sets)\b/.test(sql) && names(sql, /(?:from|join)/)) {
    wrong.push("no grouping sets over a spread table; group once for each");
  }
  if (/\bwith recursive\b/.test(sql) && names(sql, /(?:from|join)/)) {
    wrong.push("no recursion over a spread table; loop in the program");
  }
  for (const [text, table] of sql.matchAll(changed)) {
    if (!names(text, /(?:update|delete from)/)) continue;
    const rest = sql.slice(sql.indexOf(text));
    if (volatile.test(rest) && !oneBucket.test(rest)) {
      wrong.push(`rows of ${table} are changed with a volatile function; pass its value`);
    }
    if (/^update\s+\w+[^;]*?\bset\b[^;]*?[\s,]bucket\s*=/.test(rest.split(/\b(?:from|where)\b/)[0])) {
      wrong.push(`the key of ${table} is changed; delete the row and insert it anew`);
    }
  }
  for (const [, table, target, rest] of sql.matchAll(
    /insert into (\w+)[^;]*?on conflict\s*(\([^)]*\))?([^;]*)/g)) {
    if (!names(`insert into ${table}`, /insert into/)) continue;
    if (target && !/\bbucket\b/.test(target)) {
      wrong.push(`the conflict target of ${table} lacks bucket`);
    }
    if (/do update\s+set[^;]*\b(now|clock_timestamp|random)\s*\(/.test(rest)) {
      wrong.push(`no now() where a conflict updates ${table}; pass the time`);
    }
  }
  return wrong;
}

const migrations = walk(root, "db/migrations").filter((file) => file.endsWith(".sql"));
const texts = migrations.map((file) => withoutComments(read(root, file)));
const tables = spreadTables(texts);
const names = (sql, word) =>
  [...sql.matchAll(new RegExp(`\\b${word.source}\\s+(?:only\\s+)?(\\w+)`, "g"))]
    .some(([, table]) => tables.has(table));

texts.forEach((sql, index) => {
  if (/\bcreate (or replace )?(constraint )?trigger\b/.test(sql)) {
    findings.add(migrations[index], 1, "no triggers; write the rows where the fact is written");
  }
});
const statements = walk(root, "src").filter((file) => /^src\/[^/]+\/sql\/[^/]+\.sql$/.test(file));
for (const file of statements) {
  for (const words of wrongs(withoutComments(read(root, file)), names)) {
    findings.add(file, 1, words);
  }
}
findings.finish("check_citus", `${statements.length} statements over ${tables.size} spread tables`);
