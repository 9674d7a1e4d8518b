import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { run, tools, withFiles } from "./fixture.mjs";

const settings = readFileSync(join(tools, "../.clang-tidy"), "utf8");
const files = {
  ".clang-tidy": settings,
  "src/a.h": "#pragma once\ninline int* none() { return nullptr; }\n",
  "src/a.cpp": '#include "a.h"\nint* all() { return none(); }\n',
};

function withBuild(more, use) {
  withFiles({ ...files, "build/x": "", ...more }, (folder) => {
    const command = `clang++-19 -std=c++23 -I${folder}/src -c ${folder}/src/a.cpp`;
    writeFileSync(
      join(folder, "build/compile_commands.json"),
      JSON.stringify([{ directory: folder, command, file: `${folder}/src/a.cpp` }]),
    );
    use(folder, () => run("check_clang_tidy.mjs", ["--root", folder, `${folder}/build`]));
  });
}

test("accepts a file in order, and looks at it once", () =>
  withBuild({}, (folder, again) => {
    const first = again();
    assert.equal(first.status, 0, first.out);
    assert.match(first.out, /1 sources \(1 looked at again\)/);
    assert.match(again().out, /1 sources \(0 looked at again\)/);
    writeFileSync(join(folder, "src/a.h"), "#pragma once\ninline int* none() { return 0; }\n");
    const changed = again();
    assert.equal(changed.status, 1);
    assert.match(changed.out, /^src\/a\.h:2: use nullptr \[modernize-use-nullptr\]/);
  }));

test("refuses a name of the wrong form", () =>
  withBuild({ "src/a.cpp": "int NotOurs() { return 1; }\n" }, (_, again) => {
    const { status, out } = again();
    assert.equal(status, 1);
    assert.match(out, /^src\/a\.cpp:1: invalid case style for function 'NotOurs'/);
  }));

test("refuses a file that does not compile", () =>
  withBuild({ "src/a.cpp": "int x = ;\n" }, (_, again) =>
    assert.match(again().out, /^src\/a\.cpp:1: /),
  ));
