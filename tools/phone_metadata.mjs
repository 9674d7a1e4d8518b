// phone_metadata: writes the numbering plans of libphonenumber-js as a text that people can review;
// run it after a new version of that package was installed in web/, and commit what it writes.
// Usage: node phone_metadata.mjs [PACKAGE_FOLDER] [PLANS.txt]
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const packageFolder = process.argv[2] ?? join(root, "web/node_modules/libphonenumber-js");
const out = process.argv[3] ?? join(root, "src/normalise/phone_metadata/plans.txt");

const { version } = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8"));
const metadata = JSON.parse(readFileSync(join(packageFolder, "metadata.max.json"), "utf8"));
if (metadata.version !== 4) {
  console.error(`phone_metadata: the metadata has version ${metadata.version}, this reads 4`);
  process.exit(1);
}

// The order of a plan's types in the metadata.
const types = [
  "fixed_line",
  "mobile",
  "toll_free",
  "premium_rate",
  "personal_number",
  "voicemail",
  "uan",
  "pager",
  "voip",
  "shared_cost",
];

const lines = [
  `# Numbering plans of libphonenumber, from libphonenumber-js ${version}; see README.md.`,
  "# Made by tools/phone_metadata.mjs. The first plan of a calling code is its main one.",
];

function put(name, value) {
  if (value) lines.push(`${name} ${value}`);
}

function putPlan(country, plan) {
  lines.push(`plan ${country} ${plan[0]}`);
  put("idd", plan[1]);
  put("prefix", plan[7] || plan[5]);
  put("transform", plan[8]);
  put("leading", plan[10]);
  put("lengths", plan[3].join(","));
  put("general", plan[2]);
  types.forEach((name, index) => {
    const type = plan[11]?.[index];
    // An empty pattern says that the plan knows no numbers of the type by their form.
    if (type) lines.push(`type ${name} ${(type[1] ?? plan[3]).join(",")} ${type[0]}`.trimEnd());
  });
}

const codes = [
  ...Object.entries(metadata.country_calling_codes).map(([code, countries]) => ({
    code,
    plans: countries.map((country) => [country, metadata.countries[country]]),
  })),
  ...Object.entries(metadata.nonGeographic).map(([code, plan]) => ({
    code,
    plans: [["001", plan]],
  })),
].sort((a, b) => Number(a.code) - Number(b.code));
for (const { plans } of codes) for (const [country, plan] of plans) putPlan(country, plan);
writeFileSync(out, `${lines.join("\n")}\n`);
