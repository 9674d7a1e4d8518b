import type { Lease, LeaseVoter } from "../api/types";
import { dispositionTitle } from "../base/dispositions";
import { moment, place } from "../base/format";
import { Badge } from "../ui/elements";
import { statusOf } from "./call_draft";
import type { CallDraft } from "./call_draft";
import { DialPanel } from "./dial_panel";
import type { DialOf } from "./dial_panel";
import { t } from "./texts";

export function shownName(voter: LeaseVoter): string {
  return `${place(voter.first_name)} ${place(voter.last_name)}`;
}

function Facts(of: { voter: LeaseVoter }) {
  const { age, city, party } = of.voter;
  const facts = [age !== null ? t.years(age) : null, city ? place(city) : null, party];
  return <p class="voter-facts">{facts.filter(Boolean).join(" · ")}</p>;
}

function Earlier(of: { voter: LeaseVoter }) {
  if (of.voter.earlier.length === 0) return null;
  return (
    <div class="earlier">
      <h3>{t.earlier}</h3>
      <ul>
        {of.voter.earlier.map((one) => (
          <li key={one.at}>
            {moment(one.at)}: {dispositionTitle(one.disposition)}
            {one.other_number ? `, ${t.otherNumber}` : null}
            {one.note ? <q>{one.note}</q> : null}
          </li>
        ))}
      </ul>
    </div>
  );
}

export interface CardOf {
  lease: Lease;
  draft: CallDraft;
  voter: LeaseVoter;
  barred: boolean;  // after the number was shown
  dial: Omit<DialOf, "lease" | "barred">;
  onSwitch: (voter: string) => void;
  onSkip: () => void;
}

function Switcher(of: CardOf) {
  return (
    <div class="household-switch" role="group" aria-label={t.household}>
      <p>{t.household}</p>
      {of.lease.voters.map((one) => {
        const status = statusOf(of.draft, one.id);
        return (
          <button key={one.id} type="button" class="household-voter"
            aria-pressed={one.id === of.voter.id} onClick={() => of.onSwitch(one.id)}>
            {place(one.first_name)}{one.age !== null ? <small>{one.age}</small> : null}
            {status === "reached" ? <Badge tone="good">✓</Badge> : null}
            {status === "unreached" ? <Badge>✓</Badge> : null}
          </button>
        );
      })}
    </div>
  );
}

/// Whom to call, and the number as one large link.
export function VoterCard(of: CardOf) {
  return (
    <section class="voter-card">
      {of.lease.voters.length > 1 ? <Switcher {...of} /> : null}
      <h1 tabIndex={-1}>{shownName(of.voter)}</h1>
      <Facts voter={of.voter} />
      <DialPanel {...of.dial} key={of.lease.id} lease={of.lease} barred={of.barred} />
      <Earlier voter={of.voter} />
      <button type="button" class="button quiet skip-line" onClick={of.onSkip}>{t.skip}</button>
    </section>
  );
}
