import { useState } from "preact/hooks";
import { bytes } from "../base/format";
import { t } from "../base/texts";

/// A file is dropped here, or chosen.
export function DropZone(of: {
  file: File | null; onFile: (file: File) => void; disabled: boolean }) {
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer?.files[0];
    if (file && !of.disabled) of.onFile(file);
  };
  return (
    <label class={`drop${over ? " over" : ""}${of.file ? " chosen" : ""}`} onDrop={drop}
      onDragOver={(event) => { event.preventDefault(); setOver(true); }}
      onDragLeave={() => setOver(false)}>
      <input type="file" class="unseen" aria-label={t.file} disabled={of.disabled}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          if (file) of.onFile(file);
        }} />
      <strong>{of.file ? t.dropChosen(of.file.name, bytes(of.file.size)) : t.drop}</strong>
      <span>{of.file ? t.chooseOther : t.choose}</span>
    </label>
  );
}
