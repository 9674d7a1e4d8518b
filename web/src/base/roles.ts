export type Role =
  "administrator" | "data_director" | "phonebank_lead" | "caller" | "analyst";

export type Permission =
  | "registry_read" | "registry_write" | "segments_read" | "segments_write" | "phonebank_read"
  | "phonebank_write" | "scripts_write" | "suppress" | "administer" | "numbers_read"
  | "voters_export" | "spending_read" | "spending_write" | "spending_approve";

const director: Permission[] = ["registry_read", "registry_write", "segments_read",
  "segments_write", "phonebank_read", "scripts_write", "suppress", "numbers_read",
  "voters_export", "spending_read", "spending_write"];
const lead: Permission[] = ["registry_read", "segments_read", "phonebank_read",
  "phonebank_write", "scripts_write", "suppress", "numbers_read"];

/// Only what the pages offer: the server decides.
const granted: Record<Role, readonly Permission[]> = {
  administrator: [...new Set([...director, ...lead]), "spending_approve",
    "administer"],
  data_director: director,
  phonebank_lead: lead,
  caller: [],
  analyst: ["numbers_read"],
};

export function may(role: Role, permission: Permission): boolean {
  return granted[role].includes(permission);
}

export const roleTitles: Record<Role, string> = {
  administrator: "Administrator",
  data_director: "Data director",
  phonebank_lead: "Phone-bank lead",
  caller: "Caller",
  analyst: "Analyst",
};
