import assert from "node:assert/strict";
import test from "node:test";
import { run, withFiles } from "./fixture.mjs";

const needles = "Ada Okonkwo\nOkonkwo\n+1 (202) 555-0147\n12 Elm Street\n";
const check = (log, data = needles) =>
  withFiles({ "personal-data.txt": data, "server.log": log }, (folder) =>
    run("check_logs.mjs", [folder]),
  );

test("accepts lines that name ids only", () => {
  const { status, out } = check(
    '{"event":"call.saved","line":"lin_12","at":"2030-01-01T12:02:02.555Z"}\n{"n":1}\n',
  );
  assert.equal(status, 0, out);
});

for (const [what, log] of [
  ["a name", '{"event":"x","detail":"no voter ada okonkwo"}'],
  ["a surname inside of a value", '{"a":[{"b":"okonkwo@example.org"}]}'],
  ["an escaped name", '{"a":"\\u004fkonkwo"}'],
  ["a name as a key", '{"Okonkwo":1}'],
  ["a phone as E.164", '{"a":"dialled +12025550147"}'],
  ["a phone as a number", '{"a":12025550147}'],
  ["a phone as people write it", '{"a":"202-555-0147"}'],
  ["an address", '{"a":"at 12 ELM street, 4"}'],
]) {
  test(`refuses ${what}`, () => {
    const { status, out } = check(`{"event":"start"}\n${log}\n`);
    assert.equal(status, 1, out);
    assert.match(out, /^server\.log:2: personal data/);
  });
}

test("does not take a longer number or word for a needle", () => {
  const { status, out } = check('{"a":912025550147000000,"b":"okonkwos","c":"Elm Street 12"}\n');
  assert.equal(status, 0, out);
});

test("refuses a line that is not one JSON object", () => {
  for (const line of ["plain words", '"text"', "[1]", '{"a":1} {"b":2}']) {
    assert.match(check(`${line}\n`).out, /^server\.log:1: not one JSON object/);
  }
});

test("refuses needles that find nothing or everything", () => {
  assert.match(check('{"a":1}\n', "").out, /personal-data\.txt:1: empty/);
  assert.match(check('{"a":1}\n', "Li\n").out, /personal-data\.txt:1: "Li" is too short/);
  withFiles({ "server.log": '{"a":1}\n' }, (folder) =>
    assert.equal(run("check_logs.mjs", [folder]).status, 1),
  );
});

test("is skipped where no test has run", () =>
  assert.equal(run("check_logs.mjs", ["/nowhere"]).status, 77));
