import { questionResults, script } from "../api/client";
import { session } from "../api/session";
import type { Question } from "../api/types";
import { Bars } from "../charts/bars";
import { number, percent } from "../base/format";
import { useLoad } from "../base/load";
import { may } from "../base/roles";
import { useStore } from "../base/store";
import { Badge, LinkButton, PageHead, Panel } from "../ui/elements";
import { Loaded } from "../ui/loaded";
import { Preview } from "./preview";
import { t } from "./texts";
import { Versions } from "./versions";

function Results(of: { question: Question }) {
  const { key, text } = of.question;
  const { load } = useLoad((signal) => questionResults(key, signal), [key]);
  return (
    <Panel title={text} note={t.resultsNote}>
      <Loaded load={load}>
        {(results) => results.n === 0 ? <p class="muted">{t.noResults}</p> : (
          <>
            <Bars label={text} shares total={results.n}
              bars={results.choices.map((one) => ({
                key: String(one.choice), title: one.text, count: one.count, low: one.low,
                high: one.high, note: percent(one.share) }))} />
            <p class="hint">{t.asked(number(results.n), number(results.declined))}</p>
          </>
        )}
      </Loaded>
    </Panel>
  );
}

export function ScriptPage(of: { params: Record<string, string> }) {
  const id = of.params.id ?? "";
  const { load } = useLoad((signal) => script(id, signal), [id]);
  const who = useStore(session);
  const writes = who.state === "in" && may(who.session.person.role, "scripts_write");
  return (
    <Loaded load={load} rows={8}>
      {(one) => (
        <>
          <PageHead title={one.name} back={{ href: "/scripts", title: t.back }}>
            <Badge>{`${t.columns.version} ${one.version}`}</Badge>
            {writes ? <LinkButton href={`/scripts/${id}/edit`}>{t.edit}</LinkButton> : null}
          </PageHead>
          <div class="columns">
            <Preview script={one} />
            <div class="stack">
              {one.questions.filter((question) => question.kind !== "text").map((question) => (
                <Results key={question.key} question={question} />
              ))}
              <Versions script={one} />
            </div>
          </div>
        </>
      )}
    </Loaded>
  );
}
