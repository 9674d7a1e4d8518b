// Texts that every page uses. Each feature has its own texts.ts beside its pages.
import { language } from "./language";

const en = {
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
  file: "File",
  drop: "Drop a file here, or choose one",
  dropChosen: (name: string, size: string) => `${name} · ${size}`,
  choose: "Choose a file",
  chooseOther: "Choose another file",
};

const de: typeof en = {
  ...en,
  loading: "Lädt…",
  retry: "Noch einmal",
  more: "Mehr zeigen",
  cancel: "Abbrechen",
  close: "Schließen",
  save: "Speichern",
  copy: "Kopieren",
  copied: "Kopiert ✓",
  away: "Der Server antwortet nicht. Diese Seite versucht es weiter und macht von selbst weiter.",
  yes: "Ja",
  no: "Nein",
};

export const t = language === "de" ? de : en;
