import type { Field } from "../api/types";
import { Button } from "../ui/elements";
import { ConditionRow, UnknownRow } from "./condition_row";
import { emptyCondition, fieldNameOf, makeGroup, makeLeaf } from "./rule_model";
import type { Group, Mode, Node } from "./rule_model";
import type { Vocabulary } from "./vocabulary";
import { t } from "./texts";

const depthMax = 6;  // of what can be added here; deeper rules are shown all the same

interface GroupOf {
  group: Group;
  fields: Field[];
  words: Vocabulary;
  depth: number;
  onChange: (group: Group) => void;
  onRemove?: () => void;
}

function ModeSelect(of: { mode: Mode; root: boolean; onChange: (mode: Mode) => void }) {
  const label = of.root ? t.groupLabel : t.innerLabel;
  const modes: Mode[] = ["all", "any", "none"];
  return (
    <label class="group-mode">
      {label}{" "}
      <select class="input" value={of.mode}
        onChange={(event) => of.onChange(event.currentTarget.value as Mode)}>
        {modes.map((mode) => (
          <option key={mode} value={mode} selected={mode === of.mode}>{t.groupModes[mode]}</option>
        ))}
      </select>
    </label>
  );
}

/// A group of conditions and groups; edits give a new tree.
export function RuleEditor(of: GroupOf) {
  const { group, fields, words } = of;
  const set = (items: Node[]) => of.onChange({ ...group, items });
  const swap = (key: number, next: Node | null) => set(group.items.flatMap(
    (item) => (item.key === key ? (next ? [next] : []) : [item])));
  const first = fields[0];
  return (
    <div class={`group${of.depth > 0 ? " inner" : ""}`} role="group"
      aria-label={t.groupName(of.depth, t.groupModes[group.mode])}>
      <div class="group-head">
        <ModeSelect mode={group.mode} root={of.depth === 0}
          onChange={(mode) => of.onChange({ ...group, mode })} />
        {of.onRemove ? (
          <button type="button" class="button quiet remove" aria-label={t.removeGroup}
            onClick={of.onRemove}>×</button>
        ) : null}
      </div>
      {group.items.length === 0 && of.depth === 0 ? <p class="muted">{t.everybody}</p> : null}
      {group.items.map((item) => {
        if (item.kind === "group") {
          return <RuleEditor key={item.key} group={item} fields={fields} words={words}
            depth={of.depth + 1} onChange={(next) => swap(item.key, next)}
            onRemove={() => swap(item.key, null)} />;
        }
        const field = fields.find((one) => one.name === fieldNameOf(item.condition));
        return field ? (
          <ConditionRow key={item.key} leaf={item} field={field} fields={fields} words={words}
            onChange={(next) => swap(item.key, next)} onRemove={() => swap(item.key, null)} />
        ) : <UnknownRow key={item.key} leaf={item} onRemove={() => swap(item.key, null)} />;
      })}
      <div class="row">
        <Button disabled={!first}
          onClick={() => first && set([...group.items, makeLeaf(emptyCondition(first))])}>
          + {t.addCondition}
        </Button>
        {of.depth < depthMax ? (
          <Button kind="quiet" onClick={() => set([...group.items, makeGroup("any")])}>
            + {t.addGroup}
          </Button>
        ) : null}
      </div>
    </div>
  );
}
