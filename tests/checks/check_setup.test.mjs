import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { run, tools, withFiles } from "./fixture.mjs";

const installed = (packages) => `#!/bin/bash\nfor p in ${packages}; do echo "installed $p"; done\n`;
const list = readFileSync(join(tools, "packages.txt"), "utf8")
  .replace(/^\[.*\]$/gm, "")
  .replace(/#.*/g, "")
  .split(/\s+/)
  .filter(Boolean);
const aptGet = (plan) => `#!/bin/bash
echo "apt-get $*" >>"$LOG"
case " $* " in *" -s "*) ${plan} ;; esac
`;

/// Runs setup.sh with invented dpkg-query, apt-get and sudo; returns also what apt-get was told.
function setup(packages, plan = "true", more = {}, environment = {}) {
  return withFiles(
    {
      "dpkg-query!": installed(packages),
      "apt-get!": aptGet(plan),
      log: "",
      "sudo!": '#!/bin/bash\ncase "$1" in env|apt-get) exec "$@" ;; esac\n',
      ...more,
    },
    (folder) => {
      const env = {
        PATH: `${folder}:${process.env.PATH}`,
        LOG: join(folder, "log"),
        ...environment,
      };
      const result = run("setup.sh", ["test"], { env });
      return { ...result, told: readFileSync(join(folder, "log"), "utf8") };
    },
  );
}
const without = (...missing) => list.filter((name) => !missing.includes(name)).join(" ");

test("does nothing when everything is there", () => {
  const { status, out, told } = setup(list.join(" "));
  assert.deepEqual([status, out, told], [0, "", ""]);
});

test("says what it installs, and installs nothing else", () => {
  const { status, out, told } = setup(without("cmake"));
  assert.equal(status, 0, out);
  assert.match(out, /will install them: cmake\n/);
  assert.match(
    told,
    /update\n.*-s .*install cmake\n.*install -y --no-install-recommends --no-remove cmake\n/s,
  );
});

test("leaves another vendor's node alone", () => {
  const node = { "node!": "#!/bin/bash\necho v20.1.0\n", "npm!": "#!/bin/bash\n" };
  assert.equal(setup(without("nodejs", "npm"), "true", node).told, "");
  const old = { "node!": "#!/bin/bash\necho v16.1.0\n", "npm!": "#!/bin/bash\n" };
  assert.match(setup(without("nodejs", "npm"), "true", old).told, /install -y .* nodejs npm\n/);
});

test("refuses to remove anything without being asked to", () => {
  const plan = "echo 'Remv libboost1.74-dev [1.74]'";
  const refused = setup(without("libboost1.81-dev"), plan);
  assert.equal(refused.status, 2);
  assert.match(refused.out, /would remove libboost1\.74-dev; set HUSTINGS_SETUP_YES=1/);
  assert.doesNotMatch(refused.told, /install -y/);
  const asked = setup(without("libboost1.81-dev"), plan, {}, { HUSTINGS_SETUP_YES: "1" });
  assert.match(asked.told, /install -y --no-install-recommends libboost1\.81-dev\n/);
});

test("says that apt cannot install them", () => {
  const { status, out, told } = setup(
    without("mold"),
    "echo 'E: Unable to locate package mold'; exit 100",
  );
  assert.equal(status, 1);
  assert.match(out, /E: Unable to locate package mold\nsetup: apt cannot install them.*Debian 12/s);
  assert.doesNotMatch(told, /install -y/);
});

test("says that this is not Debian", () =>
  withFiles({ "bin/dirname!": "#!/bin/sh\necho ." }, (folder) => {
    const { status, out } = run("setup.sh", [], { env: { PATH: join(folder, "bin") } });
    assert.equal(status, 1);
    assert.match(out, /this is not Debian/);
  }));
