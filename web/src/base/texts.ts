// Texts that every page uses. Each feature has its own texts.ts beside its pages.
export const t = {
  product: "Hustings",
  loading: "Loading…",
  retry: "Try again",
  more: "Show more",
  cancel: "Cancel",
  close: "Close",
  save: "Save",
  copy: "Copy",
  copied: "Copied ✓",
  away: "The server does not answer. This page keeps trying, and goes on by itself.",
  asOf: (age: string) => `as of ${age}`,
  position: (position: string) => `position ${position}`,
  yes: "Yes",
  no: "No",
};
