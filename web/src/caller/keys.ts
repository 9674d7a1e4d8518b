import { useEffect, useRef } from "preact/hooks";

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
  useEffect(() => {
    if (!on) return undefined;
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      if (isTaken(event.target, event.key)) return;
      if (/^\d$/.test(event.key)) now.current.choose(Number(event.key));
      else if (event.key === "Enter") now.current.save();
      else if (event.key.toLowerCase() === "n") now.current.unreached();
      else if (event.key.toLowerCase() === "s") now.current.skip();
      else if (event.key.toLowerCase() === "c") now.current.phone();
      else return;
      event.preventDefault();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [on]);
}
