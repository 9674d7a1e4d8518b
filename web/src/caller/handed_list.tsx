import type { Handed } from "./calling";
import { place, time } from "../base/format";
import { useStore } from "../base/store";
import type { Store } from "../base/store";
import { Dialog } from "../ui/dialog";
import { Badge, Button } from "../ui/elements";
import type { Outbox } from "./outbox";
import { t } from "./texts";

/// Which results are safe with the campaign, and which still wait on this device.
export function HandedList(of: { handed: Store<Handed[]>; outbox: Outbox; onClose: () => void }) {
  const handed = useStore(of.handed);
  useStore(of.outbox.state);
  return (
    <Dialog title={t.sentList} onClose={of.onClose}>
      {handed.length === 0 ? <p class="muted">{t.sentNone}</p> : (
        <ul class="handed">
          {handed.map((one) => {
            const waits = of.outbox.waits(one.result.key);
            return (
              <li key={one.result.key}>
                <span>{time(new Date(one.at).toISOString())}</span>
                <span>{one.lease.voters.map((voter) => place(voter.first_name)).join(", ")}</span>
                <Badge tone={waits ? "warn" : "good"}>{waits ? t.sentWaits : t.sentSafe}</Badge>
              </li>
            );
          })}
        </ul>
      )}
      <div class="row form-end"><Button large onClick={of.onClose}>{t.back}</Button></div>
    </Dialog>
  );
}
