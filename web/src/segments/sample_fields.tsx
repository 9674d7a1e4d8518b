import type { Field, ListSample } from "../api/types";
import { fieldError } from "../base/problem";
import { SelectField, TextField } from "../ui/form";
import { t } from "./texts";

/// What is typed of a sample; `method` empty: no sample.
export interface SampleWish {
  method: "" | ListSample["method"];
  size: string;
  allocation: "proportional" | "equal";
  clusterBy: string;
  perCluster: string;
  sizeBy: string;
}
export const noSample: SampleWish = {
  method: "", size: "1000", allocation: "proportional", clusterBy: "", perCluster: "", sizeBy: "" };

/// As the API takes it, with what its method has no use for left out.
export function sampleInput(wish: SampleWish): ListSample | null {
  if (wish.method === "") return null;
  const clusters = wish.method === "clustered" || wish.method === "by_size";
  const byScore = wish.method === "by_size" && wish.clusterBy === "";
  return {
    method: wish.method, size: Number(wish.size),
    allocation: wish.method === "stratified" ? wish.allocation : "proportional",
    cluster_by: clusters ? wish.clusterBy : "",
    per_cluster: clusters && wish.clusterBy !== "" && wish.perCluster !== ""
      ? Number(wish.perCluster) : null,
    size_by: byScore ? wish.sizeBy : "",
  };
}

interface Of {
  wish: SampleWish;
  onChange: (wish: SampleWish) => void;
  categories: Field[];
  scores: Field[];
  error: unknown;
}

function Clusters(of: Of) {
  const { wish } = of;
  const set = (part: Partial<SampleWish>) => of.onChange({ ...wish, ...part });
  const bySize = wish.method === "by_size";
  return (
    <>
      <SelectField label={t.sampleClusters} value={wish.clusterBy}
        empty={bySize ? t.sampleNoClusters : undefined}
        onChange={(clusterBy) => set({ clusterBy })}
        error={fieldError(of.error, "sample.cluster_by")}
        options={[{ value: "household", title: t.sampleHousehold },
          ...of.categories.map((field) => ({ value: field.name, title: field.title }))]} />
      {wish.clusterBy !== "" ? (
        <TextField label={t.samplePerCluster} type="number" min={1} value={wish.perCluster}
          onInput={(perCluster) => set({ perCluster })} hint={t.samplePerClusterHint}
          error={fieldError(of.error, "sample.per_cluster")} />
      ) : (
        <SelectField label={t.sampleSizeBy} value={wish.sizeBy} empty={t.sampleChoose}
          onChange={(sizeBy) => set({ sizeBy })} hint={t.sampleSizeByHint}
          error={fieldError(of.error, "sample.size_by")}
          options={of.scores.map((field) => ({ value: field.name, title: field.title }))} />
      )}
    </>
  );
}

/// How a sample with known chances is drawn.
export function SampleFields(of: Of) {
  const { wish } = of;
  const set = (part: Partial<SampleWish>) => of.onChange({ ...wish, ...part });
  const ofClusters = wish.method === "clustered" || wish.method === "by_size";
  return (
    <>
      <TextField type="number" min={1} required value={wish.size}
        label={ofClusters && wish.clusterBy !== "" ? t.sampleClusterCount : t.sampleSize}
        onInput={(size) => set({ size })} error={fieldError(of.error, "sample.size")} />
      {wish.method === "stratified" ? (
        <SelectField label={t.sampleAllocation} value={wish.allocation}
          onChange={(allocation) => set({ allocation: allocation as SampleWish["allocation"] })}
          options={[{ value: "proportional", title: t.sampleProportional },
            { value: "equal", title: t.sampleEqual }]} />
      ) : null}
      {ofClusters ? <Clusters {...of} /> : null}
    </>
  );
}
