import type { Feature, Geometry } from "geojson";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import { ApiError } from "../base/problem";

type Outline = Feature<Geometry, { name: string }>;
type Counties = Topology<{ counties: GeometryCollection<{ name: string }> }>;

const kept = new Map<string, Outline[]>();

/// The counties of a state, by its FIPS code; they never change, so each is asked for once.
export async function countyOutlines(state: string, signal: AbortSignal): Promise<Outline[]> {
  const known = kept.get(state);
  if (known) return known;
  const answer = await fetch(`/assets/counties/${state}.json`, { signal });
  if (!answer.ok) {
    throw new ApiError({ status: answer.status, code: "not_found",
                         detail: "The outlines of these counties could not be loaded." });
  }
  const topology = await answer.json() as Counties;
  const outlines = feature(topology, topology.objects.counties).features;
  kept.set(state, outlines);
  return outlines;
}
