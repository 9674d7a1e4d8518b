import { useState } from "preact/hooks";
import { addPerson } from "../api/client";
import { useAction } from "../base/load";
import { fieldError } from "../base/problem";
import { roleTitles } from "../base/roles";
import type { Role } from "../base/roles";
import { t as common } from "../base/texts";
import { Dialog } from "../ui/dialog";
import { Button } from "../ui/elements";
import { Form, SelectField, TextField } from "../ui/form";
import { t } from "./texts";

export const staffRoles: Role[] = ["phonebank_lead", "data_director", "analyst",
  "administrator"];

export function AddDialog(of: { onClose: () => void; onAdded: () => void }) {
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("phonebank_lead");
  const [password, setPassword] = useState("");
  const { run, busy, error } = useAction(async () => {
    await addPerson({ name: name.trim(), email: email.trim(), role, password });
    of.onAdded();
  });
  return (
    <Dialog title={t.addTitle} onClose={of.onClose}>
      <Form onSubmit={() => void run()} submit={t.submit} busy={busy} error={error}
        fields={["name", "email", "password"]}
        more={<Button onClick={of.onClose}>{common.cancel}</Button>}>
        <TextField label={t.name} value={name} onInput={setName} required autoFocus
          autoComplete="off" error={fieldError(error, "name")} />
        <TextField label={t.email} type="email" value={email} onInput={setEmail} required
          autoComplete="off" error={fieldError(error, "email")} />
        <SelectField label={t.role} value={role} onChange={(one) => setRole(one as Role)}
          options={staffRoles.map((one) => ({ value: one, title: roleTitles[one] }))} />
        <TextField label={t.password} type="password" value={password} onInput={setPassword}
          required autoComplete="new-password" hint={t.passwordHint}
          error={fieldError(error, "password")} />
      </Form>
    </Dialog>
  );
}
