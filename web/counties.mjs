// The outlines of the counties, a file for each state, out of us-atlas: a page asks for the states
// that its voters live in and for no other.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const packages = join(dirname(fileURLToPath(import.meta.url)), "node_modules");

/// The arcs that a geometry names, in whatever depth; ~i is arc i backwards.
function eachArc(arcs, use) {
  return arcs.map((one) => (Array.isArray(one) ? eachArc(one, use) : use(one)));
}

/// The topology with these counties and the arcs that they have.
function partOf(atlas, counties) {
  const places = new Map();
  const arcs = [];
  const placeOf = (arc) => {
    const whole = arc < 0 ? ~arc : arc;
    if (!places.has(whole)) {
      places.set(whole, arcs.length);
      arcs.push(atlas.arcs[whole]);
    }
    return arc < 0 ? ~places.get(whole) : places.get(whole);
  };
  const geometries = counties.map((county) => ({
    type: county.type, id: county.id, properties: { name: county.properties.name },
    arcs: eachArc(county.arcs, placeOf) }));
  return { type: "Topology", transform: atlas.transform, arcs,
           objects: { counties: { type: "GeometryCollection", geometries } } };
}

/// Writes FOLDER/37.json and so on, by the state's FIPS code.
export function writeCounties(folder) {
  const atlas = JSON.parse(readFileSync(join(packages, "us-atlas", "counties-10m.json"), "utf8"));
  const byState = new Map();
  for (const county of atlas.objects.counties.geometries) {
    const state = county.id.slice(0, 2);
    if (!byState.has(state)) byState.set(state, []);
    byState.get(state).push(county);
  }
  mkdirSync(folder, { recursive: true });
  for (const [state, counties] of byState) {
    writeFileSync(join(folder, `${state}.json`), JSON.stringify(partOf(atlas, counties)));
  }
}

const carried = ["preact", "uplot", "qrcode-generator", "d3-geo", "d3-array", "internmap",
                 "topojson-client", "us-atlas"];

/// The notices of what the pages are made of, as its licences ask.
export function writeLicences(file) {
  const texts = carried.map((name) => {
    const folder = join(packages, name);
    const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = join(folder, "LICENSE");
    const text = existsSync(file) ? readFileSync(file, "utf8") : "";
    return `${name} ${version} (${license})\n\n${text}`.trim();
  });
  writeFileSync(file, `${texts.join(`\n\n${"-".repeat(72)}\n\n`)}\n`);
}
