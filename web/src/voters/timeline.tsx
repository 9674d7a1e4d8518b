import { timeline } from "../api/client";
import type { TimelineEntry, Voter } from "../api/types";
import { moment, number, place, words } from "../base/format";
import { useLoad } from "../base/load";
import { Panel } from "../ui/elements";
import { Loaded } from "../ui/loaded";
import { historyDetail } from "./history_detail";
import { t } from "./texts";

const changesShown = 12;

function Changes(of: { entry: TimelineEntry }) {
  const changes = of.entry.changes.slice(0, changesShown);
  if (changes.length === 0) return null;
  return (
    <ul class="changes">
      {changes.map((one) => (
        <li key={one.field}>
          {words(one.field)}: <span class="muted">{place(one.before) || t.nothing}</span>
          {" → "}{place(one.after) || t.nothing}
        </li>
      ))}
    </ul>
  );
}

function What(of: { entry: TimelineEntry; voter: Voter }) {
  const { entry } = of;
  if (entry.import) {
    const title = entry.kind === "record_read" ? t.timelineRead : t.timelineChanged;
    const file = entry.line ? t.line(entry.file_name ?? "", number(entry.line)) : entry.file_name;
    return (
      <>
        <strong>{title}</strong> <a href={`/imports/${entry.import}`}>{file}</a>
        <Changes entry={entry} />
      </>
    );
  }
  const detail = historyDetail(
    { ...entry, position: 0 } as unknown as Voter["history"][number], of.voter.attempts);
  return (
    <>
      <strong>{t.timelineKinds[entry.kind] ?? words(entry.kind)}</strong>
      {detail ? <> {detail}</> : null}
    </>
  );
}

/// What happened to a voter: files, corrections, consent, bars, calls and joins in one list.
export function Timeline(of: { voter: Voter }) {
  const { load } = useLoad((signal) => timeline(of.voter.id, signal), [of.voter]);
  return (
    <Panel title={t.history}>
      <Loaded load={load} rows={5}>
        {(page) => page.items.length === 0 ? <p class="muted">{t.noHistory}</p> : (
          <ol class="timeline" aria-label={t.history}>
            {page.items.map((entry, index) => (
              <li key={`${entry.at} ${index}`}>
                <p class="muted">{moment(entry.at)} · {entry.actor_name}</p>
                <div><What entry={entry} voter={of.voter} /></div>
              </li>
            ))}
          </ol>
        )}
      </Loaded>
    </Panel>
  );
}
