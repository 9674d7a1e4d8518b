import { useState } from "preact/hooks";
import { room, setRoom } from "../api/client";
import type { Room } from "../api/types";
import { useAction, useLoad } from "../base/load";
import { fieldError } from "../base/problem";
import { Facts, Panel } from "../ui/elements";
import { Form, TextField } from "../ui/form";
import { Loaded } from "../ui/loaded";
import { t } from "./texts";

const words = ["state", "language", "team"] as const;

function Editor(of: { bank: string; room: Room; onSaved: (next: Room) => void }) {
  const [draft, setDraft] = useState(of.room);
  const { run, busy, error } = useAction(
    async () => of.onSaved(await setRoom(of.bank, draft)));
  return (
    <details>
      <summary>{t.roomChange}</summary>
      <Form onSubmit={() => void run()} submit={t.roomSave} busy={busy} error={error}
        fields={[...words]}>
        <div class="form-grid">
          {words.map((word) => (
            <TextField key={word} label={t.roomWords[word]} value={draft[word]} maxLength={60}
              onInput={(value) => setDraft({ ...draft, [word]: value })}
              error={fieldError(error, word)} />
          ))}
        </div>
        <label class="check">
          <input type="checkbox" checked={draft.takes_guests}
            onChange={(event) =>
              setDraft({ ...draft, takes_guests: event.currentTarget.checked })} />
          {t.roomGuests}
        </label>
      </Form>
    </details>
  );
}

/// Whose room a phone bank is: a state's, a language's, a team's.
export function RoomPanel(of: { bank: string; writes: boolean }) {
  const { load, replace } = useLoad((signal) => room(of.bank, signal), [of.bank]);
  return (
    <Panel title={t.room}>
      <Loaded load={load}>
        {(now) => (
          <div class="stack">
            {now.takes_guests || words.some((word) => now[word] !== "") ? (
              <Facts rows={[
                ...words.map(
                  (word): [string, string] => [t.roomWords[word], now[word] || t.anybody]),
                [t.roomGuestsShort, now.takes_guests ? t.yes : t.no],
              ]} />
            ) : <p class="muted">{t.roomOfAll}</p>}
            {of.writes ? <Editor bank={of.bank} room={now} onSaved={replace} /> : null}
          </div>
        )}
      </Loaded>
    </Panel>
  );
}
