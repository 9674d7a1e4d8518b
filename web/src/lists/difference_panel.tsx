import { useState } from "preact/hooks";
import { compareLists, renewList } from "../api/client";
import type { List, ListDifference, ListDifferenceLine } from "../api/types";
import { moment, number } from "../base/format";
import { useAction, useLoad } from "../base/load";
import { fieldError } from "../base/problem";
import { navigate } from "../base/router";
import { t as common } from "../base/texts";
import { Dialog } from "../ui/dialog";
import { Button, Panel, Stat, Stats } from "../ui/elements";
import { Form, SelectField, TextField } from "../ui/form";
import { Loaded } from "../ui/loaded";
import { Table } from "../ui/table";
import { t } from "./texts";

const linesShown = 50;

function Lines(of: { lines: ListDifferenceLine[]; more: boolean }) {
  if (of.lines.length === 0) return null;
  return (
    <details>
      <summary>{t.whoChanged}</summary>
      <Table caption={t.whoChanged} rows={of.lines} keyOf={(row) => row.id}
        href={(row) => `/voters/${row.id}`}
        columns={[
          { title: t.voter, cell: (row) => row.id },
          { title: t.way, cell: (row) => (row.joined ? t.joined : t.left) },
          { title: t.arm, minor: true, cell: (row) => t.armTitles[row.arm] ?? row.arm },
          { title: t.why, cell: (row) => t.reasons[row.reason] },
        ]} />
      {of.more ? <p class="hint">{t.firstLines(linesShown)}</p> : null}
    </details>
  );
}

function Found(of: { found: ListDifference; opens: boolean }) {
  const { found } = of;
  return (
    <div class="stack">
      <Stats>
        <Stat title={t.stayed} value={number(found.stayed)}
          note={found.changed_arm > 0 ? t.changedArm(number(found.changed_arm)) : null} />
        <Stat title={t.joined} value={number(found.joined)} />
        <Stat title={t.left} value={number(found.left)} />
      </Stats>
      {found.reasons.length > 0 ? (
        <Table caption={t.reasonsTitle} rows={found.reasons} keyOf={(row) => row.reason}
          columns={[
            { title: t.reasonsTitle, cell: (row) => t.reasons[row.reason] },
            { title: t.size, numeric: true, cell: (row) => number(row.count) },
          ]} />
      ) : null}
      {of.opens ? <Lines lines={found.items} more={found.next !== null} /> : null}
    </div>
  );
}

/// Who joined and who left between an older list and this one, and why.
export function DifferencePanel(of: { list: List; others: List[]; opens: boolean }) {
  const older = of.others.filter((one) => one.id !== of.list.id &&
    one.created_at < of.list.created_at);
  const same = older.find((one) => one.segment === of.list.segment && one.segment !== null);
  const [chosen, setChosen] = useState((same ?? older[0])?.id ?? "");
  const { load } = useLoad(
    (signal) => (chosen === "" ? Promise.resolve(null)
      : compareLists(of.list.id, { older: chosen, limit: linesShown }, signal)),
    [of.list.id, chosen]);
  return (
    <Panel title={t.differenceTitle}>
      {older.length === 0 ? <p class="muted">{t.noOlder}</p> : (
        <div class="stack">
          <SelectField label={t.olderList} value={chosen} onChange={setChosen}
            options={older.map((one) => ({
              value: one.id, title: `${one.name} · ${moment(one.created_at)}` }))} />
          <Loaded load={load} rows={3}>
            {(found) => (found ? <Found found={found} opens={of.opens} /> : null)}
          </Loaded>
        </div>
      )}
    </Panel>
  );
}

/// Freezes the list's segment again, drawn in the same way.
export function RenewButton(of: { list: List }) {
  const [asking, setAsking] = useState(false);
  const [name, setName] = useState(of.list.name);
  const { run, busy, error } = useAction(async () => {
    const next = await renewList(of.list.id, name.trim());
    navigate(`/lists/${next.id}`);
  });
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t.renew}</Button>
      {asking ? (
        <Dialog title={t.renew} onClose={() => setAsking(false)}>
          <p class="muted">{t.renewWords}</p>
          <Form onSubmit={() => void run()} submit={t.renewSubmit} busy={busy} error={error}
            fields={["name"]}
            more={<Button onClick={() => setAsking(false)}>{common.cancel}</Button>}>
            <TextField label={t.newName} value={name} onInput={setName} required autoFocus
              error={fieldError(error, "name")} />
          </Form>
        </Dialog>
      ) : null}
    </>
  );
}
