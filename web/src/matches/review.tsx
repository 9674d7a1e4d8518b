import type { ComponentChildren } from "preact";
import { match } from "../api/client";
import type { MatchDetail } from "../api/types";
import { percent, place } from "../base/format";
import { useLoad } from "../base/load";
import { Badge, Button, Notice, Panel } from "../ui/elements";
import { Loaded } from "../ui/loaded";
import { EvidenceBars } from "./evidence";
import { t } from "./texts";

export type Said = "same" | "different" | "later";

const asPlaces = new Set(["street", "city", "county", "mail_address"]);

function shown(name: string, value: string | null): ComponentChildren {
  if (value === null) return <span class="nothing">–</span>;
  return asPlaces.has(name) ? place(value) : value;
}

function Sides(of: { detail: MatchDetail }) {
  const { match: pair, values } = of.detail;
  return (
    <table class="sides">
      <caption class="unseen">{t.sides}</caption>
      <thead>
        <tr>
          <th scope="col"><span class="unseen">{t.field}</span></th>
          {[pair.one, pair.other].map((person) => (
            <th scope="col" key={person.home}>
              <a href={`/voters/${person.voter}`} target="_blank" rel="noopener">{person.name}</a>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {values.map((value) => (
          <tr key={value.name} class={value.differs ? "differs" : ""}>
            <th scope="row">
              {t.fields[value.name] ?? value.name}
              {value.differs ? <span class="unseen"> ({t.differs})</span> : null}
            </th>
            <td>{shown(value.name, value.one)}</td>
            <td>{shown(value.name, value.other)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/// One button and one key each.
function Decide(of: { busy: boolean; say: (said: Said) => void }) {
  const button = (said: Said, kind: "primary" | "plain" | "quiet") => (
    <Button kind={kind} large busy={of.busy} onClick={() => of.say(said)}>
      {t[said]} <kbd aria-hidden="true">{t.keys[said]}</kbd>
    </Button>
  );
  return (
    <div class="decide" role="group" aria-label={t.review}>
      {button("same", "primary")}
      {button("different", "plain")}
      {button("later", "quiet")}
    </div>
  );
}

/// The pair that is decided on now.
export function Review(of: { id: string; busy: boolean; say: (said: Said) => void }) {
  const { load } = useLoad((signal) => match(of.id, signal), [of.id]);
  return (
    <Panel title={t.review} note={load.state === "ready"
      ? t.chance(percent(load.data.match.probability)) : undefined}>
      <Loaded load={load}>
        {(detail) => (
          <div class="stack">
            <p class="row">
              {detail.match.adds.map((one) => (
                <Badge key={one} tone="good">+ {t.adds[one] ?? one}</Badge>
              ))}
            </p>
            {detail.match.same_source ? <Notice tone="accent">{t.sameSource}</Notice> : null}
            <Decide busy={of.busy} say={of.say} />
            <div class="review">
              <Sides detail={detail} />
              <section>
                <h3>{t.why} <small>{t.whyNote}</small></h3>
                <EvidenceBars evidence={detail.evidence} />
              </section>
            </div>
          </div>
        )}
      </Loaded>
    </Panel>
  );
}
