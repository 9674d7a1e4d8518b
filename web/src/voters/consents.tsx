import { useState } from "preact/hooks";
import { consents, recordConsent } from "../api/client";
import { session } from "../api/session";
import type { Consent, ConsentChannel, ConsentPurpose, ConsentState } from "../api/types";
import { day, words } from "../base/format";
import { useAction, useLoad } from "../base/load";
import { fieldError } from "../base/problem";
import { may } from "../base/roles";
import { useStore } from "../base/store";
import { t as common } from "../base/texts";
import { Badge, Button, Panel } from "../ui/elements";
import { Dialog } from "../ui/dialog";
import { Form, SelectField, TextField } from "../ui/form";
import { Loaded } from "../ui/loaded";
import { t } from "./texts";

const purposes: ConsentPurpose[] = ["campaign", "fundraising", "volunteering", "research"];
const channels: ConsentChannel[] = ["phone", "automated_phone", "text", "email", "mail", "door"];
const states: ConsentState[] = ["given", "withdrawn"];
const options = (names: readonly string[]) =>
  names.map((name) => ({ value: name, title: words(name) }));

interface RecordOf {
  voter: string;
  onDone: () => void;
  onClose: () => void;
}

function RecordDialog(of: RecordOf) {
  const [purpose, setPurpose] = useState<ConsentPurpose>("campaign");
  const [channel, setChannel] = useState<ConsentChannel>("phone");
  const [state, setState] = useState<ConsentState>("withdrawn");
  const [source, setSource] = useState("");
  const [evidence, setEvidence] = useState("");
  const { run, busy, error } = useAction(async () => {
    await recordConsent(of.voter, { purpose, channel, state, source, evidence: evidence || null });
    of.onDone();
  });
  return (
    <Dialog title={t.consentTitle} onClose={of.onClose}>
      <Form onSubmit={() => void run()} submit={t.consentSubmit} busy={busy} error={error}
        fields={["source"]} more={<Button onClick={of.onClose}>{common.cancel}</Button>}>
        <SelectField label={t.consentState} value={state} options={options(states)}
          onChange={(one) => setState(one as ConsentState)} />
        <SelectField label={t.consentPurpose} value={purpose} options={options(purposes)}
          onChange={(one) => setPurpose(one as ConsentPurpose)} />
        <SelectField label={t.consentChannel} value={channel} options={options(channels)}
          onChange={(one) => setChannel(one as ConsentChannel)} />
        <TextField label={t.consentSource} value={source} onInput={setSource} required
          maxLength={200} hint={t.consentSourceHint} error={fieldError(error, "source")} />
        <TextField label={t.consentEvidence} value={evidence} onInput={setEvidence}
          maxLength={2000} hint={t.consentEvidenceHint} />
      </Form>
    </Dialog>
  );
}

function Word(of: { consent: Consent }) {
  const { consent } = of;
  const tone = !consent.counts ? "neutral" : consent.state === "given" ? "good" : "bad";
  return (
    <li class="row">
      <Badge tone={tone}>{words(consent.state)}</Badge>
      <span>{words(consent.purpose)}, {words(consent.channel).toLowerCase()}</span>
      <small class="muted">
        {t.from(consent.source, day(consent.at))}
        {consent.evidence ? ` · ${consent.evidence}` : ""}
        {consent.counts ? "" : ` · ${t.consentOlder}`}
      </small>
    </li>
  );
}

/// What the voter allows, and every word that was ever said on it.
export function Consents(of: { voter: string; onChange: () => void }) {
  const who = useStore(session);
  const allowed = who.state === "in" && may(who.session.person.role, "suppress");
  const [asking, setAsking] = useState(false);
  const { load, reload } = useLoad((signal) => consents(of.voter, signal), [of.voter]);
  return (
    <Panel title={t.consents}>
      <Loaded load={load} rows={2}>
        {({ items }) => items.length === 0 ? <p class="muted">{t.noConsents}</p> : (
          <ul class="plain-list">
            {items.map((one, place) => <Word key={`${one.at} ${place}`} consent={one} />)}
          </ul>
        )}
      </Loaded>
      {allowed ? (
        <div class="row suppress">
          <Button onClick={() => setAsking(true)}>{t.consentRecord}</Button>
        </div>
      ) : null}
      {asking ? (
        <RecordDialog voter={of.voter} onClose={() => setAsking(false)} onDone={() => {
          setAsking(false);
          reload();
          of.onChange();
        }} />
      ) : null}
    </Panel>
  );
}
