import { useState } from "preact/hooks";
import { layouts, previewUpload, startImport } from "../api/client";
import type { ColumnMapping, Layout, PreviewColumn, UploadPreview } from "../api/types";
import { number, percent, words } from "../base/format";
import { useAction, useLoad } from "../base/load";
import { sentenceOf } from "../base/problem";
import { navigate } from "../base/router";
import { Button, Facts, LinkButton, Notice, Panel } from "../ui/elements";
import { SelectField, TextField } from "../ui/form";
import { Failed, Loaded, Skeleton } from "../ui/loaded";
import { Columns } from "./columns";
import { type Choices, type ColumnChoice, type Fixed, mappingOf } from "./look_model";
import { t } from "./texts";

const mapped = ["generic", "scores"];

function Recognised(of: { preview: UploadPreview }) {
  const { preview } = of;
  const best = preview.guesses.find((one) => one.layout === preview.layout);
  const others = preview.guesses.filter((one) => one !== best);
  return (
    <>
      {best ? <p>{t.lookFound(preview.title, best.why)}</p> : null}
      {others.length > 0 ? (
        <p class="muted">
          {t.lookOthers}: {others.map((one) => `${one.layout} (${percent(one.fit, 0)})`).join(", ")}
        </p>
      ) : null}
      <Facts rows={[
        [t.lookFacts.rows, t.lookOf(number(preview.rows_taken), number(preview.rows))],
        [t.lookFacts.delimiter, t.delimiters[preview.delimiter] ?? preview.delimiter],
        [t.lookFacts.encoding, preview.encoding],
        [t.lookFacts.source, preview.source],
        [t.lookFacts.parts, preview.parts.slice(0, 5).join(", ")],
        ...(preview.missing.length > 0
          ? [[t.lookFacts.missing, preview.missing.join(", ")] as [string, string]] : []),
      ]} />
    </>
  );
}

function Results(of: { preview: UploadPreview }) {
  const { results, problems } = of.preview;
  return (
    <>
      {results.length > 0 ? (
        <Panel title={t.resultsTitle}>
          <ul class="results">
            {results.map((row) => (
              <li key={row.line}>
                <h3>{t.resultsLine(number(row.line))}</h3>
                <dl>
                  {row.values.map((one) => (
                    <div key={one.field}><dt>{words(one.field)}</dt><dd>{one.value}</dd></div>
                  ))}
                </dl>
              </li>
            ))}
          </ul>
        </Panel>
      ) : null}
      {problems.length > 0 ? (
        <Panel title={t.problemsTitle}>
          <ul class="warnings">
            {problems.map((one) => (
              <li key={one.line}>
                {t.resultsLine(number(one.line))}: {one.column ? `${one.column}: ` : ""}{one.reason}
              </li>
            ))}
          </ul>
        </Panel>
      ) : null}
    </>
  );
}

function BlankKeeps(of: {
  fields: string[]; kept: string[]; onChange: (kept: string[]) => void }) {
  if (of.fields.length === 0) return null;
  return (
    <details class="blanks">
      <summary>{t.blankTitle}</summary>
      <fieldset>
        <legend>{t.blankHint}</legend>
        {of.fields.map((name) => (
          <label key={name}>
            <input type="checkbox" checked={of.kept.includes(name)}
              onChange={(event) => of.onChange(event.currentTarget.checked
                ? [...of.kept, name] : of.kept.filter((one) => one !== name))} />
            {" "}{words(name)}
          </label>
        ))}
      </fieldset>
    </details>
  );
}

/// How the file is read, and whose ids it has.
function ReadAs(of: {
  preview: UploadPreview; layouts: Layout[]; layout: string; onLayout: (name: string) => void;
  fixed: Fixed; onFixed: (fixed: Fixed) => void }) {
  const { preview, fixed } = of;
  return (
    <>
      <SelectField label={t.lookAs} value={of.layout} onChange={of.onLayout}
        options={[{ value: "auto", title: t.lookBest },
                  ...of.layouts.map((one) => ({ value: one.name, title: one.title }))]} />
      {mapped.includes(preview.layout) ? (
        <>
          <TextField label={t.lookSource} value={fixed.source} placeholder={preview.source}
            onInput={(source) => of.onFixed({ ...fixed, source })} hint={t.lookSourceHint}
            maxLength={40} />
          {preview.kind === "voters" ? (
            <TextField label={t.lookState} value={fixed.state} maxLength={2}
              onInput={(state) => of.onFixed({ ...fixed, state })} hint={t.lookStateHint} />
          ) : null}
        </>
      ) : <div><Button onClick={() => of.onLayout("generic")}>{t.byHand}</Button></div>}
    </>
  );
}

function Begin(of: { upload: string; preview: UploadPreview; mapping: ColumnMapping[] }) {
  const { preview } = of;
  const [kept, setKept] = useState<string[]>([]);
  const [absentMax, setAbsentMax] = useState("10");
  const { run, busy, error } = useAction(async (dry: boolean) => {
    const started = await startImport({
      upload: of.upload, layout: preview.layout, mapping: of.mapping, dry_run: dry,
      blank_keeps: kept, absent_share_max: Number(absentMax) / 100 });
    navigate(`/imports/${started.id}${started.repeat ? "?repeat=1" : ""}`);
  });
  return (
    <Panel title={t.newTitle}>
      <div class="stack">
        <BlankKeeps fields={preview.blank_fields} kept={kept} onChange={setKept} />
        {preview.kind === "voters" ? (
          <TextField label={t.absentMax} type="number" min={0} max={100} value={absentMax}
            onInput={setAbsentMax} hint={t.absentHint} />
        ) : null}
        {error ? <Notice tone="bad">{sentenceOf(error)}</Notice> : null}
        <div class="row">
          <Button kind="primary" busy={busy} disabled={!!preview.refusal}
            onClick={() => void run(true)}>{t.tryFirst}</Button>
          <Button disabled={busy || !!preview.refusal} onClick={() => void run(false)}>
            {t.importNow}
          </Button>
          <LinkButton href="/imports">{t.lookAgain}</LinkButton>
        </div>
      </div>
    </Panel>
  );
}

const nothingFixed: Fixed = { source: "", state: "" };

/// The file as the server reads it with what a person has chosen; the last answer stays while the
/// next one is on its way.
function usePreview(upload: string, layout: string, choices: Choices, fixed: Fixed) {
  const [first, setFirst] = useState<PreviewColumn[]>([]);
  const [shown, setShown] = useState<UploadPreview | null>(null);
  const [guesses, setGuesses] = useState<UploadPreview["guesses"]>([]);
  const mapping = mappingOf(first, choices, fixed);
  const { load } = useLoad(async (signal) => {
    const preview = await previewUpload(upload, { layout, mapping }, signal);
    if (mapping.length === 0) setFirst(preview.columns);
    if (preview.guesses.length > 0) setGuesses(preview.guesses);
    setShown(preview);
    return preview;
  }, [upload, layout, JSON.stringify(mapping)]);
  const failed = load.state === "failed" ? load.error : null;
  return { preview: shown && { ...shown, guesses }, mapping, failed };
}

/// What the page knows of the file, and what a person has chosen.
function Choose(of: { upload: string; layouts: Layout[] }) {
  const [layout, setLayout] = useState("auto");
  const [choices, setChoices] = useState<Choices>({});
  const [fixed, setFixed] = useState(nothingFixed);
  const { preview, mapping, failed } = usePreview(of.upload, layout, choices, fixed);
  if (!preview) return failed ? <Failed error={failed} /> : <Skeleton />;
  const readAs = (name: string) => {
    setLayout(name);
    setChoices({});
    setFixed(nothingFixed);
  };
  const chosen = (column: PreviewColumn): ColumnChoice => choices[column.name] ??
    { target: column.proposal ? "" : column.target, choice: column.choice };
  const choose = (name: string, now: ColumnChoice) => {
    setLayout(preview.layout);
    setChoices({ ...choices, [name]: now });
  };
  const editing = mapped.includes(preview.layout) ? { chosen, choose } : null;
  return (
    <div class="stack">
      <Panel title={`${t.lookTitle}: ${preview.file_name}`}>
        <div class="stack">
          <Recognised preview={preview} />
          <ReadAs preview={preview} layouts={of.layouts} layout={layout} onLayout={readAs}
            fixed={fixed} onFixed={setFixed} />
          {failed ? <Failed error={failed} /> : null}
          {preview.refusal
            ? <Notice tone="warn" title={t.lookRefused}>{preview.refusal}</Notice> : null}
        </div>
      </Panel>
      <Columns preview={preview} editing={editing} />
      <Results preview={preview} />
      <Begin upload={of.upload} preview={preview} mapping={mapping} />
    </div>
  );
}

/// An uploaded file before it is imported.
export function Look(of: { upload: string }) {
  const { load } = useLoad((signal) => layouts(signal), []);
  return (
    <Loaded load={load} rows={6}>
      {(page) => <Choose key={of.upload} upload={of.upload} layouts={page.items} />}
    </Loaded>
  );
}
