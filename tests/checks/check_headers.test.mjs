import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import test from "node:test";
import { tools, withFiles } from "./fixture.mjs";

const project = `cmake_minimum_required(VERSION 3.25)
project(one CXX)
include(${join(tools, "../cmake/HustingsHeaders.cmake")})
hustings_headers_alone(check_headers FOLDER \${CMAKE_SOURCE_DIR}/src)
`;

/// Builds check_headers over the headers; returns { status, out }.
function build(headers) {
  return withFiles({ "CMakeLists.txt": project, ...headers }, (folder) => {
    const options = { cwd: folder, encoding: "utf8" };
    const compiler = "-DCMAKE_CXX_COMPILER=clang++-19";
    const configured = spawnSync("cmake", ["-G", "Ninja", "-B", "build", compiler], options);
    assert.equal(configured.status, 0, configured.stderr);
    const built = spawnSync("cmake", ["--build", "build", "--target", "check_headers"], options);
    return { status: built.status, out: `${built.stdout}${built.stderr}` };
  });
}

test("accepts headers that include what they need", () => {
  const { status, out } = build({
    "src/base/a.h": "#pragma once\n#include <string>\nstd::string a();\n",
    "src/base/detail/b.h": '#pragma once\n#include "base/a.h"\ninline auto b() { return a(); }\n',
  });
  assert.equal(status, 0, out);
});

test("refuses a header that leans on its includer", () => {
  const { status, out } = build({
    "src/base/a.h": "#pragma once\n#include <string>\n",
    "src/base/b.h": "#pragma once\nstd::string b();\n",
  });
  assert.notEqual(status, 0);
  assert.match(out, /src\/base\/b\.h:2:1: error/);
});
