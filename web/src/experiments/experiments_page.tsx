import { experiments } from "../api/client";
import { session } from "../api/session";
import type { Experiment } from "../api/types";
import { moment, words } from "../base/format";
import { useLoad } from "../base/load";
import { may } from "../base/roles";
import { useStore } from "../base/store";
import { Badge, Empty, LinkButton, PageHead, Panel } from "../ui/elements";
import { Loaded } from "../ui/loaded";
import { Table } from "../ui/table";
import { t } from "./texts";

export function stateOf(state: Experiment["state"]) {
  const tones = { running: "good", measuring: "accent", ended: "neutral" } as const;
  return <Badge tone={tones[state]}>{t.states[state]}</Badge>;
}

function primaryOf(one: Experiment): string {
  const primary = one.outcomes.find((outcome) => outcome.is_primary && !outcome.withdrawn_at);
  return primary ? words(primary.outcome.key) : "–";
}

export function ExperimentsPage() {
  const { load } = useLoad((signal) => experiments(signal), []);
  const who = useStore(session);
  const writes = who.state === "in" && may(who.session.person.role, "segments_write");
  const begin = writes
    ? <LinkButton href="/experiments/new" primary>{t.begin}</LinkButton> : null;
  return (
    <>
      <PageHead title={t.title} lead={t.lead}>{begin}</PageHead>
      <Panel flush>
        <Loaded load={load}>
          {(page) => page.items.length === 0
            ? <Empty title={t.emptyTitle} action={begin}>{t.empty}</Empty>
            : (
              <Table caption={t.title} rows={page.items} keyOf={(row) => row.id}
                href={(row) => `/experiments/${row.id}`}
                columns={[
                  { title: t.columns.name, cell: (row) => row.name },
                  { title: t.columns.list, minor: true, cell: (row) => row.list_name },
                  { title: t.columns.outcome, minor: true, cell: primaryOf },
                  { title: t.columns.state, cell: (row) => stateOf(row.state) },
                  { title: t.columns.started, numeric: true,
                    cell: (row) => moment(row.started_at) },
                ]} />
            )}
        </Loaded>
      </Panel>
    </>
  );
}
