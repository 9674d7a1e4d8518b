import type { SegmentCell } from "../api/types";
import { stateCodes } from "../base/state_codes";
import type { County } from "../charts/county_map";

export { stateCodes };

/// "ST. JOHNS COUNTY" and "St Johns" are one: letters only, without what stands for "county".
export function plainName(name: string): string {
  return name.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase()
    .replace(/\b(county|parish|borough|census area|municipality)\b/g, "")
    .replace(/\bsaint\b/g, "st").replace(/\bsainte\b/g, "ste")
    .replace(/[^a-z0-9]/g, "");
}

/// A table from state and name to a county's code.
export function codesOf(outlines: County[]): (cell: SegmentCell) => string | null {
  const codes = new Map<string, string>();
  for (const one of outlines) {
    const id = String(one.id);
    codes.set(`${id.slice(0, 2)} ${plainName(one.properties.name)}`, id);
  }
  return (cell) => {
    const state = stateCodes[cell.state];
    return state ? codes.get(`${state} ${plainName(cell.value)}`) ?? null : null;
  };
}
