/// What a call came to: the word of the API and what the pages show.
export const dispositionTitles = {
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

/// Why lines of a phone bank are barred, beside the dispositions that bar.
const barTitles: Record<string, string> = {
  protected: "Protected by law",
  consent_withdrawn: "Consent withdrawn",
  removed: "Removed from the roll",
  denied: "Registration denied",
  number_changed: "Number has changed",
  holdout: "Hold-out",
  unknown_zone: "Time zone unknown",
  no_calling_hours: "No calling hours",
};

export type Disposition = keyof typeof dispositionTitles;

export function barTitle(code: string): string {
  return barTitles[code] ?? dispositionTitle(code);
}

export function dispositionTitle(code: string): string {
  return (dispositionTitles as Record<string, string>)[code] ?? code.replace(/_/g, " ");
}
