import { useEffect, useRef, useState } from "preact/hooks";
import { number } from "../base/format";

const rollMs = 400;

/// A number that moves to its new value instead of jumping, unless the reader wants no motion.
export function Rolling(of: { value: number }) {
  const [shown, setShown] = useState(of.value);
  const from = useRef(of.value);
  useEffect(() => {
    const start = performance.now();
    const first = from.current;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (still || first === of.value || document.hidden) {
      from.current = of.value;
      setShown(of.value);
      return undefined;
    }
    let frame = 0;
    const step = (now: number) => {
      const part = Math.min(1, (now - start) / rollMs);
      const eased = 1 - (1 - part) ** 3;
      from.current = first + (of.value - first) * eased;
      setShown(from.current);
      if (part < 1) frame = requestAnimationFrame(step);
    };
    frame = requestAnimationFrame(step);
    return () => cancelAnimationFrame(frame);
  }, [of.value]);
  return <>{number(Math.round(shown))}</>;
}
