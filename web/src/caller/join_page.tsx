import { useEffect, useState } from "preact/hooks";
import { join, joinOffer } from "../api/client";
import { session, signedIn } from "../api/session";
import { language, languages, markLanguage, speak } from "../base/language";
import { useAction, useLoad } from "../base/load";
import { fieldError, sentenceOf } from "../base/problem";
import { navigate } from "../base/router";
import { useStore } from "../base/store";
import { Alone } from "../ui/alone";
import { LinkButton, Notice } from "../ui/elements";
import { Form, TextField } from "../ui/form";
import { Skeleton } from "../ui/loaded";
import { keepJoinCode } from "./draft_shelf";
import { t } from "./texts";

const nameMax = 60;

function JoinForm(of: { code: string }) {
  const [name, setName] = useState("");
  const { run, busy, error } = useAction(async () => {
    signedIn(await join({ code: of.code, name: name.trim() }));
    keepJoinCode(of.code);
    navigate("/call");
  });
  return (
    <Form onSubmit={() => void run()} submit={t.joinSubmit} busy={busy} error={error}
      fields={["name"]}>
      <TextField label={t.firstName} value={name} onInput={setName} required autoFocus
        autoComplete="given-name" maxLength={nameMax} hint={t.firstNameHint}
        error={fieldError(error, "name")} />
    </Form>
  );
}

export function JoinPage(of: { params: Record<string, string> }) {
  const code = of.params.code ?? "";
  const other = languages.find((one) => one !== language)!;
  useEffect(markLanguage, []);
  const { load } = useLoad((signal) => joinOffer(code, signal), [code]);
  const who = useStore(session);
  const joined = who.state === "in" && who.session.person.role === "caller"
    ? who.session.person.name : null;
  if (load.state === "loading") {
    return <Alone title={t.loading}><Skeleton rows={3} /></Alone>;
  }
  if (load.state === "failed") {
    return (
      <Alone title={t.joinFailedTitle}>
        <Notice tone="bad">{sentenceOf(load.error)} {t.joinBad}</Notice>
      </Alone>
    );
  }
  return (
    <Alone title={t.joinTitle(load.data.phonebank.name)} lead={t.joinLead}>
      {load.data.open ? null : <Notice tone="warn">{t.joinClosed}</Notice>}
      {joined ? (
        <>
          <LinkButton href="/call" primary>{t.joinAs(joined)}</LinkButton>
          <p class="hint">{t.joinAsHint}</p>
        </>
      ) : null}
      <JoinForm code={code} />
      <button type="button" class="button quiet" lang={other} onClick={() => speak(other)}>
        {t.otherLanguage}
      </button>
    </Alone>
  );
}
