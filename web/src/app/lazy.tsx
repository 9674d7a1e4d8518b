import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Button, Notice } from "../ui/elements";
import { Skeleton } from "../ui/loaded";
import { t } from "./texts";

export type Params = Record<string, string>;
type PageOf = ComponentType<{ params: Params }>;

/// A page whose script is fetched when it is first shown.
export function lazy(fetchPage: () => Promise<PageOf>): PageOf {
  let kept: PageOf | null = null;
  return function Lazy(of: { params: Params }) {
    const [page, setPage] = useState<{ Page: PageOf | null; failed: boolean }>(
      { Page: kept, failed: false });
    useEffect(() => {
      if (kept) return;
      fetchPage().then(
        (found) => {
          kept = found;
          setPage({ Page: found, failed: false });
        },
        () => setPage({ Page: null, failed: true }));
    }, []);
    if (page.failed) {
      const reload = <Button kind="primary" onClick={() => location.reload()}>{t.reload}</Button>;
      return <Notice tone="warn" title={t.chunkTitle} actions={reload}>{t.chunk}</Notice>;
    }
    return page.Page ? <page.Page params={of.params} /> : <Skeleton rows={6} />;
  };
}
