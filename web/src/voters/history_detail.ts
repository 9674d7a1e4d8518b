import type { Voter } from "../api/types";
import { dispositionTitle } from "../base/dispositions";
import { count, words } from "../base/format";
import { phoneShown } from "./phone";
import { t } from "./texts";

type Entry = Voter["history"][number];
type Payload = Record<string, unknown>;

const textOf = (value: unknown) => (typeof value === "string" ? value : "");
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/// The feed has a phone bank's number only; its name is with the attempt of the same moment.
function phonebankOf(payload: Payload, attempts: Voter["attempts"]): string {
  const at = Date.parse(textOf(payload.at));
  const attempt = attempts.find((one) => Date.parse(one.at) === at);
  return attempt?.phonebank ?? "";
}

function partsOf(row: Entry, payload: Payload, attempts: Voter["attempts"]): string[] {
  switch (row.kind) {
    case "attempt_recorded": {
      const disposition = textOf(payload.disposition);
      const answers = listOf(payload.answers).length;
      return [disposition && dispositionTitle(disposition), phonebankOf(payload, attempts),
              answers > 0 ? count(answers, "answer") : ""];
    }
    case "suppression_added":
    case "suppression_ended": {
      const reason = textOf(payload.reason);
      return [reason && (t.reasons[reason] ?? words(reason)),
              row.number ? phoneShown(row.number) : ""];
    }
    case "consent_recorded":
      return [words(textOf(payload.state)),
              [payload.purpose, payload.channel].map((one) => words(textOf(one))).join(", ")];
    case "voter_corrected":
      return [listOf(payload.fields).map((field) => words(textOf(field))).join(", ")];
    case "import_published":
      return [words(textOf(payload.kind)),
              typeof payload.rows === "number" ? count(payload.rows, "row") : ""];
    default:
      return [];
  }
}

/// What a change was, in words: "No answer · Evening calls · 2 answers". Empty where nothing is
/// known that a reader would understand.
export function historyDetail(row: Entry, attempts: Voter["attempts"]): string {
  const payload = row.payload;
  if (payload === null || typeof payload !== "object" || Array.isArray(payload)) return "";
  return partsOf(row, payload, attempts).filter(Boolean).join(" · ");
}
