import { useState } from "preact/hooks";
import { t } from "../base/texts";
import { Button } from "./elements";

/// The clipboard, also where the page came over plain http.
async function copyText(text: string): Promise<void> {
  if (navigator.clipboard && window.isSecureContext) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "unseen";
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}

export function CopyButton(of: { text: string; label: string }) {
  const [done, setDone] = useState(false);
  const copy = async () => {
    await copyText(of.text);
    setDone(true);
    setTimeout(() => setDone(false), 2_000);
  };
  return <Button onClick={() => void copy()}>{done ? t.copied : of.label}</Button>;
}
