import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { run, tools, withFiles } from "./fixture.mjs";

const style = readFileSync(join(tools, "../.clang-format"), "utf8");

test("accepts a file in order", () =>
  withFiles({ ".clang-format": style, "src/a.cpp": "int x = 1;\n" }, (folder) => {
    const { status, out } = run("check_format.sh", [folder]);
    assert.equal(status, 0, out);
  }));

test("refuses a file that is not, and mends it", () =>
  withFiles({ ".clang-format": style, "src/a.cpp": "int y;\nint  x=1;\n" }, (folder) => {
    const { status, out } = run("check_format.sh", [folder]);
    assert.equal(status, 1);
    assert.match(out, /^src\/a\.cpp:2: not formatted; run make format/);
    assert.equal(run("check_format.sh", ["--fix", folder]).status, 0);
    assert.equal(run("check_format.sh", [folder]).status, 0);
  }));
