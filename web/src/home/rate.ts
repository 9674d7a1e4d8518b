export interface Sample {
  at: number;  // milliseconds
  calls: number;
}

const keptMs = 30 * 60_000;

/// Adds a sample of the running total, and forgets those older than half an hour.
export function withSample(samples: Sample[], next: Sample): Sample[] {
  const last = samples[samples.length - 1];
  if (last && next.calls < last.calls) return [next];  // another data set: a restore
  return [...samples.filter((one) => next.at - one.at <= keptMs), next];
}

/// Calls per minute in each of the last `buckets` spans of `spanMs`, oldest first.
export function callRates(
  samples: Sample[], now: number, spanMs: number, buckets: number): number[] {
  const first = samples[0];
  if (!first) return [];
  const totalAt = (at: number) => {
    let total = first.calls;
    for (const sample of samples) if (sample.at <= at) total = sample.calls;
    return total;
  };
  const spans = Math.min(buckets, Math.max(1, Math.ceil((now - first.at) / spanMs)));
  return Array.from({ length: spans }, (_, index) => {
    const end = now - (spans - 1 - index) * spanMs;
    return ((totalAt(end) - totalAt(end - spanMs)) * 60_000) / spanMs;
  });
}
