import type { Script } from "../api/types";

/// A passage that two versions of a script say differently; empty: one of them does not have it.
export interface Passage {
  place: PassagePlace;
  before: string;
  after: string;
}

/// Where a passage stands: of a question by its key, of a translation by its language.
export interface PassagePlace {
  part: "introduction" | "closing" | "question" | "choices" | "ways" | "conditions" | "order";
  key?: string;
  language?: string;
}

/// A piece of text that both have, or that one of them has.
export interface Piece {
  kind: "same" | "gone" | "new";
  text: string;
}

type Words = Map<string, { place: PassagePlace; text: string }>;

function wordsOf(script: Script): Words {
  const words: Words = new Map();
  const put = (place: PassagePlace, text: string) => {
    if (text !== "") words.set(JSON.stringify(place), { place, text });
  };
  put({ part: "introduction" }, script.introduction);
  put({ part: "order" }, script.questions.map((one) => one.key).join(", "));
  for (const one of script.questions) {
    put({ part: "question", key: one.key }, one.text);
    put({ part: "choices", key: one.key }, one.choices.join(" · "));
    put({ part: "ways", key: one.key }, one.branches
      .map((way) => `${way.choice === 0 ? "–" : way.choice ?? "*"} → ${way.to}`).join(" · "));
    put({ part: "conditions", key: one.key }, one.asked_if
      .map(({ all }) => all.map((when) => `${when.question} ${when.is_not ? "≠" : "="} ${
        when.choice === 0 ? "–" : when.choice}`).join(" ∧ ")).join(" · "));
  }
  put({ part: "closing" }, script.closing);
  for (const said of script.translations) {
    const language = said.language;
    put({ part: "introduction", language }, said.introduction ?? "");
    for (const one of said.questions ?? []) {
      put({ part: "question", key: one.key, language }, one.text ?? "");
      put({ part: "choices", key: one.key, language }, (one.choices ?? []).join(" · "));
    }
    put({ part: "closing", language }, said.closing ?? "");
  }
  return words;
}

/// What differs, in the order of the later version; what only the earlier one says comes last.
export function differences(before: Script, after: Script): Passage[] {
  const old = wordsOf(before);
  const now = wordsOf(after);
  const found: Passage[] = [];
  for (const [key, { place, text }] of now) {
    const was = old.get(key)?.text ?? "";
    if (was !== text) found.push({ place, before: was, after: text });
  }
  for (const [key, { place, text }] of old) {
    if (!now.has(key)) found.push({ place, before: text, after: "" });
  }
  return found;
}

const wordsMost = 600;  // of a passage; a longer one is shown whole, before and after

/// A text word by word: what is gone, what is new. The longest common run of words stays.
export function pieces(before: string, after: string): Piece[] {
  const a = before.split(/(\s+)/).filter((word) => word !== "");
  const b = after.split(/(\s+)/).filter((word) => word !== "");
  if (a.length > wordsMost || b.length > wordsMost) {
    return [{ kind: "gone" as const, text: before }, { kind: "new" as const, text: after }]
      .filter((one) => one.text !== "");
  }
  // common[i][j]: how many words a from i on and b from j on have in common, in order.
  const common = Array.from(
    { length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; --i) {
    for (let j = b.length - 1; j >= 0; --j) {
      common[i]![j] = a[i] === b[j] ? common[i + 1]![j + 1]! + 1
        : Math.max(common[i + 1]![j]!, common[i]![j + 1]!);
    }
  }
  const out: Piece[] = [];
  const add = (kind: Piece["kind"], text: string) => {
    const last = out[out.length - 1];
    if (last?.kind === kind) last.text += text;
    else out.push({ kind, text });
  };
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      add("same", a[i++]!);
      ++j;
    } else if (i < a.length && (j === b.length || common[i + 1]![j]! >= common[i]![j + 1]!)) {
      add("gone", a[i++]!);
    } else {
      add("new", b[j++]!);
    }
  }
  return out;
}
