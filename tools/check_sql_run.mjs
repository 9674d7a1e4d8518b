// check_sql_run: every statement of src/*/sql/*.sql has been run by a test. A test run leaves an
// empty file for each statement, <module>__<name>, in BUILD_DIR/sql_run.
// Usage: node check_sql_run.mjs [--root FOLDER] BUILD_DIR; exit 77: no test has run in BUILD_DIR
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Findings, parseArguments, walk } from "./sources.mjs";

const { root, rest } = parseArguments();
if (rest.length !== 1) {
  console.error("usage: check_sql_run.mjs [--root FOLDER] BUILD_DIR");
  process.exit(2);
}
const folder = join(rest[0], "sql_run");
const statements = walk(root, "src").filter((file) => /^src\/[^/]+\/sql\/[^/]+\.sql$/.test(file));
if (statements.length > 0 && !existsSync(folder)) {
  console.log(`check_sql_run: skipped, no database test has been run in ${rest[0]}`);
  process.exit(77);
}
const run = new Set(existsSync(folder) ? readdirSync(folder) : []);
const findings = new Findings();
for (const file of statements) {
  const [, module, , name] = file.split("/");
  if (!run.has(`${module}__${name.replace(/\.sql$/, "")}`)) {
    findings.add(file, 1, "no test has run this statement; write one, or remove the statement");
  }
}
findings.finish("check_sql_run", `${statements.length} statements`);
