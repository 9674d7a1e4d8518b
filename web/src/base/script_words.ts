/// The parts of the API's scripts that words and ways need.
interface Branch {
  choice?: number | null;  // none: any other answer
  to: string;
}

interface QuestionWords {
  key: string;
  text: string;
  choices: string[];
}

interface Words {
  introduction: string;
  closing: string;
  questions: QuestionWords[];
  translations: {
    language: string; introduction?: string; closing?: string;
    questions?: { key: string; text?: string; choices?: string[] }[];
  }[];
}

/// What a script's places stand for. Blank where nothing is known.
export interface ScriptNames {
  first_name: string;
  last_name?: string;
  city?: string;
  party?: string;
  phonebank?: string;
  caller: string;
}

export const variables =
  ["first_name", "last_name", "city", "party", "phonebank", "caller"] as const;

/// Fills a script's places: "{first_name}" and the others.
export function fillScript(text: string, of: ScriptNames): string {
  return text.replace(/\{([a-z_]+)\}/g, (all, name: string) =>
    (variables as readonly string[]).includes(name) ? of[name as keyof ScriptNames] ?? "" : all);
}

/// The script in one of its languages; what is not translated stays as it is.
export function scriptIn<S extends Words>(script: S, language: string): S {
  const words = script.translations.find((one) => one.language === language);
  if (!words) return script;
  return {
    ...script,
    introduction: words.introduction || script.introduction,
    closing: words.closing || script.closing,
    questions: script.questions.map((question) => {
      const said = words.questions?.find((one) => one.key === question.key);
      if (!said) return question;
      const choices = said.choices ?? [];
      return { ...question, text: said.text || question.text,
               choices: choices.length > 0 ? choices : question.choices };
    }),
  };
}

/// "es" -> "español", in the language itself.
export function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames([tag], { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

export interface GivenAnswer {
  choice?: number | null;
  declined?: boolean;
  text?: string | null;
}

interface Asked {
  key: string;
  branches: Branch[];
  asked_if: { all: { question: string; choice: number; is_not?: boolean }[] }[];
}

function isGiven(given: GivenAnswer | undefined): given is GivenAnswer {
  return given !== undefined && (given.declined === true || (given.choice ?? 0) > 0 ||
    (given.text ?? "").trim() !== "");
}

/// Whether an answer says this choice; of several choices one of those.
function says(given: GivenAnswer | undefined, choice: number): boolean {
  if (!isGiven(given)) return false;
  if (given.declined) return choice === 0;
  if ((given.choice ?? 0) > 0) return given.choice === choice;
  return (given.text ?? "").split(" ").includes(String(choice));
}

/// Where it goes on; without an answer, since it was passed over, as after any other one.
function after(question: Asked, given: GivenAnswer | null): string | null {
  const choice = given?.declined ? 0 : given?.choice ?? null;
  const named = question.branches.find((one) => choice !== null && one.choice === choice);
  const other = question.branches.find((one) => (one.choice ?? null) === null);
  return (named ?? other)?.to ?? null;
}

/// The questions on the way that the answers take so far, in their order: up to the first one that
/// is not answered and whose answer decides, or to the end.
export function asked<Q extends Asked>(
  questions: readonly Q[], givenTo: (question: Q) => GivenAnswer | undefined): Q[] {
  const way: Q[] = [];
  const isAsked = (question: Q) => question.asked_if.length === 0 ||
    question.asked_if.some(({ all }) => all.every((when) => {
      const earlier = way.find((one) => one.key === when.question);
      const is = earlier !== undefined && says(givenTo(earlier), when.choice);
      return is !== (when.is_not ?? false);
    }));
  let at = 0;
  for (let steps = 0; at >= 0 && at < questions.length && steps < questions.length; ++steps) {
    const question = questions[at]!;
    if (!isAsked(question)) {
      const to = after(question, null);
      if (to === "end") break;
      at = to === null ? at + 1 : questions.findIndex((one) => one.key === to);
      continue;
    }
    way.push(question);
    const given = givenTo(question);
    if (!isGiven(given)) {
      if (question.branches.length > 0) break;  // what comes next is not known yet
      ++at;
      continue;
    }
    const to = after(question, given);
    if (to === "end") break;
    at = to === null ? at + 1 : questions.findIndex((one) => one.key === to);
  }
  return way;
}
