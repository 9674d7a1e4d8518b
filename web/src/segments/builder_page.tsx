import { useState } from "preact/hooks";
import { fields, lists, phonebanks, removeSegment, saveSegment, segment, segmentNumbers }
  from "../api/client";
import { session } from "../api/session";
import type { Field, List, Phonebank, QuestionName, Segment } from "../api/types";
import { useAction, useLoad } from "../base/load";
import { fieldError, sentenceOf } from "../base/problem";
import { may } from "../base/roles";
import type { Permission } from "../base/roles";
import { navigate } from "../base/router";
import { useStore } from "../base/store";
import { Confirm } from "../ui/dialog";
import { Badge, Button, LinkButton, Notice, PageHead, Panel } from "../ui/elements";
import { TextField } from "../ui/form";
import { Loaded } from "../ui/loaded";
import { Tabs } from "../ui/tabs";
import { AnswersPanel } from "./answers_panel";
import { CallablePanel } from "./callable_panel";
import { Composition } from "./composition";
import { FreezeDialog } from "./freeze_dialog";
import { HistoryPanel } from "./history_panel";
import { LiveCount, MiniCount, groupable } from "./live_count";
import { MapPanel } from "./map_panel";
import { NumbersPage } from "./numbers_page";
import { usePortrait } from "./portrait";
import type { Portrayed } from "./portrait";
import { RuleEditor } from "./rule_editor";
import { groupOf, wholeRule } from "./rule_model";
import { RuleText } from "./rule_text";
import { builderFields, vocabulary } from "./vocabulary";
import { t } from "./texts";

interface Opened {
  fields: Field[];
  segment: Segment | null;
  lists: List[];
  banks: Phonebank[];
  questions: QuestionName[];
}

async function open(id: string, signal: AbortSignal): Promise<Opened> {
  const [known, saved, frozen, banks, numbers] = await Promise.all([
    fields(signal), id === "new" ? Promise.resolve(null) : segment(id, signal), lists(signal),
    phonebanks(signal), segmentNumbers(signal)]);
  const all = builderFields(known.items, { ever: t.everAnswered, consent: t.consentOf,
                                           states: t.consentStates });
  return { fields: all, segment: saved, lists: frozen.items, banks: banks.items,
           questions: numbers.questions };
}

function useBuilder(of: Opened) {
  const [saved, setSaved] = useState(of.segment);
  const [root, setRoot] = useState(() => groupOf(of.segment?.rule ?? {}));
  const [name, setName] = useState(of.segment?.name ?? "");
  const [isWrong, setWrong] = useState(false);  // the text cannot be read: nothing to save
  const rule = wholeRule(root);
  const clean = saved !== null && saved.name === name.trim() &&
    JSON.stringify(wholeRule(groupOf(saved.rule))) === JSON.stringify(rule);
  const save = useAction(async () => {
    const next = await saveSegment(saved?.id ?? null, {
      name: name.trim(), rule, ...(saved ? { version: saved.version } : {}) });
    setSaved(next);
    if (!saved) history.replaceState(null, "", `/segments/${next.id}`);
  });
  const take = (other: unknown) => {
    const next = groupOf(other);
    setRoot(next);
    return wholeRule(next);
  };
  return { saved, root, setRoot, name, setName, rule, clean, save, take, isWrong, setWrong };
}

type Built = ReturnType<typeof useBuilder>;

function SaveBar(of: { builder: Built; onFreeze: () => void }) {
  const { saved, name, setName, clean, save, isWrong } = of.builder;
  return (
    <form class="save-bar" onSubmit={(event) => {
      event.preventDefault();
      void save.run();
    }}>
      <TextField label={t.name} value={name} onInput={setName} required hint={t.nameHint}
        error={fieldError(save.error, "name")} />
      {save.error && !fieldError(save.error, "name")
        ? <Notice tone="bad">{sentenceOf(save.error)}</Notice> : null}
      <div class="row">
        <Button kind={clean ? "plain" : "primary"} submit busy={save.busy}
          disabled={clean || isWrong}>
          {clean ? t.saved : saved ? t.saveVersion : t.save}
        </Button>
        <Button kind={clean ? "primary" : "plain"} disabled={!clean} onClick={of.onFreeze}>
          {t.freeze}
        </Button>
        {saved ? <Badge>{t.version(saved.version)}</Badge> : null}
        {saved && !clean ? <span class="hint">{t.changed}</span> : null}
        {!saved ? <span class="hint">{t.freezeFirst}</span> : null}
      </div>
    </form>
  );
}

function RemoveButton(of: { segment: Segment }) {
  const [asking, setAsking] = useState(false);
  const { run, busy, error } = useAction(async () => {
    await removeSegment(of.segment.id);
    navigate("/segments");
  });
  return (
    <>
      <Button kind="quiet" onClick={() => setAsking(true)}>{t.remove}</Button>
      {error ? <Notice tone="bad">{sentenceOf(error)}</Notice> : null}
      {asking ? (
        <Confirm title={t.removeTitle} words={t.removeWords} confirm={t.remove} danger busy={busy}
          onConfirm={() => void run()} onClose={() => setAsking(false)} />
      ) : null}
    </>
  );
}

interface RuleTabOf {
  opened: Opened;
  builder: Built;
  portrayed: Portrayed;
  groupBy: string;
  onGroupBy: (by: string) => void;
  writes: boolean;
}

function RuleTab(of: RuleTabOf) {
  const { builder, opened } = of;
  const [freezing, setFreezing] = useState(false);
  const words = vocabulary({ self: builder.saved?.id ?? null, fields: opened.fields,
                             lists: opened.lists, banks: opened.banks,
                             resultTitle: t.results, bankTitle: t.banks });
  const by = groupable(opened.fields);
  const grouping = { fields: by, onChange: of.onGroupBy,
                     by: by.find((field) => field.name === of.groupBy) };
  return (
    <>
      <div class="columns wide-left">
        <div class="stack">
          <Panel>
            <RuleEditor group={builder.root} fields={opened.fields} words={words} depth={0}
              onChange={builder.setRoot} />
            <RuleText rule={builder.rule} onRule={builder.take} onProblem={builder.setWrong} />
          </Panel>
          {of.writes ? (
            <Panel><SaveBar builder={builder} onFreeze={() => setFreezing(true)} /></Panel>
          ) : null}
        </div>
        <div class="count-side"><LiveCount portrayed={of.portrayed} grouping={grouping} /></div>
      </div>
      <Composition portrayed={of.portrayed} />
      <MiniCount portrayed={of.portrayed} />
      {freezing && builder.saved ? (
        <FreezeDialog segment={builder.saved} fields={opened.fields}
          count={of.portrayed.result?.count ?? builder.saved.count}
          onClose={() => setFreezing(false)} />
      ) : null}
    </>
  );
}

function Builder(of: { opened: Opened; allows: (what: Permission) => boolean }) {
  const builder = useBuilder(of.opened);
  const [tab, setTab] = useState("rule");
  const [groupBy, setGroupBy] = useState("county");
  const whose = { rule: builder.rule };
  const portrayed = usePortrait(whose, groupBy);
  const writes = of.allows("segments_write");
  const saved = builder.saved;
  const tabs = [{ name: "rule", title: t.tabRule }, { name: "callable", title: t.tabCallable },
                { name: "map", title: t.tabMap }, { name: "answers", title: t.tabAnswers },
                ...(saved ? [{ name: "history", title: t.tabHistory }] : [])];
  return (
    <>
      <PageHead title={saved?.name ?? t.newTitle} back={{ href: "/segments", title: t.back }}>
        {saved ? <LinkButton href={`/segments/compare?a=${saved.id}`}>{t.compare}</LinkButton>
          : null}
        {saved && writes ? <RemoveButton segment={saved} /> : null}
      </PageHead>
      <Tabs label={t.views} tabs={tabs} chosen={tab} onChoose={setTab}>
        {tab === "rule" ? (
          <RuleTab opened={of.opened} builder={builder} portrayed={portrayed} groupBy={groupBy}
            onGroupBy={setGroupBy} writes={writes} />
        ) : null}
        {tab === "callable" ? <CallablePanel whose={whose} /> : null}
        {tab === "map" ? <MapPanel portrayed={portrayed} compares /> : null}
        {tab === "answers" ? <AnswersPanel whose={whose} questions={of.opened.questions} /> : null}
        {tab === "history" && saved ? (
          <HistoryPanel segment={saved} exports={of.allows("voters_export")}
            onTake={(rule) => {
              builder.take(rule);
              setTab("rule");
            }} />
        ) : null}
      </Tabs>
    </>
  );
}

function OpenBuilder(of: { id: string; allows: (what: Permission) => boolean }) {
  const { load } = useLoad((signal) => open(of.id, signal), [of.id]);
  return (
    <Loaded load={load} rows={8}>
      {(opened) => <Builder opened={opened} allows={of.allows} />}
    </Loaded>
  );
}

/// For who may see individuals the builder, for others the numbers of a saved segment.
export function BuilderPage(of: { params: Record<string, string> }) {
  const id = of.params.id ?? "new";
  const who = useStore(session);
  const role = who.state === "in" ? who.session.person.role : null;
  const allows = (what: Permission) => role !== null && may(role, what);
  if (!allows("segments_read")) return <NumbersPage id={id} />;
  return <OpenBuilder id={id} allows={allows} />;
}
