import { ApiError, sentenceOf } from "../base/problem";
import { Notice } from "../ui/elements";
import { t } from "./texts";

/// Why a file was refused, and the line and column where.
export function FileError(of: { error: unknown }) {
  const where = of.error instanceof ApiError ? of.error.where : null;
  return (
    <Notice tone="bad" {...(where ? { title: t.inFile(where) } : {})}>
      {sentenceOf(of.error)}
    </Notice>
  );
}
