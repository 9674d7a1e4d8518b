import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { t } from "../base/texts";
import { Button } from "./elements";
import { Failed } from "./loaded";

export interface DialogOf {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
}

/// A modal of the browser's own: it keeps the focus, and Escape closes it.
export function Dialog(of: DialogOf) {
  const box = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const before = document.activeElement;
    box.current?.showModal?.();
    return () => { if (before instanceof HTMLElement) before.focus(); };
  }, []);
  return (
    <dialog ref={box} class="dialog" aria-labelledby={id} onClose={of.onClose}
      onClick={(event) => { if (event.target === box.current) of.onClose(); }}>
      <div class="dialog-box">
        <h2 id={id}>{of.title}</h2>
        {of.children}
      </div>
    </dialog>
  );
}

export function Confirm(of: {
  title: string; words: string; confirm: string; danger?: boolean; busy?: boolean;
  error?: unknown;  // what lies behind a modal is read to nobody
  onConfirm: () => void; onClose: () => void }) {
  return (
    <Dialog title={of.title} onClose={of.onClose}>
      <p>{of.words}</p>
      {of.error ? <Failed error={of.error} /> : null}
      <div class="row form-end">
        <Button kind={of.danger ? "danger" : "primary"} busy={of.busy ?? false}
          onClick={of.onConfirm}>{of.confirm}</Button>
        <Button onClick={of.onClose}>{t.cancel}</Button>
      </div>
    </Dialog>
  );
}
