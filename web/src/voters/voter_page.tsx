import { useEffect } from "preact/hooks";
import { voter } from "../api/client";
import type { Voter } from "../api/types";
import { day, decimal, number, place, words } from "../base/format";
import { useLoad } from "../base/load";
import { navigate } from "../base/router";
import { Badge, Facts, Meter, Notice, PageHead, Panel } from "../ui/elements";
import { Loaded } from "../ui/loaded";
import { stateBadge } from "../ui/states";
import { Table } from "../ui/table";
import { Consents } from "./consents";
import { Corrections } from "./corrections";
import { Persons } from "./persons";
import { Calls, Provenance } from "./record";
import { Rights } from "./rights";
import { Suppressions } from "./suppressions";
import { phoneShown } from "./phone";
import { Timeline } from "./timeline";
import { t } from "./texts";

function fullName(of: Voter): string {
  const { first, middle, last, suffix } = of.name;
  return [first, middle, last, suffix].filter(Boolean).map(place).join(" ");
}

function Contact(of: { voter: Voter }) {
  const { address, phones, mail_address: mail } = of.voter;
  const city = [place(address.city), address.state,
                [address.zip5, address.zip4].filter(Boolean).join("-")].join(" ");
  return (
    <Panel title={t.contact}>
      <ul class="phones">
        {phones.length === 0 ? <li class="muted">{t.noPhone}</li> : null}
        {phones.map((phone) => (
          <li key={phone.number}>
            <strong class={phone.suppressed ? "barred" : ""}>
              {phoneShown(phone.number)}
            </strong>{" "}
            {phone.suppressed
              ? <Badge tone="bad">{t.reasons[phone.suppressed] ?? words(phone.suppressed)}</Badge>
              : <Badge>{words(phone.status)}</Badge>}
          </li>
        ))}
      </ul>
      <Facts rows={[
        [t.address, <>{place(address.street)}<br />{city}</>],
        ...(mail ? [[t.mail, place(mail)] as [string, string]] : []),
      ]} />
    </Panel>
  );
}

function About(of: { voter: Voter }) {
  const who = of.voter;
  const age = who.birth_year ? `${number(who.age)} (${t.born(who.birth_year)})` : number(who.age);
  return (
    <Panel title={t.about}>
      <Facts rows={[
        [t.age, age], [t.party, who.party ?? "–"], [t.gender, who.gender ?? "–"],
        [t.race, who.race ?? "–"], [t.ethnicity, who.ethnicity ?? "–"],
        [t.registered, day(who.registered_on)],
      ]} />
    </Panel>
  );
}

function Household(of: { voter: Voter }) {
  const others = of.voter.household;
  return (
    <Panel title={t.household}>
      {others.length === 0 ? <p class="muted">{t.alone}</p> : (
        <ul class="plain-list">
          {others.map((one) => (
            <li key={one.id}>
              <a href={`/voters/${one.id}`}>{place(one.name)}</a> {number(one.age)}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Scores(of: { voter: Voter }) {
  const scores = of.voter.scores;
  const titles: Record<string, string> = t.scoreNames;
  const title = (name: string) => titles[name] ?? words(name);
  return (
    <Panel title={t.scores}>
      {!scores ? <p class="muted">{t.noScores}</p> : (
        <ul class="scores">
          {scores.all.map((one) => (
            <li key={one.name}>
              <span>{title(one.name)}</span>
              {one.name in titles
                ? <Meter share={one.value / 100} label={title(one.name)} /> : <span />}
              <strong>{decimal(one.value, Number.isInteger(one.value) ? 0 : 1)}</strong>
              <a class="hint" href={`/imports/${one.run}`}>{t.scoreRun(one.run_name)}</a>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Districts(of: { voter: Voter }) {
  const who = of.voter;
  return (
    <Panel title={t.districts}>
      <Facts rows={[
        [t.countyFact, place(who.county)], [t.precinct, who.precinct ?? "–"],
        [t.municipality, place(who.municipality)],
        ...Object.entries(who.districts).map(
          ([name, value]): [string, string] => [words(name), value]),
      ]} />
    </Panel>
  );
}

/// "2024 General"
function electionName(vote: Voter["votes"][number]): string {
  return `${vote.held_on.slice(0, 4)} ${words(vote.kind)}`;
}

function Votes(of: { voter: Voter }) {
  const votes = of.voter.votes;
  return (
    <Panel title={t.votes} flush>
      {votes.length === 0 ? <p class="muted inset">{t.noVotes}</p> : (
        <Table caption={t.votes} rows={votes} keyOf={(vote) => vote.election}
          columns={[
            { title: t.voteColumns.election, cell: electionName },
            { title: t.voteColumns.date, cell: (vote) => day(vote.held_on) },
            { title: t.voteColumns.method,
              cell: (vote) => (vote.method ? words(vote.method) : "–") },
            { title: t.voteColumns.party, cell: (vote) => vote.party ?? "–" },
          ]} />
      )}
    </Panel>
  );
}

export function VoterPage(of: { params: Record<string, string> }) {
  const id = of.params.id ?? "";
  const { load, reload } = useLoad((signal) => voter(id, signal), [id]);
  const back = { href: "/voters", title: t.back };
  // An old link leads to the person that its voter has joined.
  const now = load.state === "ready" ? load.data.id : id;
  useEffect(() => {
    if (now !== id) navigate(`/voters/${now}`, { replace: true });
  }, [now, id]);
  return (
    <Loaded load={load} rows={10}>
      {(who) => (
        <>
          <PageHead back={back} title={<>{fullName(who)} {stateBadge(who.status)}</>} />
          <div class="stack">
            {who.protected ? <Notice tone="warn">{t.protected}</Notice> : null}
            <div class="columns">
              <div class="stack">
                <Contact voter={who} />
                <Suppressions voter={who} onChange={reload} />
                <Consents voter={who.id} onChange={reload} />
                <Household voter={who} />
              </div>
              <div class="stack">
                <About voter={who} />
                <Scores voter={who} />
                <Districts voter={who} />
              </div>
            </div>
            <Calls voter={who} />
            <Votes voter={who} />
            <Persons voter={who} onChange={reload} />
            <Corrections voter={who.id} onChange={reload} />
            <Provenance voter={who} />
            <Timeline voter={who} />
            <Rights voter={who} />
          </div>
        </>
      )}
    </Loaded>
  );
}
