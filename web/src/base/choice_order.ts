// The order in which a question's choices are shown, and answers that name several of them.

/// Choices by their number from 1. Rotated ones begin with another one for each seed, so that none
/// gains by standing first; their numbers stay.
export function choiceOrder(question: { choices: string[]; rotates?: boolean }, seed: number) {
  const all = question.choices.map((words, index) => ({ number: index + 1, words }));
  if (!question.rotates || all.length === 0) return all;
  const from = Math.abs(Math.trunc(seed)) % all.length;
  return [...all.slice(from), ...all.slice(0, from)];
}

/// A number that is always the same for a text: where rotated choices begin for an id.
export function seedOf(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; ++i) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  return Math.abs(hash);
}

/// "1 3" -> [1, 3]
export const chosenOf = (text: string | null | undefined): number[] =>
  (text ?? "").split(" ").map(Number).filter((number) => number > 0);

/// The answer with a choice put in or taken out: numbers ascending by blanks, as the API has it.
export function withChoice(text: string | null | undefined, choice: number, on: boolean): string {
  const others = chosenOf(text).filter((one) => one !== choice);
  return (on ? [...others, choice] : others).sort((a, b) => a - b).join(" ");
}
