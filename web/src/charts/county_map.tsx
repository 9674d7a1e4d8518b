import { geoAlbersUsa, geoBounds, geoConicEqualArea, geoPath } from "d3-geo";
import type { Feature, FeatureCollection, Geometry } from "geojson";
import { useId, useMemo } from "preact/hooks";

/// A county's outline; `id` is its FIPS code.
export type County = Feature<Geometry, { name: string }>;

export interface Area {
  id: string;
  words: string;  // name and value, as the reader is told them
  level: number | null;  // 0 to levels - 1; null: nothing is known
  hidden: boolean;
}

export interface MapOf {
  label: string;
  help: string;  // how to move with the keyboard
  outlines: County[];
  areas: Map<string, Area>;
  chosen: string | null;
  onChoose: (id: string) => void;
}

const width = 720;

interface Shape {
  id: string;
  path: string;
  x: number;
  y: number;
}

/// One state or a few neighbours as they lie there, the whole country as it is usually drawn.
function shapesOf(outlines: County[]): { shapes: Shape[]; height: number } {
  const all: FeatureCollection<Geometry, { name: string }> =
    { type: "FeatureCollection", features: outlines };
  const [[west, south], [east, north]] = geoBounds(all);
  const isWide = east < west || east - west > 35;
  const projection = isWide ? geoAlbersUsa()
    : geoConicEqualArea().parallels([south, north]).rotate([-(west + east) / 2, 0]);
  projection.fitWidth(width, all);
  const path = geoPath(projection);
  const bottom = path.bounds(all)[1][1];
  const round = (text: string) => text.replace(/\d+\.\d+/g, (one) => Number(one).toFixed(1));
  const shapes = outlines.map((one) => {
    const [x, y] = path.centroid(one);
    return { id: String(one.id), path: round(path(one) ?? ""), x, y };
  });
  return { shapes, height: Math.ceil(bottom) };
}

const arrows: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
};

/// The nearest county that lies that way: what is aside of the way counts as twice as far.
export function neighbour(shapes: Shape[], from: Shape, [dx, dy]: [number, number]): Shape {
  let best = from;
  let least = Infinity;
  for (const one of shapes) {
    const ahead = (one.x - from.x) * dx + (one.y - from.y) * dy;
    const aside = Math.abs((one.x - from.x) * dy) + Math.abs((one.y - from.y) * dx);
    const distance = ahead + 2 * aside;
    if (ahead <= 0.5 || ahead < aside / 2 || distance >= least) continue;
    best = one;
    least = distance;
  }
  return best;
}

/// Counties coloured by a level; arrow keys go from county to county. What it shows stands in a
/// table beside it, too.
export function CountyMap(of: MapOf) {
  const { shapes, height } = useMemo(() => shapesOf(of.outlines), [of.outlines]);
  const hatch = useId().replace(/:/g, "");
  const chosen = shapes.find((one) => one.id === of.chosen);
  const onKey = (event: KeyboardEvent) => {
    const way = arrows[event.key];
    const first = shapes[0];
    if (!way || !first) return;
    event.preventDefault();
    const known = shapes.filter((one) => of.areas.has(one.id));
    of.onChoose((chosen ? neighbour(known, chosen, way) : known[0] ?? first).id);
  };
  const classOf = (area: Area | undefined) => {
    if (!area) return "county nobody";
    return area.hidden ? "county" : `county level-${area.level ?? "none"}`;
  };
  return (
    <div class="county-map">
      <svg viewBox={`0 0 ${width} ${height}`} tabindex={0} role="application"
        aria-label={`${of.label}. ${of.help}`} onKeyDown={onKey}>
        <defs>
          <pattern id={hatch} width="7" height="7" patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)">
            <rect width="7" height="7" class="hatch-ground" />
            <line x1="0" x2="0" y1="0" y2="7" class="hatch-line" />
          </pattern>
        </defs>
        {shapes.map((shape) => {
          const area = of.areas.get(shape.id);
          return (
            <path key={shape.id} d={shape.path} class={classOf(area)} data-county={shape.id}
              {...(area?.hidden ? { fill: `url(#${hatch})` } : {})}
              onClick={() => area && of.onChoose(shape.id)}>
              {area ? <title>{area.words}</title> : null}
            </path>
          );
        })}
        {chosen ? <path class="county-chosen" d={chosen.path} /> : null}
      </svg>
      <p class="county-said" role="status">{of.areas.get(of.chosen ?? "")?.words ?? ""}</p>
    </div>
  );
}

export interface LegendOf {
  label: string;
  steps: { words: string; level: number }[];
  empty: string;
  hidden: string | null;  // left out when nothing is hidden
}

export function MapLegend(of: LegendOf) {
  return (
    <ul class="map-legend" aria-label={of.label}>
      {of.steps.map(({ words, level }) => (
        <li key={words}><i class={`swatch level-${level}`} aria-hidden="true" />{words}</li>
      ))}
      <li><i class="swatch nobody" aria-hidden="true" />{of.empty}</li>
      {of.hidden ? <li><i class="swatch hatched" aria-hidden="true" />{of.hidden}</li> : null}
    </ul>
  );
}
