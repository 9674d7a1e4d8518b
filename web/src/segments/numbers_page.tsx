import { useState } from "preact/hooks";
import { segmentNumbers } from "../api/client";
import { ApiError } from "../base/problem";
import { useLoad } from "../base/load";
import { LinkButton, PageHead } from "../ui/elements";
import { Failed, Loaded } from "../ui/loaded";
import { Tabs } from "../ui/tabs";
import type { AllSegmentNumbers, SegmentNumbers } from "../api/types";
import { AnswersPanel } from "./answers_panel";
import { CallablePanel } from "./callable_panel";
import { Composition } from "./composition";
import { LiveCount } from "./live_count";
import { MapPanel } from "./map_panel";
import { usePortrait } from "./portrait";
import { t } from "./texts";

const by = [{ name: "county", title: t.county }, { name: "party", title: t.partTitles.party ?? "" },
            { name: "age_band", title: t.ageBand }];
const tabs = [{ name: "who", title: t.tabWho }, { name: "callable", title: t.tabCallable },
              { name: "map", title: t.tabMap }, { name: "answers", title: t.tabAnswers }];

function Numbers(of: { one: SegmentNumbers; all: AllSegmentNumbers }) {
  const [tab, setTab] = useState("who");
  const [groupBy, setGroupBy] = useState("county");
  const whose = { segment: of.one.id };
  const portrayed = usePortrait(whose, groupBy);
  const grouping = { fields: by, by: by.find((one) => one.name === groupBy),
                     onChange: setGroupBy };
  return (
    <>
      <PageHead title={of.one.name} back={{ href: "/segments", title: t.back }}
        lead={<code>{of.one.text || t.everybodyText}</code>}>
        <LinkButton href={`/segments/compare?a=${of.one.id}`}>{t.compare}</LinkButton>
      </PageHead>
      <Tabs label={t.views} tabs={tabs} chosen={tab} onChoose={setTab}>
        {tab === "who" ? (
          <div class="stack">
            <LiveCount portrayed={portrayed} grouping={grouping} />
            <Composition portrayed={portrayed} />
          </div>
        ) : null}
        {tab === "callable" ? <CallablePanel whose={whose} /> : null}
        {tab === "map" ? <MapPanel portrayed={portrayed} compares={false} /> : null}
        {tab === "answers" ? <AnswersPanel whose={whose} questions={of.all.questions} /> : null}
      </Tabs>
    </>
  );
}

/// A saved segment for roles that see its numbers and no voters.
export function NumbersPage(of: { id: string }) {
  const { load } = useLoad((signal) => segmentNumbers(signal), [of.id]);
  return (
    <Loaded load={load} rows={8}>
      {(all) => {
        const one = all.items.find((segment) => segment.id === of.id);
        return one ? <Numbers one={one} all={all} />
          : <Failed error={new ApiError(
              { status: 404, code: "not_found", detail: t.noSegment })} />;
      }}
    </Loaded>
  );
}
