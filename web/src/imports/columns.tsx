import type { PreviewColumn, UploadPreview } from "../api/types";
import { number, words } from "../base/format";
import { Panel } from "../ui/elements";
import { type Column, Table } from "../ui/table";
import { type ColumnChoice, isDate, scoreName, wholeNames } from "./look_model";
import { t } from "./texts";

const targetTitle = (target: string) =>
  target === "" ? t.nothing
    : target in wholeNames ? t.wholeNames[target] ?? target
    : target.startsWith("score.") ? t.otherScore(target.slice(6)) : words(target);

interface Editing {
  chosen: (column: PreviewColumn) => ColumnChoice;
  choose: (column: string, chosen: ColumnChoice) => void;
}

function TargetSelect(of: { column: PreviewColumn; preview: UploadPreview; editing: Editing }) {
  const chosen = of.editing.chosen(of.column);
  const score = of.preview.kind === "scores" ? [`score.${scoreName(of.column.name)}`] : [];
  const names = of.preview.kind === "voters" ? Object.keys(wholeNames) : [];
  const known = ["", ...names, ...of.preview.targets, ...score];
  const targets = known.includes(chosen.target) ? known : [...known, chosen.target];
  return (
    <select class="input" aria-label={t.targetLabel(of.column.name)} value={chosen.target}
      onChange={(event) => of.editing.choose(of.column.name,
        { target: event.currentTarget.value, choice: "" })}>
      {targets.map((target) => (
        <option key={target} value={target} selected={target === chosen.target}>
          {targetTitle(target)}
        </option>
      ))}
    </select>
  );
}

function ChoiceSelect(of: { column: PreviewColumn; preview: UploadPreview; editing: Editing }) {
  const chosen = of.editing.chosen(of.column);
  const hasNone = chosen.target === "" || chosen.target in wholeNames;
  if (hasNone || chosen.target.startsWith("score.")) return null;
  const dates = isDate(chosen.target);
  const choices = dates ? of.preview.date_forms
    : of.preview.choices.filter((choice) => choice !== "whole");
  return (
    <select class="input" aria-label={t.choiceLabel(of.column.name)} value={chosen.choice}
      onChange={(event) => of.editing.choose(of.column.name,
        { ...chosen, choice: event.currentTarget.value })}>
      <option value="">{dates ? t.anyForm : t.whole}</option>
      {choices.map((choice) => (
        <option key={choice} value={choice} selected={choice === chosen.choice}>
          {t.takes[choice] ?? choice}
        </option>
      ))}
    </select>
  );
}

function Samples(of: { column: PreviewColumn }) {
  const { samples, null_tokens: nulls } = of.column;
  return (
    <span class="samples">
      {samples.join(" · ")}
      {nulls.length > 0 ? <em> {t.nulls(nulls.join(", "))}</em> : null}
    </span>
  );
}

/// The file's columns; with `editing` a person says what they become.
export function Columns(of: { preview: UploadPreview; editing: Editing | null }) {
  const { preview, editing } = of;
  const columns: Column<PreviewColumn>[] = [
    { title: t.columnsOf.name, cell: (row) => row.name },
    { title: t.columnsOf.target, cell: (row) => editing
      ? <TargetSelect column={row} preview={preview} editing={editing} />
      : targetTitle(row.proposal ? "" : row.target) },
    { title: t.columnsOf.type, minor: true,
      cell: (row) => [row.type || t.noType, row.format].filter(Boolean).join(" ") },
    { title: t.columnsOf.samples, cell: (row) => <Samples column={row} /> },
    { title: t.columnsOf.empty, numeric: true, minor: true, cell: (row) => number(row.empty) },
  ];
  if (editing) {
    columns.splice(2, 0, { title: t.columnsOf.choice,
      cell: (row) => <ChoiceSelect column={row} preview={preview} editing={editing} /> });
  }
  return (
    <Panel title={t.columnsTitle} note={t.columnsNote} flush>
      <Table caption={t.columnsTitle} rows={preview.columns} keyOf={(row) => row.name}
        columns={columns} />
    </Panel>
  );
}
