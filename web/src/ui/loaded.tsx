import type { ComponentChildren } from "preact";
import type { Load } from "../base/load";
import type { Pages } from "../base/pages";
import { sentenceOf } from "../base/problem";
import { t } from "../base/texts";
import { Button, Notice } from "./elements";

export function Skeleton(of: { rows?: number }) {
  return (
    <div class="skeleton" role="status" aria-label={t.loading}>
      {Array.from({ length: of.rows ?? 4 }, (_, row) => <span key={row} />)}
    </div>
  );
}

export function Failed(of: { error: unknown; retry?: () => void }) {
  return (
    <Notice tone="bad"
      actions={of.retry ? <Button onClick={of.retry}>{t.retry}</Button> : undefined}>
      {sentenceOf(of.error)}
    </Notice>
  );
}

/// What is loaded, or why it is not here yet.
export function Loaded<T>(of: {
  load: Load<T>; rows?: number; children: (data: T) => ComponentChildren }) {
  switch (of.load.state) {
    case "loading": return <Skeleton rows={of.rows ?? 4} />;
    case "failed": return <Failed error={of.load.error} retry={of.load.retry} />;
    case "ready": return <>{of.children(of.load.data)}</>;
  }
}

export function More<T>(of: { pages: Pages<T> }) {
  const more = of.pages.more;
  if (!more) return null;
  return <div class="more"><Button onClick={() => void more()}>{t.more}</Button></div>;
}
