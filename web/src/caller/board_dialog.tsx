import { board, showOnBoard } from "../api/client";
import { number } from "../base/format";
import { useAction, useLoad } from "../base/load";
import { Dialog } from "../ui/dialog";
import { Button } from "../ui/elements";
import { Failed, Loaded } from "../ui/loaded";
import { Table } from "../ui/table";
import { t } from "./texts";

/// Callers who want to be seen, by conversations. Nobody is on it who has not asked to be.
export function BoardDialog(of: { onClose: () => void }) {
  const { load, replace } = useLoad((signal) => board(signal), []);
  const { run, error } = useAction(
    async (shown: boolean) => replace(await showOnBoard(shown)));
  return (
    <Dialog title={t.board} onClose={of.onClose}>
      <p class="hint">{t.boardWords}</p>
      <Loaded load={load}>
        {(shown) => (
          <div class="stack">
            <div class="board">
              <Table caption={t.board} rows={shown.entries} keyOf={(row) => row.name} columns={[
                { title: t.boardName, cell: (row) => (
                  row.own ? <strong>{row.name} ({t.you})</strong> : row.name) },
                { title: t.talks, numeric: true, cell: (row) => number(row.conversations) },
              ]} />
            </div>
            <label class="check">
              <input type="checkbox" checked={shown.shown}
                onChange={(event) => {
                  const next = event.currentTarget.checked;
                  replace({ ...shown, shown: next });  // at once; the server's word replaces it
                  void run(next);
                }} />
              {t.boardShow}
            </label>
          </div>
        )}
      </Loaded>
      {error ? <Failed error={error} /> : null}
      <div class="row form-end"><Button large onClick={of.onClose}>{t.back}</Button></div>
    </Dialog>
  );
}
