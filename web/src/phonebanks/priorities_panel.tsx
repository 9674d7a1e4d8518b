import { useState } from "preact/hooks";
import { fields, lists, priorities, segments, setPriorities } from "../api/client";
import type { Phonebank, Priorities, PriorityLevel, PriorityStepInput } from "../api/types";
import { moment, number } from "../base/format";
import { useAction, useLoad, useRepeat } from "../base/load";
import { t as common } from "../base/texts";
import { Dialog } from "../ui/dialog";
import { Button, Panel } from "../ui/elements";
import { Form } from "../ui/form";
import { Loaded } from "../ui/loaded";
import { Table } from "../ui/table";
import { chosenSteps } from "./priority_step";
import { StepsEditor, stepTitle } from "./priority_steps";
import { t } from "./texts";

const words = t.priorities;
const everyMs = 10_000;
const rowsMax = 6;

/// What a step's form needs to know; read when it is opened.
export const loadChoices = async (signal: AbortSignal) => {
  const [ofSegments, ofLists, ofFields] = await Promise.all(
    [segments(signal), lists(signal), fields(signal)]);
  return { segments: ofSegments.items, lists: ofLists.items, fields: ofFields.items };
};

function PrioritiesDialog(of: { bank: string; now: Priorities; onClose: () => void;
                                onSaved: (next: Priorities) => void }) {
  const choices = useLoad(loadChoices, []);
  const [steps, setSteps] = useState<PriorityStepInput[]>(() => of.now.steps.map((one) => ({
    ...(one.segment ? { segment: one.segment } : {}), ...(one.list ? { list: one.list } : {}),
    arm: one.arm, score: one.score, lowest_first: one.lowest_first })));
  const { run, busy, error } = useAction(async () => {
    of.onSaved(await setPriorities(of.bank, chosenSteps(steps)));
  });
  return (
    <Dialog title={words.title} onClose={of.onClose}>
      <Form onSubmit={() => void run()} submit={words.save} busy={busy} error={error}
        more={<Button onClick={of.onClose}>{common.cancel}</Button>}>
        <Loaded load={choices.load} rows={3}>
          {(loaded) => (
            <StepsEditor legend={words.inThisOrder} choices={loaded} steps={steps}
              onChange={setSteps} error={null} />
          )}
        </Loaded>
      </Form>
    </Dialog>
  );
}

/// "Democrats · 80–89": which place a line has.
function placeOf(now: Priorities, level: PriorityLevel): string {
  return now.steps.map((step, place) => {
    const part = level.parts[place] ?? 0;
    if (!step.score) return part === 1 ? step.name : words.not(step.name);
    const tens = 10 * (step.lowest_first ? 9 - part : part);
    return part === 0 ? words.lastTens(tens)
      : words.tens(tens, tens === 90 ? 100 : tens + 9);
  }).join(" · ");
}

/// The places that are called next; those behind them are one row.
function Places(of: { now: Priorities }) {
  const { now } = of;
  const open = now.levels.filter((level) => level.left > 0);
  const shown = open.length > rowsMax + 1 ? open.slice(0, rowsMax) : open;
  const behind = open.slice(shown.length);
  const rows = shown.map((level) => ({
    title: placeOf(now, level), lines: level.lines, left: level.left }));
  if (behind.length > 0) {
    rows.push({ title: words.behind(number(behind.length)),
                lines: behind.reduce((sum, level) => sum + level.lines, 0),
                left: behind.reduce((sum, level) => sum + level.left, 0) });
  }
  return (
    <Table caption={words.places} rows={rows} keyOf={(row) => row.title} columns={[
      { title: words.columns.place, cell: (row) => row.title },
      { title: words.columns.lines, numeric: true, cell: (row) => number(row.lines) },
      { title: words.columns.left, numeric: true, cell: (row) => number(row.left) },
    ]} />
  );
}

/// Who is called first, changed while it runs, and how far that is.
export function PrioritiesPanel(of: { bank: Phonebank; writes: boolean }) {
  const id = of.bank.id;
  const now = useLoad((signal) => priorities(id, signal), [id]);
  useRepeat(now.reload, everyMs, [id]);
  const [editing, setEditing] = useState(false);
  return (
    <Panel title={words.title} actions={of.writes
      ? <Button onClick={() => setEditing(true)}>{words.change}</Button> : null}>
      <Loaded load={now.load} rows={2}>
        {(shown) => (
          <>
            {shown.steps.length === 0 ? <p class="muted">{words.none}</p> : (
              <>
                <ol class="priority-list">
                  {shown.steps.map((step, place) => <li key={place}>{stepTitle(step)}</li>)}
                </ol>
                <Places now={shown} />
                {shown.reckoned_at
                  ? <p class="hint">{words.reckoned(moment(shown.reckoned_at))}</p> : null}
              </>
            )}
            {editing ? (
              <PrioritiesDialog bank={id} now={shown} onClose={() => setEditing(false)}
                onSaved={(next) => {
                  now.replace(next);
                  setEditing(false);
                }} />
            ) : null}
          </>
        )}
      </Loaded>
    </Panel>
  );
}
