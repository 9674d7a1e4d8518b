import assert from "node:assert/strict";
import test from "node:test";
import { runOver } from "./fixture.mjs";

const list = (name, depends, sources = "a.cpp") =>
  `hustings_module(${name}\n  DEPENDS ${depends}\n  SOURCES ${sources})\n`;
const check = (files) => runOver("check_layers.mjs", files);

function refused(files, ...words) {
  const { status, out } = check(files);
  assert.equal(status, 1, out);
  for (const word of words) assert.ok(out.includes(word), `"${word}" is not in:\n${out}`);
}

function accepted(files) {
  const { status, out } = check(files);
  assert.equal(status, 0, out);
}

test("accepts what is named and allowed", () =>
  accepted({
    "src/feed/CMakeLists.txt": list("feed", "base pg"),
    "src/feed/a.cpp":
      '#include <vector>\n#include "feed/a.h"\n#include "base/error.h"\n' +
      '#include "feed/detail/b.h"\n',
    "src/feed/a.h": '#include "pg/connection.h"\n',
    "src/net/CMakeLists.txt": list("net", "base", "server.cpp"),
    "src/net/server.cpp": "#include <boost/asio/ip/tcp.hpp>\n",
    "src/net/detail/session.h": "#include <boost/beast.hpp>\n",
  }));

test("refuses an include that DEPENDS does not name", () =>
  refused(
    {
      "src/feed/CMakeLists.txt": list("feed", "base"),
      "src/feed/a.cpp": '\n#include "pg/connection.h"\n',
    },
    "src/feed/a.cpp:2:",
    "does not name pg",
    "feed may use base, model, pg",
  ));

test("refuses an include that the table does not allow, named or not", () =>
  refused(
    {
      "src/pg/CMakeLists.txt": list("pg", "base\n  feed"),
      "src/pg/a.cpp": '#include "feed/feed.h"\n',
    },
    "src/pg/CMakeLists.txt:3: pg may not depend on feed",
    "src/pg/a.cpp:1: pg may not include",
  ));

test("refuses another module's detail, even for app", () =>
  refused(
    {
      "src/app/a.cpp": '#include "phonebank/detail/line.h"\n',
      "src/app/CMakeLists.txt": list("app", "phonebank"),
    },
    "src/app/a.cpp:1:",
    "private to phonebank",
  ));

test("refuses an include without a module", () =>
  refused(
    {
      "src/base/CMakeLists.txt": list("base", ""),
      "src/base/a.cpp": '#include "text.h"\n',
    },
    'write "base/text.h"',
  ));

test("refuses a source that CMake does not know", () =>
  refused(
    {
      "src/base/CMakeLists.txt": list("base", ""),
      "src/base/a.cpp": "",
      "src/base/forgotten.cpp": "",
    },
    "src/base/forgotten.cpp:1:",
  ));

test("refuses a statement that CMake does not know", () =>
  refused(
    {
      "src/feed/CMakeLists.txt": list("feed", "base"),
      "src/feed/a.cpp": "",
      "src/feed/sql/append.sql": "-- a\n",
    },
    "src/feed/sql/append.sql:1:",
  ));

test("refuses a module that the table does not know", () =>
  refused({ "src/misc/a.h": "" }, "misc is not in the table"));

test("refuses Beast outside of net, and in its public headers", () =>
  refused(
    {
      "src/api/a.h": "#include <boost/beast/http.hpp>\n",
      "src/net/server.h": "#include <boost/asio.hpp>\n",
    },
    "src/api/a.h:1:",
    "src/net/server.h:1:",
  ));

test("refuses JSON in the model", () =>
  refused({ "src/model/a.h": "#include <boost/json.hpp>\n" }, "src/model/a.h:1:"));

test("accepts web features that use what every feature may", () =>
  accepted({
    "web/src/phonebank/page.tsx":
      'import { h } from "preact";\nimport { x } from "../ui/button";\nimport "./page.css";\n',
    "web/src/app/main.tsx": 'import { page } from "../phonebank/page";\n',
    "web/src/main.tsx": 'import { app } from "./app/main";\n',
    "web/src/charts/bar.ts": 'import { x } from "../ui/button";\n',
  }));

test("refuses a web feature that imports another", () =>
  refused(
    {
      "web/src/phonebank/page.tsx":
        'import {\n  a,\n} from "../surveys/form";\nconst b = import("../app/main");\n',
      "web/src/surveys/form.tsx": "",
      "web/src/app/main.tsx": "",
    },
    "web/src/phonebank/page.tsx:3: web/src/phonebank may not import surveys",
    "web/src/phonebank/page.tsx:4: web/src/phonebank may not import app",
  ));

test("refuses a base that imports anything of ours", () =>
  refused(
    {
      "web/src/base/x.ts": 'export { call } from "../api/client";\n',
      "web/src/api/client.ts": "",
    },
    "web/src/base/x.ts:1:",
    "nothing of ours",
  ));

test("refuses a table of modules in the documents that is not this one", () => {
  const sources = {
    "src/feed/CMakeLists.txt": list("feed", "base pg"),
    "src/feed/a.cpp": '#include "pg/connection.h"\n',
  };
  const row = (may) => ({
    ...sources,
    "docs/architecture.md": `| module | may include | holds |\n|---|---|---|\n${may}`,
  });
  accepted(row("| feed | base model pg | append, read, tail |\n"));
  refused(row(""), "docs/architecture.md:1:", "no row for feed");
  refused(
    row("| feed | base pg | append, read, tail |\n"),
    "docs/architecture.md:3:",
    "write `base model pg`",
  );
});
