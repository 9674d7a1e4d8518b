// `hustings link` on CSV files, without any database.
import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { hustings, temporaryFolder } from "./harness.mjs";

const people = `id;Vorname;Nachname;Geburtsdatum;PLZ;Ort
1;Jürgen;Müller;24.12.1961;50667;Köln
2;Sabine;Müller;03.05.1963;50667;Köln
3;Theodora;Kowalski;30.01.1955;10115;Berlin
4;Heinz;Bauer;12.06.1948;80331;München
`;
const later = `id,first_name,last_name,birth_date,zip
a,Juergen,MULLER,1961-12-24,50667
b,Sabine,Muller,1963-05-03,50667
c,Theodora,Kowalsky,1955-01-30,10115
d,Wilhelmine,Oppenheim,1990-09-09,20095
`;

test("two files of other languages and forms are linked", async () => {
  const folder = temporaryFolder();
  const [left, right, out] = ["a.csv", "b.csv", "out"].map((name) => join(folder, name));
  writeFileSync(left, Buffer.from(people, "latin1"));
  writeFileSync(right, later);
  const linked = await hustings("link", left, right, "--out", out);
  assert.equal(linked.code, 0, linked.stderr);
  const pairs = readFileSync(join(out, "pairs.csv"), "utf8").trim().split("\n");
  const ids = pairs.slice(1).map((line) => line.split(",").slice(0, 2).join("-"));
  assert.deepEqual(ids, ["1-a", "2-b", "3-c"]);
  assert.match(pairs[0], /^id_left,id_right,probability,bits,.*bits_of_household/);
  const clusters = readFileSync(join(out, "clusters.csv"), "utf8").trim().split("\n");
  assert.equal(clusters.length, 9, "a header and every row");
  assert.equal(existsSync(join(process.cwd(), "hustings-data")), false, "no database was made");
});

test("what cannot be linked is said in one line", async () => {
  const folder = temporaryFolder();
  const file = join(folder, "a.csv");
  writeFileSync(file, people);
  const cases = [
    [[join(folder, "none.csv")], /no such file/],
    [[folder], /folder/],
    [[file, "--map", "frist=Vorname"], /did you mean first/],
    [[file, "--map", "first=Vornahme"], /did you mean "Vorname"/],
    [[file, "--truth", "wer"], /There is no column "wer"/],
    [[file, "--threshold", "2"], /threshold/],
  ];
  for (const [args, words] of cases) {
    const refused = await hustings("link", ...args, "--out", folder);
    assert.equal(refused.code, 2, args.join(" "));
    assert.match(refused.stderr, words);
    assert.equal(refused.stderr.trim().split("\n").length, 1, refused.stderr);
  }
});
