import type { Import, ImportReport } from "../api/types";
import { number, percent, words } from "../base/format";
import { Notice, Panel } from "../ui/elements";
import { Table } from "../ui/table";
import { t } from "./texts";

const shown = (value: string | null) => value ?? t.empty_value;

function Fields(of: { report: ImportReport }) {
  return (
    <Panel title={t.reportFields} note={t.reportFieldsNote} flush>
      <Table caption={t.reportFields} rows={of.report.fields} keyOf={(row) => row.field}
        columns={[
          { title: t.fieldColumns.field, cell: (row) => words(row.field) },
          { title: t.fieldColumns.rows, numeric: true, cell: (row) => number(row.count) },
          { title: t.fieldColumns.distinct, numeric: true, cell: (row) => number(row.distinct) },
          { title: t.fieldColumns.same, minor: true,
            cell: (row) => row.same.slice(0, 3).map((one) =>
              `${shown(one.old)} → ${shown(one.new)}: ${t.times(number(one.count))}`).join("; ") },
        ]} />
    </Panel>
  );
}

function Samples(of: { report: ImportReport }) {
  return (
    <Panel title={t.reportSamples} flush>
      <Table caption={t.reportSamples} rows={of.report.samples}
        keyOf={(row) => `${row.voter} ${row.field}`} href={(row) => `/voters/${row.voter}`}
        columns={[
          { title: t.sampleColumns.id, cell: (row) => row.external_id },
          { title: t.sampleColumns.field, cell: (row) => words(row.field) },
          { title: t.sampleColumns.old, cell: (row) => shown(row.old) },
          { title: t.sampleColumns.fresh, cell: (row) => shown(row.new) },
        ]} />
    </Panel>
  );
}

function Duplicates(of: { report: ImportReport }) {
  const { in_file: inFile, in_registry: inRegistry, samples } = of.report.duplicates;
  if (inFile + inRegistry === 0) return null;
  return (
    <Panel title={t.duplicates} note={t.duplicatesNote(number(inFile), number(inRegistry))} flush>
      <Table caption={t.duplicates} rows={samples}
        keyOf={(row) => `${row.line} ${row.voter ?? ""}`}
        columns={[
          { title: t.duplicateColumns.line, numeric: true, cell: (row) => number(row.line) },
          { title: t.duplicateColumns.id, cell: (row) => row.external_id },
          { title: t.duplicateColumns.other, cell: (row) => row.voter
            ? <a href={`/voters/${row.voter}`}>{t.otherVoter}</a>
            : t.otherLine(number(row.other_line)) },
        ]} />
    </Panel>
  );
}

/// Beside equal names and births: whom identity resolution would join or ask about.
function Alike(of: { report: ImportReport }) {
  const { alike } = of.report.duplicates;
  if (!alike || alike.compared === 0) return null;
  if (alike.found === 0) {
    return <Notice tone="accent">{t.alikeNone(number(alike.compared))}</Notice>;
  }
  return (
    <Panel title={t.alike} note={t.alikeNote(number(alike.found), number(alike.compared))} flush>
      <Table caption={t.alike} rows={alike.samples}
        keyOf={(row) => String(row.line)} href={(row) => `/voters/${row.voter}`}
        columns={[
          { title: t.alikeColumns.id, cell: (row) => row.external_id },
          { title: t.alikeColumns.line, numeric: true, cell: (row) => number(row.line) },
          { title: t.alikeColumns.probability, numeric: true,
            cell: (row) => percent(row.probability) },
        ]} />
    </Panel>
  );
}

/// What a file that was only tried would change.
export function Report(of: { run: Import }) {
  const { report } = of.run;
  if (!report) return null;
  return (
    <>
      {report.parts > 1 || report.missing.length > 0 ? (
        <Notice tone={report.missing.length > 0 ? "warn" : "accent"}>
          {t.reportParts(number(report.parts))}{" "}
          {report.missing.length > 0
            ? t.reportMissing(number(report.missing.length), report.missing.join(", ")) : null}
        </Notice>
      ) : null}
      {report.absent > 0 ? (
        <Notice tone={report.absent_too_many ? "bad" : "warn"}>
          {t.reportAbsent(number(report.absent))}{" "}
          {report.absent_too_many ? t.reportTooMany : null}
        </Notice>
      ) : null}
      {report.fields.length > 0 ? <Fields report={report} />
        : <Notice tone="accent">{t.reportNone}</Notice>}
      {report.samples.length > 0 ? <Samples report={report} /> : null}
      <Duplicates report={report} />
      <Alike report={report} />
    </>
  );
}
