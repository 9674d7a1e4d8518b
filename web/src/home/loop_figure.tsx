import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Home } from "../api/types";
import { Interval } from "../charts/interval";
import { count, decimal, moment, number, percent } from "../base/format";
import { Rolling } from "../ui/rolling";
import { t } from "./texts";

interface StationOf {
  area: string;
  title: string;
  href?: string;
  value: ComponentChildren;
  unit: ComponentChildren;
  note?: ComponentChildren;
  children?: ComponentChildren;
}

function Station(of: StationOf) {
  return (
    <li class={`station at-${of.area}`}>
      <h2>{of.href ? <a href={of.href}>{of.title}</a> : of.title}</h2>
      <p class="station-value">{of.value}</p>
      <p class="station-unit">{of.unit}</p>
      {of.children}
      {of.note ? <p class="station-note">{of.note}</p> : null}
    </li>
  );
}

interface WayOf {
  area: string;
  words?: string;
  loops?: boolean;  // part of the closed loop
  moving?: boolean;  // a dot runs along it
  faint?: boolean;
}

/// A line with an arrow between two stations.
function Way(of: WayOf) {
  return (
    <li aria-hidden="true" class={`way at-${of.area}${of.loops ? " loops" : ""}` +
      `${of.faint ? " faint" : ""}${of.moving ? " moving" : ""}`}>
      <i />{of.words ? <span>{of.words}</span> : null}
    </li>
  );
}

/// True for a while after the feed moved on.
function useMoving(position: number): boolean {
  const [moving, setMoving] = useState(false);
  const [first] = useState(position);
  useEffect(() => {
    if (position === first) return undefined;
    setMoving(true);
    const timer = setTimeout(() => setMoving(false), 4_000);
    return () => clearTimeout(timer);
  }, [position]);
  return moving;
}

function Support(of: { support: Home["support"] }) {
  const support = of.support;
  return (
    <Station area="support" title={t.support} href="/phonebanks"
      value={support
        ? <>{decimal(support.share * 100, 1)}<small>%</small></> : <span class="nothing">–</span>}
      unit={support
        ? t.supportNote(percent(support.low), percent(support.high), number(support.n))
        : t.supportNone}>
      {support ? <Interval label={t.support} {...support} /> : null}
    </Station>
  );
}

function Archive(of: { archive: Home["archive"] }) {
  const archive = of.archive;
  return (
    <Station area="archive" title={t.archive}
      value={archive ? <Rolling value={archive.rows} /> : <span class="nothing">–</span>}
      unit={!archive ? t.archiveNone : archive.verified ? t.archiveVerified : t.archiveWritten}
      note={archive ? moment(archive.at) : t.archiveHow} />
  );
}

/// registry → segments → lists → calls → answers → support, and from there back to the segments.
export function LoopFigure(of: { home: Home }) {
  const home = of.home;
  const moving = useMoving(home.position);
  const largest = Math.max(0, ...home.segments.map((segment) => segment.count));
  const callers = home.phonebanks.reduce((sum, bank) => sum + bank.callers_active, 0);
  return (
    <ol class="loop" aria-label={t.loop}>
      <Station area="registry" title={t.registry} href="/voters"
        value={<Rolling value={home.voters} />} unit={t.registryUnit}
        note={t.registryNote(number(home.households), number(home.with_phone))} />
      <Way area="w1" />
      <Station area="segments" title={t.segments} href="/segments"
        value={<Rolling value={home.segments.length} />} unit={t.segmentsUnit(home.segments.length)}
        note={largest > 0 ? t.segmentsNote(number(largest)) : null} />
      <Way area="w2" loops moving={moving} />
      <Station area="lists" title={t.lists} href="/lists"
        value={<Rolling value={home.lists} />} unit={t.listsUnit(home.lists)}
        note={t.listsNote} />
      <Way area="w3" loops moving={moving} />
      <Station area="calls" title={t.calls} href="/phonebanks"
        value={<Rolling value={home.calls} />} unit={t.callsUnit}
        note={t.callsNote(number(home.calls_last_hour), count(callers, t.oneCaller))} />
      <Way area="w4" loops moving={moving} />
      <Station area="answers" title={t.answers} href="/phonebanks"
        value={<Rolling value={home.answers} />} unit={t.answersUnit}
        note={t.answersNote(number(home.conversations))} />
      <Way area="w5" loops moving={moving} />
      <Support support={home.support} />
      <Way area="w6" loops moving={moving} words={t.feedsBack} />
      <Way area="w7" faint />
      <Archive archive={home.archive} />
      <Way area="w8" faint words={t.sealed} />
    </ol>
  );
}
