import type { Voter } from "../api/types";
import { dispositionTitle } from "../base/dispositions";
import { moment, number } from "../base/format";
import { Badge, Facts, Panel } from "../ui/elements";
import { t } from "./texts";

/// What calls came to, and what the voter said.
export function Calls(of: { voter: Voter }) {
  const { attempts, answers } = of.voter;
  return (
    <Panel title={t.calls}>
      {attempts.length === 0 && answers.length === 0 ? <p class="muted">{t.noCalls}</p> : null}
      {answers.length > 0 ? (
        <>
          <h3 class="sub">{t.latest}</h3>
          <Facts rows={answers.map((one) => [
            one.question, <>{one.answer} <small class="muted">{moment(one.at)}</small></>])} />
        </>
      ) : null}
      <ul class="attempts">
        {attempts.map((attempt) => (
          <li key={attempt.at}>
            <div class="row">
              <strong>{moment(attempt.at)}</strong>
              <Badge tone={attempt.disposition === "reached" ? "good" : "neutral"}>
                {dispositionTitle(attempt.disposition)}
              </Badge>
              <span class="muted">{t.by(attempt.caller, attempt.phonebank)}</span>
            </div>
            {attempt.answers.map((one) => (
              <p key={one.question}><span class="muted">{one.question}</span> {one.answer}</p>
            ))}
            {attempt.note ? <p class="note">{attempt.note}</p> : null}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

export function Provenance(of: { voter: Voter }) {
  const rows = of.voter.provenance;
  return (
    <Panel title={t.provenance}>
      {rows.length === 0 ? <p class="muted">{t.noProvenance}</p> : null}
      <ul class="sources">
        {rows.map((row) => (
          <li key={`${row.import} ${row.line}`}>
            <p>
              <a href={`/imports/${row.import}`}>{t.line(row.file_name, number(row.line))}</a>{" "}
              <span class="muted">{row.source} · {row.external_id} · {moment(row.at)}</span>
            </p>
            {row.raw === null ? null : (
              <details>
                <summary>{t.row}</summary>
                <pre class="raw-row">{row.raw}</pre>
              </details>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
