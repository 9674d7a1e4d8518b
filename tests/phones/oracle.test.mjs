// The oracle of normalise/phone.h: libphonenumber-js reads the same texts. What differs on purpose
// is written out in expected(); anything else that differs fails, with the text that shows it.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const require = createRequire(join(root, "web/package.json"));
const oracle = require("libphonenumber-js/max");
const examples = require("libphonenumber-js/examples.mobile.json");
const program = process.env.HUSTINGS_READ_PHONES;
const countries = oracle.getCountries();

/// SplitMix64 in 32-bit steps would be slow here: mulberry32 is enough to vary texts.
function randomFrom(seed) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (bound) => Math.floor(next() * bound);
  return { below, chance: (p) => next() < p, pick: (list) => list[below(list.length)] };
}

/// Numbers that nobody has, which the metadata take for real: refused by Hustings.
function isFiller(number) {
  const national = number.nationalNumber;
  const same = (digits) => /^(.)\1*$/.test(digits);
  return (
    same(national) ||
    (number.countryCallingCode === "1" && national.length === 10 && same(national.slice(3)))
  );
}

const typeName = (type) => (type ? type.toLowerCase() : "unknown");

/// Hustings takes the full width plus as a plus, as libphonenumber itself does and its port in
/// JavaScript does not, and lets full width and other letters stand in one word.
const halfWidth = (text) =>
  text.replace(/[＋ｅｘｔｎｉ]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));

function expected(country, text) {
  let number;
  try {
    number = oracle.parsePhoneNumberFromString(halfWidth(text), country);
  } catch (error) {
    return `oracle failed: ${error.message}`;
  }
  if (!number || isFiller(number)) return "-";
  const digits = number.number.slice(1);
  if (digits.length > 18) return "-"; // does not fit, and nothing that long can be dialled
  const where = number.country ?? (number.isNonGeographic() ? "001" : "--");
  const valid = number.isValid() ? "valid" : "invalid";
  return `${digits} ${where} ${typeName(number.getType())} ${valid}`;
}

function compare(cases) {
  const input = cases
    .map(([country, text]) => `${country} ${Buffer.from(text, "utf8").toString("hex")}\n`)
    .join("");
  const run = spawnSync(program, { input, encoding: "utf8", maxBuffer: 1 << 28 });
  assert.equal(run.status, 0, run.stderr);
  const got = run.stdout.trimEnd().split("\n");
  assert.equal(got.length, cases.length);
  const differing = [];
  let numbers = 0;
  cases.forEach(([country, text], index) => {
    const wanted = expected(country, text);
    if (wanted.endsWith(" valid")) ++numbers;
    if (wanted !== got[index]) {
      differing.push(`${country} ${JSON.stringify(text)}: wanted ${wanted}, got ${got[index]}`);
    }
  });
  assert.deepEqual(differing.slice(0, 20), [], `${differing.length} of ${cases.length} differ`);
  return numbers;
}

const digitsOf = (random, count) =>
  Array.from({ length: count }, () => random.below(10)).join("");

/// Digits of a real form: an example of the country with some of its last digits changed.
function nearExample(random, country) {
  const digits = [...(examples[country] ?? digitsOf(random, 9))];
  const from = random.below(digits.length);
  for (let i = from; i < digits.length; ++i) digits[i] = String(random.below(10));
  return digits.join("");
}

const separators = [" ", "-", ".", "", "", " ", "/", ") ", "(", "\u00a0", "–", "（"];
const backs = ["", "", "", " (cell)", " home", " x17", " ext. 4", ";ext=99", " #12", ",,7"];
backs.push(";isub=1", " - 12#", " или дом");

function dressed(random, national, code) {
  const body = [...national]
    .map((digit) => digit + (random.chance(0.25) ? random.pick(separators) : ""))
    .join("");
  const fronts = ["", "", "0", "1", "+", "8", "00", code];
  fronts.push(`+${code}`, `+${code} `, `00${code}`, `011${code}`, `tel:+${code}`);
  return random.pick(fronts) + body + random.pick(backs);
}

test("every country's own numbers, in their own and in international writing", () => {
  const cases = [];
  for (const country of countries) {
    const code = oracle.getCountryCallingCode(country);
    for (const home of [country, "US", "DE"]) {
      cases.push([home, `+${code}${examples[country] ?? "1"}`]);
      cases.push([home, examples[country] ?? "1"]);
    }
    for (const length of [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]) {
      cases.push([country, "5".repeat(length - 1) + "1"]);
    }
  }
  assert.ok(compare(cases) > 600);
});

test("random numbers of each country, as people write them", () => {
  const random = randomFrom(20261103);
  const cases = [];
  for (let i = 0; i < 60_000; ++i) {
    const country = random.pick(countries);
    const home = random.chance(0.7) ? country : random.pick(countries);
    const code = oracle.getCountryCallingCode(country);
    const national = random.chance(0.8)
      ? nearExample(random, country)
      : digitsOf(random, 2 + random.below(15));
    cases.push([home, dressed(random, national, code)]);
  }
  assert.ok(compare(cases) > 15_000);
});

test("every area code of the North American plan", () => {
  const random = randomFrom(7);
  const cases = [];
  for (let area = 200; area < 1000; ++area) {
    for (const home of ["US", "CA", "DO", "GB"]) {
      const seven = `${2 + random.below(8)}${digitsOf(random, 6)}`;
      cases.push([home, `${area}${seven}`], [home, `+1 (${area}) ${seven}`]);
      cases.push([home, `1-${area}-${seven}`]);
    }
  }
  assert.ok(compare(cases) > 2_000);
});

test("hostile texts", () => {
  const random = randomFrom(99);
  const signs = [..."0123456789012345678901234567890123456789+-() ./,;:#xX~[]*eEtTnNiIaAoOós"];
  signs.push("ext", "extn", "extensión", "anexo", "доб", "ДОБ", "int", "tel:", ";ext=", ";isub=");
  signs.push("０", "９", "＋", "٣", "۴", "－", "．", "（", "）", "　", "\u200b", "\u00ad", "\u2060");
  signs.push("😀", "\u0301", "\u0000", "\n", "ｅｘｔ", "ｘ", "＃", "～", "ﬀ", "null");
  signs.push("+1", "+44", "011", "00");
  const cases = [];
  for (let i = 0; i < 80_000; ++i) {
    const length = random.chance(0.02) ? 200 + random.below(80) : 1 + random.below(24);
    let text = "";
    for (let j = 0; j < length; ++j) text += random.pick(signs);
    cases.push([random.pick(["US", "GB", "DE", "AR", "BR", "IT", "VI", "KZ", "AX", "CI"]), text]);
  }
  compare(cases);
});

test("the committed plans are those of the installed package", () => {
  const folder = mkdtempSync(join(tmpdir(), "hustings-phones-"));
  const file = join(folder, "plans.txt");
  const run = spawnSync(process.execPath, [
    join(root, "tools/phone_metadata.mjs"),
    join(root, "web/node_modules/libphonenumber-js"),
    file,
  ]);
  assert.equal(run.status, 0, String(run.stderr));
  const written = readFileSync(file, "utf8");
  rmSync(folder, { recursive: true });
  assert.equal(
    written,
    readFileSync(join(root, "src/normalise/phone_metadata/plans.txt"), "utf8"),
    "run node tools/phone_metadata.mjs",
  );
});
