import { useEffect, useState } from "preact/hooks";
import { fields, voters } from "../api/client";
import type { VoterRow } from "../api/types";
import { number, place } from "../base/format";
import { useLoad } from "../base/load";
import { usePages } from "../base/pages";
import { navigate, usePlace } from "../base/router";
import { Button, Empty, Notice, PageHead, Panel } from "../ui/elements";
import { SelectField, TextField } from "../ui/form";
import { Loaded, More } from "../ui/loaded";
import { stateBadge } from "../ui/states";
import { Table } from "../ui/table";
import { AlreadyVoted } from "./already_voted";
import { NumberList } from "./number_list";
import { Survivorship } from "./survivorship";
import { t } from "./texts";

function Results(of: { query: string; county: string }) {
  const pages = usePages<VoterRow>(
    (signal, cursor) => voters({ query: of.query, county: of.county, cursor }, signal),
    [of.query, of.county]);
  return (
    <Panel flush>
      <Loaded load={pages.load} rows={8}>
        {(page) => page.items.length === 0 ? <Empty title={t.emptyTitle}>{t.empty}</Empty> : (
          <>
            {page.items[0]?.similar ? <p class="muted inset">{t.similar}</p> : null}
            <Table caption={t.results} rows={page.items} keyOf={(row) => row.id}
              href={(row) => `/voters/${row.id}`}
              columns={[
                { title: t.columns.name, cell: (row) => place(row.name) },
                { title: t.columns.age, numeric: true, cell: (row) => number(row.age) },
                { title: t.columns.party, cell: (row) => row.party ?? "–" },
                { title: t.columns.county, cell: (row) => place(row.county) },
                { title: t.columns.city, minor: true, cell: (row) => place(row.city) },
                { title: t.columns.phone, minor: true,
                  cell: (row) => (row.phone_present ? t.phoneYes : t.phoneNo) },
                { title: t.columns.status, minor: true, cell: (row) => stateBadge(row.status) },
              ]} />
            <More pages={pages} />
          </>
        )}
      </Loaded>
    </Panel>
  );
}

const pauseMs = 200;  // after the last key, before the search runs

export function VotersPage() {
  const { query: given } = usePlace();
  const [query, setQuery] = useState(given.get("query") ?? "");
  const [county, setCounty] = useState(given.get("county") ?? "");
  const counties = useLoad((signal) => fields(signal), []);
  const known = counties.load.state === "ready"
    ? counties.load.data.items.find((field) => field.name === "county")?.values ?? [] : [];
  const search = () => {
    const words = new URLSearchParams();
    if (query.trim()) words.set("query", query.trim());
    if (county) words.set("county", county);
    if (given.get("erased") && words.size === 0) words.set("erased", "1");
    const tail = words.toString();
    navigate(tail ? `/voters?${tail}` : "/voters", { replace: true });
  };
  useEffect(() => {
    const timer = setTimeout(search, pauseMs);
    return () => clearTimeout(timer);
  }, [query, county]);
  const wanted = { query: given.get("query") ?? "", county: given.get("county") ?? "" };
  return (
    <>
      <PageHead title={t.title} />
      <div class="stack">
        {given.get("erased") ? <Notice tone="good">{t.erased}</Notice> : null}
        <form class="search" role="search" onSubmit={(event) => {
          event.preventDefault();
          search();
        }}>
          <TextField label={t.query} type="search" value={query} onInput={setQuery} autoFocus
            hint={t.queryHint} />
          <SelectField label={t.county} value={county} onChange={setCounty} empty={t.anyCounty}
            options={known.map((one) => ({ value: String(one.value), title: one.title }))} />
          <Button kind="primary" submit>{t.search}</Button>
        </form>
        {wanted.query || wanted.county ? <Results {...wanted} />
          : (
            <>
              <Panel><Empty title={t.startTitle}>{t.start}</Empty></Panel>
              <NumberList />
              <AlreadyVoted />
              <Survivorship />
            </>
          )}
      </div>
    </>
  );
}
