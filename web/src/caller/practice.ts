import type { Lease } from "../api/types";

/// An invented household, to try the page on. The number is one that is never given out.
export function practiceLease(): Lease {
  const voter = (id: string, first_name: string, age: number) => ({
    id, first_name, last_name: "EXAMPLE", age, city: "SPRINGFIELD", party: null, gender: "F",
    earlier: [] });
  return {
    id: "practice", epoch: 1, number: "+12025550100", number_shown: "(202) 555-0100",
    until: new Date(Date.now() + 3_600_000).toISOString(),
    voters: [voter("practice-1", "MARIA", 44), voter("practice-2", "ROSA", 19)] };
}
