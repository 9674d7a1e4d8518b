import assert from "node:assert/strict";
import test from "node:test";
import { runOver } from "./fixture.mjs";

const committed = {
  "docs/reference/openapi.json": "{}\n",
  "web/src/api/types.ts": "export type A = 1;\n",
  "docs/reference/configuration.md": "# Keys\n",
};
const emitter = `#!/bin/bash
mkdir -p "$2/docs/reference" "$2/web/src/api"
echo '{}' >"$2/docs/reference/openapi.json"
echo 'export type A = 1;' >"$2/web/src/api/types.ts"
echo '# Keys' >"$2/docs/reference/configuration.md"
`;
const check = (files) =>
  runOver("check_generated.mjs", { "build/emit_api!": emitter, ...committed, ...files }, [
    "FOLDER/build",
  ]);

test("accepts files that are what the program writes", () => {
  const { status, out } = check({});
  assert.equal(status, 0, out);
});

test("refuses a stale file, with the command that mends it", () => {
  const { status, out } = check({
    "web/src/api/types.ts": "export type A = 1;\nexport type B = 2;\n",
  });
  assert.equal(status, 1);
  assert.match(out, /^web\/src\/api\/types\.ts:2: stale; run .*emit_api --out \. and commit/);
});

test("refuses a file that was not committed", () => {
  const { status, out } = check({ "build/emit_api!": `${emitter}echo 1 >"$2/docs/new.md"\n` });
  assert.equal(status, 1);
  assert.match(out, /^docs\/new\.md:1: not committed/);
});

test("refuses a program that fails", () => {
  const { status, out } = check({ "build/emit_api!": "#!/bin/bash\necho broken >&2\nexit 3\n" });
  assert.equal(status, 1);
  assert.match(out, /it ended with 3: broken/);
});
