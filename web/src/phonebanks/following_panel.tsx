import type { ComponentChildren } from "preact";
import { setPhonebankFollowing } from "../api/client";
import type { Phonebank } from "../api/types";
import { number } from "../base/format";
import { useAction } from "../base/load";
import { Button, Facts, Notice, Panel } from "../ui/elements";
import { Freshness } from "../ui/freshness";
import { Failed } from "../ui/loaded";
import { t } from "./texts";

const words = t.following;
const staleMs = 15_000;

/// Whether the queue goes with the segment, and what came of it.
export function FollowingPanel(of: { bank: Phonebank; receivedAt: number; writes: boolean }) {
  const { bank } = of;
  const { run, busy, error } = useAction(async () => {
    await setPhonebankFollowing(bank.id, !bank.following);
  });
  const following = bank.following;
  const left = bank.barred_reasons.find((one) => one.reason === "left_segment")?.count ?? 0;
  if (!following && !of.writes && left === 0) return null;
  const rows: [string, ComponentChildren][] = [[words.left, number(left)]];
  if (following) {
    rows.unshift([words.joined, number(following.joined)]);
    rows.push([words.looked, (
      <Freshness ageMs={following.age_ms} receivedAt={of.receivedAt}
        position={following.position} />
    )]);
  }
  return (
    <Panel title={words.title} actions={of.writes ? (
      <Button busy={busy} onClick={() => void run()}>{following ? words.stop : words.start}</Button>
    ) : null}>
      {error ? <Failed error={error} /> : null}
      {following && !following.has_segment ? <Notice tone="warn">{words.gone}</Notice> : null}
      {following && following.has_segment && following.age_ms > staleMs
        ? <Notice tone="warn">{words.stopped}</Notice> : null}
      <p>{following ? words.on : words.off}</p>
      {following || left > 0 ? <Facts rows={rows} /> : null}
    </Panel>
  );
}
