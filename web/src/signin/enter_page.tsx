import { useEffect, useRef, useState } from "preact/hooks";
import { enter } from "../api/client";
import { signedIn } from "../api/session";
import type { Session } from "../api/types";
import { useAction } from "../base/load";
import { ApiError, fieldError } from "../base/problem";
import { navigate, usePlace } from "../base/router";
import { LinkButton, Notice } from "../ui/elements";
import { Form, TextField } from "../ui/form";
import { Failed, Skeleton } from "../ui/loaded";
import { Alone } from "../ui/alone";
import { t } from "./texts";

const passwordMin = 10;

/// The link is for the first administrator when the server misses a name, email or password.
function asksSetUp(error: unknown): boolean {
  return error instanceof ApiError && ["name", "email", "password"].includes(error.where ?? "");
}

function SetUp(of: { token: string; onDone: (session: Session) => void }) {
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const { run, busy, error } = useAction(async () => {
    of.onDone(await enter({ token: of.token, name: name.trim(), email: email.trim(), password }));
  });
  return (
    <Alone title={t.setUpTitle} lead={t.setUpLead}>
      <Form onSubmit={() => void run()} submit={t.setUp} busy={busy} error={error}
        fields={["name", "email", "password"]}>
        <TextField label={t.name} value={name} onInput={setName} required autoComplete="name"
          autoFocus error={fieldError(error, "name")} />
        <TextField label={t.email} type="email" value={email} onInput={setEmail} required
          autoComplete="username" error={fieldError(error, "email")} />
        <TextField label={t.newPassword} type="password" value={password} onInput={setPassword}
          required autoComplete="new-password" error={fieldError(error, "password")}
          hint={password.length >= passwordMin ? "✓" : t.passwordHint} />
      </Form>
    </Alone>
  );
}

export function EnterPage() {
  const { query } = usePlace();
  const token = query.get("token") ?? "";
  const [error, setError] = useState<unknown>(null);
  const asked = useRef(false);
  const arrive = (session: Session) => {
    signedIn(session);
    navigate(session.person.role === "caller" ? "/call" : "/", { replace: true });
  };
  useEffect(() => {
    if (asked.current || token === "") return;
    asked.current = true;
    enter({ token }).then(arrive, setError);
  }, []);
  if (asksSetUp(error)) return <SetUp token={token} onDone={arrive} />;
  return (
    <Alone title={t.linkTitle}>
      {token === "" ? <Notice tone="bad">{t.noToken}</Notice> : null}
      {error ? <Failed error={error} /> : null}
      {token !== "" && !error ? <Skeleton rows={2} />
        : <LinkButton href="/signin">{t.toSignIn}</LinkButton>}
    </Alone>
  );
}
