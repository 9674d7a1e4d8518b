import type { Field, List, Phonebank } from "../api/types";
import { dispositionTitles } from "../base/dispositions";

/// What the builder's rows name beside the values of fields.
export interface Vocabulary {
  self: string | null;  // the segment that is edited: it cannot name itself
  results: Field;
  phonebanks: Field;
  electionKinds: string[];
  armsOf: (list: string) => string[];
}

function pseudoField(
  name: string, title: string, values: { value: string; title: string }[]): Field {
  return { name, title, sentence: "", kind: "category", operators: ["in"], min: null, max: null,
           answered: null, values: values.map((one) => ({ ...one, count: -1 })) };
}

const purposes = ["campaign", "fundraising", "volunteering", "research"];
const channels = ["phone", "automated_phone", "text", "email", "mail", "door"];

/// The fields with titles that tell them apart, and consents that nobody has spoken of yet.
export function builderFields(known: Field[], words: {
  ever: (title: string) => string; consent: (purpose: string, channel: string) => string;
  states: { value: string; title: string }[] }): Field[] {
  const titled = known.map((field): Field => {
    const [kind, purpose, channel] = field.name.split(":");
    if (kind === "answered") return { ...field, title: words.ever(field.title) };
    return kind === "consent" && purpose && channel
      ? { ...field, title: words.consent(purpose, channel) } : field;
  });
  const names = new Set(known.map((field) => field.name));
  const missing = purposes.flatMap((purpose) => channels.map((channel): Field => ({
    ...pseudoField(`consent:${purpose}:${channel}`, words.consent(purpose, channel), words.states),
    kind: "consents" }))).filter((field) => !names.has(field.name));
  return [...titled, ...missing];
}

const kindOf = (label: string) => label.slice(label.indexOf(" ") + 1);

export function vocabulary(of: { self: string | null; fields: Field[]; lists: List[];
                                 banks: Phonebank[]; resultTitle: string; bankTitle: string }) {
  const arms = new Map(of.lists.map((one) => [one.id, one.arms.map((arm) => arm.name)]));
  const elections = of.fields.find((field) => field.kind === "elections")?.values ?? [];
  return {
    self: of.self,
    results: pseudoField("results", of.resultTitle,
      Object.entries(dispositionTitles).map(([value, title]) => ({ value, title }))),
    phonebanks: pseudoField("phonebanks", of.bankTitle,
      of.banks.map((bank) => ({ value: bank.id, title: bank.name }))),
    electionKinds: [...new Set(elections.map((one) => kindOf(String(one.value))))].sort(),
    armsOf: (list: string) => arms.get(list) ?? [],
  };
}
