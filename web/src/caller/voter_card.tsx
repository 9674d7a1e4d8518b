import type { Lease, LeaseVoter } from "../api/types";
import { dispositionTitle } from "../base/dispositions";
import { moment, place } from "../base/format";
import { Badge } from "../ui/elements";
import { statusOf } from "./call_draft";
import type { CallDraft } from "./call_draft";
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

function Dial(of: { lease: Lease; barred: boolean }) {
  if (of.barred) return <p class="dial barred"><s>{of.lease.number_shown}</s></p>;
  return (
    <a class="dial" href={`tel:${of.lease.number}`}
      aria-label={t.callNumber(of.lease.number_shown)}>
      <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
        <path d="M5 3h4.2l2 5.2-2.6 1.6a11.5 11.5 0 0 0 5.6 5.6l1.6-2.6 5.2 2V19a2 2 0 0 1
          -2 2A16 16 0 0 1 3 5a2 2 0 0 1 2-2z" />
      </svg>
      {of.lease.number_shown}
    </a>
  );
}

/// Whom to call, and the number as one large link.
export function VoterCard(of: CardOf) {
  return (
    <section class="voter-card">
      {of.lease.voters.length > 1 ? <Switcher {...of} /> : null}
      <h1 tabIndex={-1}>{shownName(of.voter)}</h1>
      <Facts voter={of.voter} />
      <Dial lease={of.lease} barred={of.barred} />
      <Earlier voter={of.voter} />
      <button type="button" class="button quiet skip-line" onClick={of.onSkip}>{t.skip}</button>
    </section>
  );
}
