import { useState } from "preact/hooks";
import { freezeList } from "../api/client";
import type { Segment } from "../api/types";
import { number } from "../base/format";
import { useAction } from "../base/load";
import { fieldError } from "../base/problem";
import { navigate } from "../base/router";
import { t as common } from "../base/texts";
import { Dialog } from "../ui/dialog";
import { Button } from "../ui/elements";
import { Form, TextField } from "../ui/form";
import { t } from "./texts";

export function FreezeDialog(of: { segment: Segment; count: number; onClose: () => void }) {
  const [name, setName] = useState(of.segment.name);
  const [size, setSize] = useState("");
  const [holdout, setHoldout] = useState("10");
  const { run, busy, error } = useAction(async () => {
    const list = await freezeList({
      name: name.trim(), segment: of.segment.id, holdout_percent: Number(holdout),
      ...(size === "" ? {} : { size_max: Number(size) }) });
    navigate(`/lists/${list.id}`);
  });
  return (
    <Dialog title={t.freezeTitle} onClose={of.onClose}>
      <p class="muted">{t.freezeWords(number(of.count))}</p>
      <Form onSubmit={() => void run()} submit={t.freezeSubmit} busy={busy} error={error}
        fields={["name", "size_max", "holdout_percent"]}
        more={<Button onClick={of.onClose}>{common.cancel}</Button>}>
        <TextField label={t.listName} value={name} onInput={setName} required autoFocus
          error={fieldError(error, "name")} />
        <TextField label={t.sizeMax} type="number" min={1} value={size} onInput={setSize}
          hint={t.sizeHint} error={fieldError(error, "size_max")} />
        <TextField label={t.holdout} type="number" min={0} max={90} value={holdout} required
          onInput={setHoldout} hint={t.holdoutHint}
          error={fieldError(error, "holdout_percent")} />
      </Form>
    </Dialog>
  );
}
