import { useState } from "preact/hooks";
import { moveCaller, phonebanks, releaseCaller, sendMessage } from "../api/client";
import type { Caller, Phonebank } from "../api/types";
import { useAction, useLoad } from "../base/load";
import { t as common } from "../base/texts";
import { Dialog } from "../ui/dialog";
import { Button } from "../ui/elements";
import { Form, SelectField, TextField } from "../ui/form";
import { Failed, Loaded } from "../ui/loaded";
import { t } from "./texts";

/// Words to all callers, or to one.
export function MessageDialog(of: { bank: string; caller?: Caller; onClose: () => void }) {
  const [text, setText] = useState("");
  const [minutes, setMinutes] = useState("30");
  const { run, busy, error } = useAction(async () => {
    await sendMessage(of.bank, { text: text.trim(), minutes: Number(minutes),
                                 ...(of.caller ? { person: of.caller.id } : {}) });
    of.onClose();
  });
  return (
    <Dialog title={of.caller ? t.messageTo(of.caller.name) : t.messageAll} onClose={of.onClose}>
      <Form onSubmit={() => void run()} submit={t.messageSend} busy={busy} error={error}
        more={<Button onClick={of.onClose}>{common.cancel}</Button>}>
        <TextField label={t.messageText} value={text} onInput={setText} required maxLength={500}
          hint={t.messageHint} />
        <TextField label={t.messageMinutes} type="number" min={1} max={1440} value={minutes}
          onInput={setMinutes} required />
      </Form>
    </Dialog>
  );
}

function Move(of: { bank: Phonebank; caller: Caller; onDone: () => void }) {
  const { load } = useLoad((signal) => phonebanks(signal), []);
  const [to, setTo] = useState("");
  const { run, busy, error } = useAction(async () => {
    await moveCaller(of.bank.id, of.caller.id, to);
    of.onDone();
  });
  return (
    <Loaded load={load}>
      {(page) => (
        <Form onSubmit={() => void run()} submit={t.move} busy={busy} error={error}>
          <SelectField label={t.moveTo} value={to} onChange={setTo} empty={t.choose} required
            options={page.items.filter((one) => one.id !== of.bank.id && one.state !== "closed")
              .map((one) => ({ value: one.id, title: one.name }))} />
        </Form>
      )}
    </Loaded>
  );
}

/// What a lead can do for one caller.
export function CallerDialog(of: { bank: Phonebank; caller: Caller; onClose: () => void }) {
  const [writing, setWriting] = useState(false);
  const { run, busy, error } = useAction(async () => {
    await releaseCaller(of.bank.id, of.caller.id);
    of.onClose();
  });
  if (writing) {
    return <MessageDialog bank={of.bank.id} caller={of.caller} onClose={of.onClose} />;
  }
  return (
    <Dialog title={of.caller.name} onClose={of.onClose}>
      <div class="stack">
        <div class="row">
          <Button onClick={() => setWriting(true)}>{t.messageTo(of.caller.name)}</Button>
          <Button busy={busy} disabled={of.caller.state !== "on_call"}
            onClick={() => void run()}>{t.release}</Button>
        </div>
        <p class="hint">{t.releaseHint}</p>
        <Move bank={of.bank} caller={of.caller} onDone={of.onClose} />
        {error ? <Failed error={error} /> : null}
        <div class="row form-end"><Button onClick={of.onClose}>{common.cancel}</Button></div>
      </div>
    </Dialog>
  );
}
