import { language } from "./language";

/// What a call came to: the word of the API and what the pages show.
const en = {
  reached: "Reached",
  no_answer: "No answer",
  busy: "Busy",
  left_message: "Left a message",
  not_home: "Not at home",
  callback: "Call back later",
  refused: "Does not want to talk",
  wrong_number: "Wrong number",
  disconnected: "Number does not work",
  moved: "Moved away",
  language: "Speaks another language",
  voted_already: "Has voted already",
  deceased: "Has died",
  do_not_call: "Do not call again",
} as const;

const de: Record<keyof typeof en, string> = {
  reached: "Erreicht",
  no_answer: "Niemand nimmt ab",
  busy: "Besetzt",
  left_message: "Nachricht hinterlassen",
  not_home: "Nicht zu Hause",
  callback: "Später zurückrufen",
  refused: "Möchte nicht sprechen",
  wrong_number: "Falsche Nummer",
  disconnected: "Nummer geht nicht",
  moved: "Weggezogen",
  language: "Spricht eine andere Sprache",
  voted_already: "Hat schon gewählt",
  deceased: "Verstorben",
  do_not_call: "Nicht mehr anrufen",
};

export const dispositionTitles: Record<keyof typeof en, string> = language === "de" ? de : en;

/// Why lines of a phone bank are barred, beside the dispositions that bar.
const barTitles: Record<string, string> = {
  protected: "Protected by law",
  consent_withdrawn: "Consent withdrawn",
  removed: "Removed from the roll",
  denied: "Registration denied",
  number_changed: "Number has changed",
  holdout: "Hold-out",
  left_segment: "Has left the segment",
  joined: "Same person on another line",
  experiment_holdout: "Hold-out of an experiment",
  no_consent: "No consent",
  unknown_zone: "Time zone unknown",
  no_calling_hours: "No calling hours",
  outside_calling_hours: "Outside calling hours",
  complete: "Reached meanwhile",
  paused: "Phone bank paused",
  closed: "Phone bank closed",
  lease_over: "No longer the caller's",
};

export type Disposition = keyof typeof en;

export function barTitle(code: string): string {
  return barTitles[code] ?? dispositionTitle(code);
}

export function dispositionTitle(code: string): string {
  return (dispositionTitles as Record<string, string>)[code] ?? code.replace(/_/g, " ");
}
