import { list, phonebanks } from "../api/client";
import { session } from "../api/session";
import type { List, Phonebank } from "../api/types";
import { moment, number, percent } from "../base/format";
import { useLoad } from "../base/load";
import { may } from "../base/roles";
import { useStore } from "../base/store";
import { Facts, LinkButton, PageHead, Panel, Stat, Stats } from "../ui/elements";
import { Loaded } from "../ui/loaded";
import { stateBadge } from "../ui/states";
import { Table } from "../ui/table";
import { t } from "./texts";

function FactsPanel(of: { list: List }) {
  const one = of.list;
  const segment = one.segment
    ? <a href={`/segments/${one.segment}`}>{one.segment_name}</a> : t.noSegment;
  return (
    <Panel title={t.facts}>
      <Facts rows={[
        [t.segment, segment], [t.rule, one.text || t.everybody],
        [t.position, number(one.feed_position)], [t.seed, String(one.seed)],
        [t.made, moment(one.created_at)],
      ]} />
    </Panel>
  );
}

function Banks(of: { list: List; banks: Phonebank[] }) {
  const mine = of.banks.filter((bank) => bank.list === of.list.id);
  return (
    <Panel title={t.banks} flush>
      {mine.length === 0 ? <p class="muted inset">{t.noBanks}</p> : (
        <Table caption={t.banks} rows={mine} keyOf={(bank) => bank.id}
          href={(bank) => `/phonebanks/${bank.id}`}
          columns={[
            { title: t.bankColumns.name, cell: (bank) => bank.name },
            { title: t.bankColumns.state, cell: (bank) => stateBadge(bank.state) },
            { title: t.bankColumns.calls, numeric: true, cell: (bank) => number(bank.calls) },
          ]} />
      )}
    </Panel>
  );
}

export function ListPage(of: { params: Record<string, string> }) {
  const id = of.params.id ?? "";
  const { load } = useLoad(
    (signal) => Promise.all([list(id, signal), phonebanks(signal)]), [id]);
  const who = useStore(session);
  const opens = who.state === "in" && may(who.session.person.role, "phonebank_write");
  return (
    <Loaded load={load}>
      {([one, banks]) => (
        <>
          <PageHead title={one.name} back={{ href: "/lists", title: t.back }}>
            {opens ? (
              <LinkButton href={`/phonebanks/new?list=${one.id}`} primary>{t.openBank}</LinkButton>
            ) : null}
          </PageHead>
          <div class="stack">
            <Panel>
              <Stats>
                <Stat title={t.size} value={number(one.size)}
                  note={one.erased ? t.erased(number(one.erased)) : undefined} />
                <Stat title={t.households} value={number(one.households)} />
                <Stat title={t.withPhone} value={number(one.with_phone)}
                  note={percent(one.size ? one.with_phone / one.size : 0, 0)} />
                <Stat title={t.holdout} value={number(one.holdout)}
                  note={t.holdoutNote(percent(one.size ? one.holdout / one.size : 0, 0))} />
              </Stats>
            </Panel>
            <div class="columns">
              <FactsPanel list={one} />
              <Banks list={one} banks={banks.items} />
            </div>
          </div>
        </>
      )}
    </Loaded>
  );
}
