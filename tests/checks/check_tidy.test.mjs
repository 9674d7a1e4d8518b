import assert from "node:assert/strict";
import test from "node:test";
import { runOver } from "./fixture.mjs";

const check = (files) => runOver("check_tidy.mjs", files);
const lines = (count, text) => `${text}\n`.repeat(count);

function refused(files, ...words) {
  const { status, out } = check(files);
  assert.equal(status, 1, out);
  for (const word of words) assert.ok(out.includes(word), `"${word}" is not in:\n${out}`);
}

function accepted(files) {
  const { status, out } = check(files);
  assert.equal(status, 0, out);
}

test("accepts a file in order", () =>
  accepted({
    "src/base/a.h": "#pragma once\n\nint one();\n",
    "src/base/a.cpp":
      '#include "base/a.h"\n\nusing namespace std::literals;\nint one() { return 1; }\n',
    "src/feed/sql/append.sql": "-- Appends one change.\nINSERT INTO change VALUES ($1)\n",
    "web/src/ui/page.tsx": "export const Page = () => <p>don't { 'x' }</p>;\n",
  }));

test("refuses long lines, but not for an address or an include", () => {
  refused({ "src/base/a.cpp": `int x;\n// ${"é".repeat(98)}\n` }, "src/base/a.cpp:2: 101 columns");
  accepted({
    "src/base/a.cpp": `// https://example.org/${"x".repeat(98)}\n// ${"é".repeat(97)}\n`,
  });
});

test("refuses long files", () =>
  refused({ "web/src/ui/a.ts": lines(601, "let x;") }, "web/src/ui/a.ts:600: 601 lines"));

test("refuses long functions of C++", () => {
  refused(
    { "src/base/a.cpp": `namespace n {\nint f(int x) {\n${lines(60, "  ++x;")}}\n}\n` },
    "src/base/a.cpp:2: a function of 62 lines",
  );
  refused(
    { "src/base/a.cpp": `X::X(int a) : a_{a}, b_(2) {\n${lines(60, "  ++a_;")}}\n` },
    "of 62 lines",
  );
  refused(
    { "src/base/a.cpp": `auto f(int x) -> int {\n  if (x) {\n${lines(60, "  ++x;")}}\n}\n` },
    "of 64 lines",
  );
  refused(
    { "src/base/a.cpp": `TEST(A, B) {\n${lines(60, "  f([] { g(); });")}}\n` },
    "of 62 lines",
  );
  refused(
    { "src/base/a.cpp": `const auto f = [](int x) {\n${lines(60, "  ++x;")}};\n` },
    "of 62 lines",
  );
});

test("does not take a class, a namespace or a table for a function", () =>
  accepted({
    "src/base/a.cpp":
      `namespace n {\nclass X : public Y<f(3)> {\n${lines(60, "  int f() { return 1; }")}};\n` +
      `const T kAll[] = {\n${lines(60, '  {f(1), "{ }}"},')}};\n}\n`,
  }));

test("refuses long functions of TypeScript, inside of groups of tests too", () => {
  refused(
    { "web/src/ui/a.tsx": `export function A() {\n${lines(60, "  f(() => { g(); });")}}\n` },
    "of 62 lines",
  );
  refused(
    {
      "web/src/ui/a.ts":
        'describe("a", () => {\nit("b", async () => {\n' +
        `${lines(60, "g(/[{]/, `${1}{`);")}});\n});\n`,
    },
    "web/src/ui/a.ts:2: a function of 62 lines",
  );
  accepted({
    "web/src/ui/a.ts": `describe("a", () => {\n${lines(60, 'it("b", () => { g(); });')}});\n`,
  });
});

test("refuses headers without their marks", () =>
  refused(
    { "src/base/a.h": "\nusing namespace std;\n" },
    "a.h:1: no #pragma once",
    "a.h:2: using namespace",
  ));

test("refuses unfinished work", () =>
  refused({ "src/base/a.cpp": "int x;  // TO" + "DO: more\n" }, "src/base/a.cpp:1: unfinished"));

test("refuses names that say nothing", () =>
  refused(
    { "src/base/string_utils.cpp": "\n", "web/src/common/a.ts": "\n" },
    "string_utils.cpp:1:",
    '"common"',
  ));

test("refuses standard output outside of the command line", () => {
  refused(
    { "src/feed/a.cpp": "void f() {\n  std::cout << 1;\n}\n" },
    "src/feed/a.cpp:2: standard output",
  );
  refused({ "src/feed/a.cpp": 'void f() { std::printf("x"); }\n' }, "src/feed/a.cpp:1:");
  accepted({
    "src/cli/a.cpp": 'void f() { std::printf("x"); }\n',
    "src/feed/a.cpp": 'void f() { std::snprintf(b, 1, "printf("); }  // std::cout\n',
  });
});

test("refuses blanks, tabs and a missing last newline", () =>
  refused(
    { "src/base/a.cpp": "int x; \n\tint y;\nint z;" },
    "a.cpp:1: blanks",
    "a.cpp:2: a tab",
    "a.cpp:3: no newline",
  ));

test("refuses SQL in a string, except where it belongs", () => {
  refused(
    { "src/feed/a.cpp": 'auto x = R"(\n  SELECT 1\n)";\nauto y = "delete from voter";\n' },
    "src/feed/a.cpp:1: SQL",
    "src/feed/a.cpp:4: SQL",
  );
  accepted({
    "src/feed/a.cpp": 'auto x = "Select a list, or update it";  // SELECT 1\n',
    "src/feed/a_pgtest.cpp": 'auto x = "SELECT 1";\n',
    "src/pg/a.cpp": 'auto x = "SELECT 1";\n',
    "src/segments/rule_sql.cpp": 'auto x = "SELECT 1";\n',
  });
});

test("refuses a statement without its comment", () =>
  refused(
    { "src/feed/sql/append.sql": "INSERT INTO change VALUES ($1)\n" },
    "append.sql:1: the first line",
  ));

test("an exception needs its reason and its use", () => {
  const long = `int f() {\n${lines(60, "  g();")}}\n`;
  const rule = "tools/check_tidy.exceptions";
  accepted({ "src/base/a.cpp": long, [rule]: "function src/base/a.cpp one table of all keys\n" });
  refused(
    { "src/base/a.cpp": long, [rule]: "function src/base/a.cpp\n" },
    `${rule}:1: an exception needs a reason`,
  );
  refused(
    { "src/base/a.cpp": "\n", [rule]: "function src/base/a.cpp one table\n" },
    `${rule}:1:`,
    "not needed",
  );
});
