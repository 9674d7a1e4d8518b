import { useState } from "preact/hooks";
import { setSurvivorship, survivorship } from "../api/client";
import { session } from "../api/session";
import type { FieldGroup, SurvivorshipPolicy } from "../api/types";
import { number, words } from "../base/format";
import { useAction, useLoad } from "../base/load";
import { may } from "../base/roles";
import { useStore } from "../base/store";
import { Notice, Panel } from "../ui/elements";
import { SelectField } from "../ui/form";
import { Failed, Loaded } from "../ui/loaded";
import { t } from "./texts";

const options = (["official_first", "newest_first"] as const).map((policy) => ({
  value: policy, title: t.policies[policy] }));

/// Which record counts where a person has several, for each group of fields.
export function Survivorship() {
  const who = useStore(session);
  const allowed = who.state === "in" && may(who.session.person.role, "registry_write");
  const [persons, setPersons] = useState<number | null>(null);
  const { load, reload } = useLoad((signal) => survivorship(signal), []);
  const { run, busy, error } = useAction(async (group: FieldGroup, policy: SurvivorshipPolicy) => {
    setPersons(null);
    const done = await setSurvivorship({ group: group.group, policy });
    setPersons(done.persons);
    reload();
  });
  if (!allowed) return null;
  return (
    <Panel title={t.survivorship}>
      <p class="muted">{t.survivorshipLead}</p>
      {busy ? <Notice tone="neutral">{t.survivorshipBusy}</Notice> : null}
      {error ? <Failed error={error} /> : null}
      {persons === null ? null
        : <Notice tone="good">{t.survivorshipDone(number(persons))}</Notice>}
      <Loaded load={load} rows={4}>
        {({ groups }) => (
          <div class="policies">
            {groups.map((group) => (
              <SelectField key={group.group} label={words(group.group)} value={group.policy}
                options={options} hint={group.fields.map(words).join(", ").toLowerCase()}
                onChange={(policy) => void run(group, policy as SurvivorshipPolicy)} />
            ))}
          </div>
        )}
      </Loaded>
    </Panel>
  );
}
