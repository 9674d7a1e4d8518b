import { useEffect, useRef, useState } from "preact/hooks";
import { signOut } from "../api/client";
import { signedOut } from "../api/session";
import { number } from "../base/format";
import { language, languages, speak } from "../base/language";
import { useStore } from "../base/store";
import { Confirm } from "../ui/dialog";
import { BoardDialog } from "./board_dialog";
import type { Calling } from "./calling";
import { HandedList } from "./handed_list";
import type { Outbox } from "./outbox";
import { t } from "./texts";

type Asked = "results" | "board" | "leave" | null;

async function leave(calling: Calling): Promise<void> {
  const phase = calling.phase.get();
  if (phase.name === "call") await calling.handBack(phase.lease, "break");
  await signOut().catch(() => undefined);
  signedOut();
  calling.rejoin();
}

/// What a caller needs seldom, out of the way of the call.
export function CallMenu(of: { calling: Calling; outbox: Outbox; joined: boolean }) {
  const [asked, setAsked] = useState<Asked>(null);
  const menu = useRef<HTMLDetailsElement>(null);
  const { acknowledged } = useStore(of.outbox.state);
  const other = languages.find((one) => one !== language)!;
  const close = () => { if (menu.current) menu.current.open = false; };
  const ask = (what: Asked) => {
    close();
    setAsked(what);
  };
  useEffect(() => {
    const away = (event: Event) => {
      const inside = event.target instanceof Node && menu.current?.contains(event.target);
      const escapes = event instanceof KeyboardEvent && event.key === "Escape";
      if (escapes || (event.type === "pointerdown" && !inside)) close();
    };
    addEventListener("pointerdown", away);
    addEventListener("keydown", away);
    return () => {
      removeEventListener("pointerdown", away);
      removeEventListener("keydown", away);
    };
  }, []);
  return (
    <>
      <details class="call-menu" ref={menu}>
        <summary class="button quiet" aria-label={t.menu} title={t.menu}>⋯</summary>
        <div class="call-menu-items">
          <button type="button" class="button quiet" onClick={() => ask("results")}>
            {acknowledged > 0 ? t.sentListOf(number(acknowledged)) : t.sentList}
          </button>
          {of.joined ? (
            <button type="button" class="button quiet" onClick={() => ask("board")}>
              {t.board}
            </button>
          ) : null}
          <button type="button" class="button quiet" lang={other} onClick={() => speak(other)}>
            {t.otherLanguage}
          </button>
          {of.joined ? (
            <button type="button" class="button quiet" onClick={() => ask("leave")}>
              {t.leave}
            </button>
          ) : null}
        </div>
      </details>
      {asked === "results" ? <HandedList handed={of.calling.handed} outbox={of.outbox}
        onClose={() => setAsked(null)} /> : null}
      {asked === "board" ? <BoardDialog onClose={() => setAsked(null)} /> : null}
      {asked === "leave" ? (
        <Confirm title={t.leaveTitle} words={t.leaveWords} confirm={t.leave}
          onConfirm={() => {
            setAsked(null);
            void leave(of.calling);
          }} onClose={() => setAsked(null)} />
      ) : null}
    </>
  );
}
