import { list, lists, phonebanks } from "../api/client";
import { session } from "../api/session";
import type { List, Phonebank } from "../api/types";
import { moment, number, percent, words } from "../base/format";
import { Bars } from "../charts/bars";
import { useLoad } from "../base/load";
import { may } from "../base/roles";
import type { Permission } from "../base/roles";
import { useStore } from "../base/store";
import { Facts, LinkButton, PageHead, Panel, Stat, Stats } from "../ui/elements";
import { Loaded } from "../ui/loaded";
import { stateBadge } from "../ui/states";
import { Table } from "../ui/table";
import { DifferencePanel, RenewButton } from "./difference_panel";
import { t } from "./texts";

function FactsPanel(of: { list: List }) {
  const one = of.list;
  const segment = one.segment
    ? <a href={`/segments/${one.segment}`}>{one.segment_name}</a> : t.noSegment;
  return (
    <Panel title={t.facts}>
      <Facts rows={[
        [t.segment, segment], [t.rule, one.text || t.everybody],
        [t.drawn, one.top_by ? t.drawnTop(one.top_by, number(one.size_max)) : one.size_max
          ? t.drawnMost(number(one.size_max)) : t.drawnAll],
        [t.strata, one.stratify_by.length > 0 ? one.stratify_by.map(words).join(", ") : t.noStrata],
        [t.household, one.one_per_household ? t.onePerHousehold : t.allOfHousehold],
        [t.madeOf, <MadeOf list={one} />],
        [t.position, number(one.feed_position)], [t.seed, String(one.seed)],
        [t.made, moment(one.created_at)],
      ]} />
    </Panel>
  );
}

function MadeOf(of: { list: List }) {
  if (of.list.made_of.length === 0) return <>{t.noSegment}</>;
  return (
    <>
      {of.list.made_of.map((one, place) => (
        <span key={one.segment}>
          {place > 0 ? ", " : ""}
          <a href={`/segments/${one.segment}`}>
            {one.segment === of.list.segment && of.list.segment_name
              ? of.list.segment_name : one.segment}
          </a>{" "}{t.version(one.version)}
        </span>
      ))}
    </>
  );
}

function Arms(of: { list: List; banks: Phonebank[] }) {
  const called = new Set(
    of.banks.filter((bank) => bank.list === of.list.id).map((bank) => bank.arm));
  return (
    <Panel title={t.armsTitle}>
      <Bars label={t.armsTitle} total={Math.max(1, of.list.size)}
        bars={of.list.arms.map((arm) => ({
          key: arm.name, count: arm.size,
          title: (t.armTitles[arm.name] ?? arm.name) +
            (called.has(arm.name) ? ` · ${t.called}` : "") }))} />
      {of.list.joined > 0
        ? <p class="hint">{t.joinedLater(number(of.list.joined))}</p> : null}
      <p class="hint">{t.armsWhy}</p>
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
    (signal) => Promise.all([list(id, signal), phonebanks(signal), lists(signal)]), [id]);
  const who = useStore(session);
  const allows = (what: Permission) => who.state === "in" && may(who.session.person.role, what);
  const opens = allows("phonebank_write");
  return (
    <Loaded load={load}>
      {([one, banks, all]) => (
        <>
          <PageHead title={one.name} back={{ href: "/lists", title: t.back }}>
            {allows("segments_write") && one.segment ? <RenewButton list={one} /> : null}
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
              <div class="stack">
                <Arms list={one} banks={banks.items} />
                <Banks list={one} banks={banks.items} />
              </div>
            </div>
            <DifferencePanel key={one.id} list={one} others={all.items}
              opens={allows("registry_read")} />
          </div>
        </>
      )}
    </Loaded>
  );
}
