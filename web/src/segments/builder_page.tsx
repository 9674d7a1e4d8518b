import { useState } from "preact/hooks";
import { fields, removeSegment, saveSegment, segment } from "../api/client";
import type { Rule } from "../api/rule";
import { session } from "../api/session";
import type { Field, Segment } from "../api/types";
import { useAction, useLoad } from "../base/load";
import { fieldError, sentenceOf } from "../base/problem";
import { may } from "../base/roles";
import { navigate } from "../base/router";
import { useStore } from "../base/store";
import { Confirm } from "../ui/dialog";
import { Badge, Button, Notice, PageHead, Panel } from "../ui/elements";
import { TextField } from "../ui/form";
import { Loaded } from "../ui/loaded";
import { FreezeDialog } from "./freeze_dialog";
import { LiveCount, MiniCount, useCount } from "./live_count";
import { RuleEditor } from "./rule_editor";
import { groupOf, isShown, shownFields, wholeRule } from "./rule_model";
import { t } from "./texts";

interface Opened {
  fields: Field[];
  segment: Segment | null;
}

async function open(id: string, signal: AbortSignal): Promise<Opened> {
  const [known, saved] = await Promise.all([
    fields(signal), id === "new" ? Promise.resolve(null) : segment(id, signal)]);
  return { fields: known.items, segment: saved };
}

function useBuilder(of: Opened) {
  const [saved, setSaved] = useState(of.segment);
  // A rule that the builder cannot show whole stays as it was saved.
  const fixed = of.segment && !isShown(of.segment.rule, of.fields) ? of.segment : null;
  const [root, setRoot] = useState(() => groupOf(fixed ? { all: [] } : of.segment?.rule ?? {}));
  const [name, setName] = useState(of.segment?.name ?? "");
  const rule = fixed ? fixed.rule as Rule : wholeRule(root);
  const clean = saved !== null && saved.name === name.trim() && (fixed !== null ||
    JSON.stringify(wholeRule(groupOf(saved.rule))) === JSON.stringify(rule));
  const save = useAction(async () => {
    const next = await saveSegment(saved?.id ?? null, {
      name: name.trim(), rule, ...(saved ? { version: saved.version } : {}) });
    setSaved(next);
    if (!saved) history.replaceState(null, "", `/segments/${next.id}`);
  });
  return { saved, fixed, root, setRoot, name, setName, rule, clean, save };
}

function RuleText(of: { text: string }) {
  return (
    <>
      <h2>{t.asText}</h2>
      <p><code>{of.text}</code></p>
      <p class="muted">{t.asTextWhy}</p>
    </>
  );
}

function SaveBar(of: { builder: ReturnType<typeof useBuilder>; onFreeze: () => void }) {
  const { saved, name, setName, clean, save } = of.builder;
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
        <Button kind={clean ? "plain" : "primary"} submit busy={save.busy} disabled={clean}>
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

function Builder(of: { opened: Opened }) {
  const builder = useBuilder(of.opened);
  const [groupBy, setGroupBy] = useState("county");
  const counted = useCount(builder.rule, groupBy);
  const categories = of.opened.fields.filter((field) => field.kind === "category");
  const grouping = { fields: categories, onChange: setGroupBy,
                     by: categories.find((field) => field.name === groupBy) };
  const [freezing, setFreezing] = useState(false);
  const who = useStore(session);
  const writes = who.state === "in" && may(who.session.person.role, "segments_write");
  const saved = builder.saved;
  return (
    <>
      <PageHead title={saved?.name ?? t.newTitle} back={{ href: "/segments", title: t.back }}>
        {saved && writes ? <RemoveButton segment={saved} /> : null}
      </PageHead>
      <div class="columns wide-left">
        <div class="stack">
          <Panel>
            {builder.fixed ? <RuleText text={builder.fixed.text} /> : (
              <RuleEditor group={builder.root} fields={shownFields(of.opened.fields)} depth={0}
                onChange={builder.setRoot} />
            )}
          </Panel>
          {writes ? (
            <Panel><SaveBar builder={builder} onFreeze={() => setFreezing(true)} /></Panel>
          ) : null}
        </div>
        <div class="count-side"><LiveCount counted={counted} grouping={grouping} /></div>
      </div>
      <MiniCount counted={counted} />
      {freezing && saved ? (
        <FreezeDialog segment={saved} count={counted.result?.count ?? saved.count}
          onClose={() => setFreezing(false)} />
      ) : null}
    </>
  );
}

export function BuilderPage(of: { params: Record<string, string> }) {
  const id = of.params.id ?? "new";
  const { load } = useLoad((signal) => open(id, signal), [id]);
  return <Loaded load={load} rows={8}>{(opened) => <Builder opened={opened} />}</Loaded>;
}
