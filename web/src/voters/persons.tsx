import { useEffect, useState } from "preact/hooks";
import { identities, joinVoters, splitVoter, voterFields, voters } from "../api/client";
import { session } from "../api/session";
import type { Identity, Voter, VoterField, VoterRow } from "../api/types";
import { day, number, percent, place, words } from "../base/format";
import { useAction, useLoad } from "../base/load";
import { may } from "../base/roles";
import { useStore } from "../base/store";
import { t as common } from "../base/texts";
import { Badge, Button, Facts, Notice, Panel } from "../ui/elements";
import { Confirm, Dialog } from "../ui/dialog";
import { TextField } from "../ui/form";
import { Failed, Loaded } from "../ui/loaded";
import { Table } from "../ui/table";
import { t } from "./texts";

/// The evidence as it was kept: {"last_name": 7.1} or [{"field": …, "bits": …}].
function evidenceOf(bits: unknown): [string, string][] {
  const rows = Array.isArray(bits)
    ? bits.map((one: { field?: unknown; bits?: unknown }) => [one.field, one.bits])
    : Object.entries((bits ?? {}) as Record<string, unknown>);
  return rows
    .filter((row): row is [string, number] => typeof row[0] === "string" &&
                                              typeof row[1] === "number")
    .map(([field, value]) => [words(field), t.bits(value)]);
}

function Why(of: { identity: Identity }) {
  const { why } = of.identity;
  if (!why) return <small class="muted">{t.personOwn}</small>;
  const evidence = evidenceOf(why.bits);
  return (
    <>
      <small class="muted">
        {t.joinedBy(why.decided_by_name, day(why.at))}
        {why.probability === null ? "" : ` · ${t.joinedProbability(percent(why.probability))}`}
      </small>
      {evidence.length === 0 ? null : (
        <details><summary>{t.evidence}</summary><Facts rows={evidence} /></details>
      )}
    </>
  );
}

function Record(of: { identity: Identity; onSplit: (() => void) | null }) {
  const { identity } = of;
  const { row } = identity;
  return (
    <li class="identity">
      <div class="row">
        <strong>{place(identity.name)}</strong>
        <span class="muted">{identity.birth_year ? t.born(identity.birth_year) : ""}</span>
        <Badge>{identity.source}</Badge>
        <span class="muted">{identity.external_id}</span>
        {identity.absent ? <Badge tone="warn">{t.identityAbsent}</Badge> : null}
      </div>
      <a href={`/imports/${row.import}`}>
        {row.line ? t.line(row.file_name, number(row.line)) : row.file_name}
      </a>{" "}
      <small class="muted">{day(row.at)} · {t.versions(identity.versions)}</small>
      <div><Why identity={identity} /></div>
      {of.onSplit ? <Button kind="quiet" onClick={of.onSplit}>{t.split}</Button> : null}
    </li>
  );
}

interface Pair {
  name: string;
  here: string;
  there: string;
}

// What tells people apart comes first.
const telling = ["last_name", "first_name", "middle_name", "suffix", "birth_year", "birth_date",
                 "street", "city", "zip5", "phone", "email"];

function pairsOf(here: VoterField[], there: VoterField[]): Pair[] {
  const other = new Map(there.map((field) => [field.name, field.value]));
  const rank = ({ name }: VoterField) => (telling.indexOf(name) + 100) % 100;
  return [...here]
    .sort((one, next) => rank(one) - rank(next))
    .map(({ name, value }) => ({
      name: words(name), here: value ?? "", there: other.get(name) ?? "" }))
    .filter((pair) => pair.here || pair.there);
}

/// Both records, field by field, before anything is done.
function SideBySide(of: { here: string; there: string }) {
  const both = useLoad(
    async (signal) => Promise.all([voterFields(of.here, signal), voterFields(of.there, signal)]),
    [of.here, of.there]);
  return (
    <Loaded load={both.load} rows={6}>
      {([here, there]) => (
        <div class="side-by-side">
          <Table caption={t.sideBySide} rows={pairsOf(here.items, there.items)}
            keyOf={(pair) => pair.name}
            columns={[
              { title: t.valueColumns.field, cell: (pair) => pair.name },
              { title: t.here, cell: (pair) => pair.here || "–" },
              { title: t.there, cell: (pair) => (pair.here === pair.there ? t.sameValue
                : <strong>{pair.there || "–"}</strong>) },
            ]} />
        </div>
      )}
    </Loaded>
  );
}

const foundMax = 8;

function Found(of: { query: string; but: string; onChoose: (row: VoterRow) => void }) {
  const { load } = useLoad((signal) => voters({ query: of.query, county: "" }, signal), [of.query]);
  return (
    <Loaded load={load} rows={3}>
      {(page) => {
        const rows = page.items.filter((row) => row.id !== of.but).slice(0, foundMax);
        if (rows.length === 0) return <p class="muted">{t.emptyTitle}</p>;
        return (
          <ul class="plain-list">
            {rows.map((row) => (
              <li key={row.id}>
                <Button kind="quiet" onClick={() => of.onChoose(row)}>
                  {[place(row.name), number(row.age), place(row.city), place(row.county)]
                    .filter((part) => part && part !== "–").join(" · ")}
                </Button>
              </li>
            ))}
          </ul>
        );
      }}
    </Loaded>
  );
}

const pauseMs = 200;  // after the last key, before the search runs

function JoinDialog(of: { voter: Voter; onDone: () => void; onClose: () => void }) {
  const [typed, setTyped] = useState(of.voter.name.last);
  const [query, setQuery] = useState(typed);
  const [chosen, setChosen] = useState<VoterRow | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setQuery(typed.trim()), pauseMs);
    return () => clearTimeout(timer);
  }, [typed]);
  const { run, busy, error } = useAction(async (other: VoterRow) => {
    await joinVoters(of.voter.id, other.id);
    of.onDone();
  });
  return (
    <Dialog title={t.joinTitle} onClose={of.onClose}>
      {chosen ? (
        <>
          <SideBySide here={of.voter.id} there={chosen.id} />
          <p>{t.joinWords}</p>
          {error ? <Failed error={error} /> : null}
          <div class="row form-end">
            <Button kind="primary" busy={busy} onClick={() => void run(chosen)}>
              {t.joinConfirm}
            </Button>
            <Button onClick={() => setChosen(null)}>{t.joinOther}</Button>
            <Button onClick={of.onClose}>{common.cancel}</Button>
          </div>
        </>
      ) : (
        <>
          <TextField label={t.query} type="search" value={typed} onInput={setTyped} autoFocus
            hint={t.queryHint} />
          {query ? <Found query={query} but={of.voter.id} onChoose={setChosen} /> : null}
          <div class="row form-end"><Button onClick={of.onClose}>{common.cancel}</Button></div>
        </>
      )}
    </Dialog>
  );
}

/// The records that are this person and why, and what makes two persons one or one two.
export function Persons(of: { voter: Voter; onChange: () => void }) {
  const who = useStore(session);
  const allowed = who.state === "in" && may(who.session.person.role, "registry_write");
  const [joining, setJoining] = useState(false);
  const [splitting, setSplitting] = useState<Identity | null>(null);
  const [splitOff, setSplitOff] = useState<string | null>(null);
  const { load, reload } = useLoad((signal) => identities(of.voter.id, signal), [of.voter.id]);
  const changed = () => {
    reload();
    of.onChange();
  };
  const { run, busy, error } = useAction(async (identity: Identity) => {
    const { voter } = await splitVoter(of.voter.id, [identity.home]);
    setSplitting(null);
    setSplitOff(voter === of.voter.id ? null : voter);
    changed();
  });
  return (
    <Panel title={t.person}>
      {splitOff ? (
        <Notice tone="good"><a href={`/voters/${splitOff}`}>{t.splitDone}</a></Notice>
      ) : null}
      <Loaded load={load} rows={2}>
        {({ items }) => (
          <ul class="plain-list">
            {items.map((one) => (
              <Record key={one.home} identity={one}
                onSplit={allowed && items.length > 1 ? () => setSplitting(one) : null} />
            ))}
          </ul>
        )}
      </Loaded>
      {allowed ? (
        <div class="row suppress"><Button onClick={() => setJoining(true)}>{t.join}</Button></div>
      ) : null}
      {joining ? (
        <JoinDialog voter={of.voter} onClose={() => setJoining(false)} onDone={() => {
          setJoining(false);
          setSplitOff(null);
          changed();
        }} />
      ) : null}
      {error && !splitting ? <Failed error={error} /> : null}
      {splitting ? (
        <Confirm title={t.splitTitle} words={t.splitWords(place(splitting.name), splitting.source)}
          confirm={t.split} busy={busy} error={error} onClose={() => setSplitting(null)}
          onConfirm={() => void run(splitting)} />
      ) : null}
    </Panel>
  );
}
