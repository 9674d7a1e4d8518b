import { dispositionTitle } from "../base/dispositions";
import { place, words } from "../base/format";

const places = ["county", "city", "municipality"];

/// A value of a field as people call it; the server gives codes and capitals as they are on file.
export function valueTitle(field: string, title: string): string {
  if (places.includes(field)) return place(title);
  if (field === "last_disposition") return dispositionTitle(title);
  return field === "status" ? words(title) : title;
}
