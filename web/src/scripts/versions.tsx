import { useState } from "preact/hooks";
import { scriptVersions } from "../api/client";
import type { Script, ScriptVersion } from "../api/types";
import { moment } from "../base/format";
import { useLoad } from "../base/load";
import { Panel } from "../ui/elements";
import { SelectField } from "../ui/form";
import { Loaded } from "../ui/loaded";
import { differences, pieces } from "./difference";
import type { PassagePlace } from "./difference";
import { Preview } from "./preview";
import { t } from "./texts";

function titleOf(place: PassagePlace): string {
  const where = t.passages[place.part](place.key ?? "");
  return place.language ? t.passageIn(where, place.language) : where;
}

/// What the later version says otherwise: gone words struck out, new ones underlined.
function Difference(of: { before: Script; after: Script }) {
  const found = differences(of.before, of.after);
  if (found.length === 0) return <p class="muted">{t.sameWords}</p>;
  return (
    <dl class="difference">
      {found.map((passage) => (
        <div key={JSON.stringify(passage.place)}>
          <dt>{titleOf(passage.place)}</dt>
          <dd>
            {pieces(passage.before, passage.after).map((piece, index) => (
              piece.kind === "gone" ? <del key={index}>{piece.text}</del>
                : piece.kind === "new" ? <ins key={index}>{piece.text}</ins>
                : <span key={index}>{piece.text}</span>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Compare(of: { versions: ScriptVersion[] }) {
  const newest = of.versions[0]!.script.version;
  const [chosen, setChosen] = useState(String(of.versions[1]!.script.version));
  const [other, setOther] = useState(String(newest));
  const find = (version: string) =>
    of.versions.find((one) => String(one.script.version) === version)!.script;
  const options = of.versions.map(({ script, saved_by_name: name }) => ({
    value: String(script.version),
    title: t.versionOf(String(script.version), moment(script.saved_at), name) }));
  const [before, after] = Number(chosen) <= Number(other)
    ? [find(chosen), find(other)] : [find(other), find(chosen)];
  return (
    <div class="stack">
      <div class="form-grid">
        <SelectField label={t.versionChosen} value={chosen} onChange={setChosen}
          options={options} />
        <SelectField label={t.versionOther} value={other} onChange={setOther} options={options} />
      </div>
      <Difference before={before} after={after} />
      <details>
        <summary>{t.versionShow(chosen)}</summary>
        <Preview script={find(chosen)} title={t.versionShown(chosen)} />
      </details>
    </div>
  );
}

/// The versions that a script had, and what changed between any two. None for a script with one.
export function Versions(of: { script: Script }) {
  const { load } = useLoad((signal) => scriptVersions(of.script.id, signal),
                           [of.script.id, of.script.version]);
  if (of.script.version < 2) return null;
  return (
    <Panel title={t.versions} note={t.versionsNote}>
      <Loaded load={load}>
        {(page) => (page.items.length < 2 ? <p class="muted">{t.sameWords}</p>
          : <Compare versions={page.items} />)}
      </Loaded>
    </Panel>
  );
}
