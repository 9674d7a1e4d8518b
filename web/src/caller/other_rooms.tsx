import { goToRoom, otherRooms } from "../api/client";
import { useAction, useLoad } from "../base/load";
import { Button } from "../ui/elements";
import { Failed } from "../ui/loaded";
import { t } from "./texts";

/// Where a caller without work may go.
export function OtherRooms(of: { onGone: () => void }) {
  const { load } = useLoad((signal) => otherRooms(signal), []);
  const { run, busy, error } = useAction(async (to: string) => {
    await goToRoom(to);
    of.onGone();
  });
  if (load.state !== "ready" || load.data.items.length === 0) return null;
  return (
    <div class="other-rooms" role="group" aria-label={t.otherRooms}>
      <p>{t.otherRooms}</p>
      {load.data.items.map((one) => (
        <Button key={one.phonebank} kind="primary" large busy={busy}
          onClick={() => void run(one.phonebank)}>{t.goTo(one.name)}</Button>
      ))}
      {error ? <Failed error={error} /> : null}
    </div>
  );
}
