// Web forms and files of answers.
import { address, request, sendFile } from "./http";
import { csrf } from "./session";
import type {
  AddFormInput, AnswerImport, Form, FormReading, FormSheet, ImportAnswersInput, Page, SaveFormInput,
} from "./types";

const id = encodeURIComponent;
const withSignal = (signal?: AbortSignal) => (signal ? { signal } : {});

export const forms = (signal?: AbortSignal) =>
  request<Page<Form>>("GET", "/forms", withSignal(signal));
export const form = (which: string, signal?: AbortSignal) =>
  request<Form>("GET", `/forms/${id(which)}`, withSignal(signal));
export const addForm = (body: AddFormInput) => request<Form>("POST", "/forms", { body });
export const closeForm = (which: string) =>
  request<Form>("POST", `/forms/${id(which)}/close`, { body: {} });

/// The CSV of new links: shown once, so it is saved at once.
export async function makeFormLinks(which: string): Promise<Blob> {
  const answer = await fetch(address(`/forms/${id(which)}/links`, {}), {
    method: "POST", body: "{}",
    headers: { "Content-Type": "application/json", "X-Hustings-CSRF": csrf() } });
  if (!answer.ok) {
    const problem = await answer.json().catch(() => null) as { detail?: string } | null;
    throw new Error(problem?.detail ?? `${answer.status}`);
  }
  return answer.blob();
}

export const openSheet = (token: string, browser: string, signal?: AbortSignal) =>
  request<FormSheet>("POST", "/form/open", { body: { token, browser }, ...withSignal(signal) });
export const saveSheet = (body: SaveFormInput) =>
  request<FormSheet>("POST", "/form/answers", { body });

export const importAnswers = (of: ImportAnswersInput, file: Blob, signal: AbortSignal) =>
  sendFile<AnswerImport>("/answers/file", {
    voter_column: of.voter_column, by: of.by ?? "external_id", at_column: of.at_column ?? "",
    questions: of.questions ?? "", dry_run: of.dry_run ? "true" : "false" },
  file, () => undefined, signal);

/// An XLSForm as a script that is not saved yet.
export const readXlsform = (file: Blob) => sendFile<FormReading>(
  "/scripts/xlsform", {}, file, () => undefined, new AbortController().signal);
