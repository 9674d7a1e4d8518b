import { list, listSample, lists, phonebanks } from "../api/client";
import { session } from "../api/session";
import type { List, Phonebank } from "../api/types";
import { decimal, moment, number, percent, words } from "../base/format";
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
        [t.drawn, one.sample ? t.sampleMethods[one.sample.method]
          : one.top_by ? t.drawnTop(one.top_by, number(one.size_max)) : one.size_max
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

/// Of a sample: the chances it was drawn with, and what unequal ones cost.
function SamplePanel(of: { list: List }) {
  const { load } = useLoad((signal) => listSample(of.list.id, signal), [of.list.id]);
  const { sample, frame } = of.list;
  if (!sample) return null;
  return (
    <Panel title={t.sampleTitle} note={t.sampleNote}>
      <Loaded load={load} rows={3}>
        {(found) => (
          <div class="stack">
            <Stats>
              <Stat title={t.sampleWeights}
                value={`${decimal(found.weight_least, 1)} – ${decimal(found.weight_most, 1)}`}
                note={t.sampleWeightsNote} />
              <Stat title={t.sampleSum} value={number(Math.round(found.weight_sum))}
                note={t.sampleSumNote(number(frame))} />
              <Stat title={t.sampleEffective} value={number(Math.round(found.effective_n))}
                note={t.sampleDeff(decimal(found.design_effect, 2))} />
            </Stats>
            <Facts rows={[
              [t.sampleMethod, t.sampleMethods[sample.method]],
              [t.sampleStrata, number(found.strata)],
              [t.sampleClusters, !sample.cluster_by ? t.sampleNoClusters
                : `${number(found.clusters)} (${words(sample.cluster_by)})`],
            ]} />
            <div class="row">
              <LinkButton href="/answers">{t.sampleAnswers}</LinkButton>
              <LinkButton href={`/v1/lists/${of.list.id}/sample.csv`} download>
                {t.sampleFile}</LinkButton>
            </div>
          </div>
        )}
      </Loaded>
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
                {one.sample ? <SamplePanel list={one} /> : <Arms list={one} banks={banks.items} />}
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
