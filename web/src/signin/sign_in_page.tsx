import { useEffect, useState } from "preact/hooks";
import { signIn } from "../api/client";
import { session, signedIn } from "../api/session";
import { useAction } from "../base/load";
import { navigate, usePlace } from "../base/router";
import { useStore } from "../base/store";
import { Form, TextField } from "../ui/form";
import { fieldError } from "../base/problem";
import { Alone } from "../ui/alone";
import { t } from "./texts";

/// Only a path of ours: never another site's address.
function safeNext(next: string | null): string {
  return next && /^\/[^/\\]/.test(next) ? next : "/";
}

export function SignInPage() {
  const { query } = usePlace();
  const who = useStore(session);
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const { run, busy, error } = useAction(async () => {
    // A blank behind a pasted address has locked out many.
    signedIn(await signIn({ email: email.trim(), password }));
  });
  useEffect(() => {
    if (who.state === "in") navigate(safeNext(query.get("next")), { replace: true });
  }, [who.state]);
  return (
    <Alone title={t.title} lead={t.lead}>
      <Form onSubmit={() => void run()} submit={t.submit} busy={busy} error={error}
        fields={["email", "password"]}>
        <TextField label={t.email} type="email" value={email} onInput={setEmail} required
          autoComplete="username" autoFocus error={fieldError(error, "email")} />
        <TextField label={t.password} type="password" value={password} onInput={setPassword}
          required autoComplete="current-password" hint={t.hint}
          error={fieldError(error, "password")} />
      </Form>
    </Alone>
  );
}
