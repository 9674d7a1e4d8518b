import type { ComponentChildren } from "preact";
import { useId, useRef } from "preact/hooks";

export interface Tab {
  name: string;
  title: string;
}

/// Views of one thing; arrow keys go from one to the next, as readers of the page expect of tabs.
export function Tabs(of: { label: string; tabs: Tab[]; chosen: string;
                           onChoose: (name: string) => void; children: ComponentChildren }) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const at = of.tabs.findIndex((tab) => tab.name === of.chosen);
  const choose = (place: number) => {
    const next = of.tabs[(place + of.tabs.length) % of.tabs.length];
    if (!next) return;
    of.onChoose(next.name);
    list.current?.querySelector<HTMLButtonElement>(`[data-tab="${next.name}"]`)?.focus();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "ArrowRight") choose(at + 1);
    else if (event.key === "ArrowLeft") choose(at - 1);
    else if (event.key === "Home") choose(0);
    else if (event.key === "End") choose(of.tabs.length - 1);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <div class="tabs" role="tablist" aria-label={of.label} ref={list} onKeyDown={onKey}>
        {of.tabs.map((tab) => (
          <button key={tab.name} type="button" role="tab" data-tab={tab.name}
            id={`${id}-${tab.name}`}
            aria-selected={tab.name === of.chosen} aria-controls={`${id}-view`}
            tabIndex={tab.name === of.chosen ? 0 : -1} onClick={() => of.onChoose(tab.name)}>
            {tab.title}
          </button>
        ))}
      </div>
      <div role="tabpanel" class="stack" id={`${id}-view`} aria-labelledby={`${id}-${of.chosen}`}>
        {of.children}
      </div>
    </>
  );
}
