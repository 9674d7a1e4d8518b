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

export type Disposition = keyof typeof dispositionTitles;

export function dispositionTitle(code: string): string {
  return (dispositionTitles as Record<string, string>)[code] ?? code.replace(/_/g, " ");
}
