import { useLayoutEffect, useRef } from "preact/hooks";

export interface CallKeys {
  choose: (digit: number) => void;
  save: () => void;
  unreached: () => void;
  skip: () => void;
  phone: () => void;  // call, or hang up
}

/// Where a key belongs to what has the focus. Enter on a radio button is ours.
function isTaken(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest("textarea,select,dialog")) return true;
  const input = target.closest("input");
  if (input && input.type !== "radio") return true;
  return key === "Enter" && target.closest("button,a,summary") !== null;
}

export function useCallKeys(on: boolean, keys: CallKeys): void {
  const now = useRef(keys);
  now.current = keys;
  useLayoutEffect(() => {  // with the number itself: no key is lost to a page not yet listening
    if (!on) return undefined;
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      if (isTaken(event.target, event.key)) return;
      const key = event.key.toLowerCase();
      if (/^\d$/.test(key)) now.current.choose(Number(key));
      else if (key === "enter") now.current.save();
      else if (key === "n") now.current.unreached();
      else if (key === "s") now.current.skip();
      else if (key === "c") now.current.phone();
      else return;
      event.preventDefault();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [on]);
}
