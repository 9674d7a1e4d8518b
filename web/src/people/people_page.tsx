import { useState } from "preact/hooks";
import { changePerson, people, signInLink } from "../api/client";
import { session } from "../api/session";
import type { Person, SignInLink } from "../api/types";
import { moment } from "../base/format";
import { useAction } from "../base/load";
import { usePages } from "../base/pages";
import { roleTitles } from "../base/roles";
import type { Role } from "../base/roles";
import { useStore } from "../base/store";
import { CopyButton } from "../ui/copy";
import { Confirm, Dialog } from "../ui/dialog";
import { Badge, Button, Empty, PageHead, Panel } from "../ui/elements";
import { Failed, Loaded, More } from "../ui/loaded";
import { Table } from "../ui/table";
import { AddDialog, staffRoles } from "./add_dialog";
import { t } from "./texts";

function LinkDialog(of: { person: Person; link: SignInLink; onClose: () => void }) {
  return (
    <Dialog title={t.linkTitle(of.person.name)} onClose={of.onClose}>
      <p class="muted">{t.linkWords(moment(of.link.expires_at))}</p>
      <code class="link-text">{of.link.url}</code>
      <div class="row"><CopyButton text={of.link.url} label={t.copyLink} /></div>
    </Dialog>
  );
}

function RoleSelect(of: { person: Person; disabled: boolean; onChange: (role: Role) => void }) {
  const role = of.person.role;
  if (role === "caller") return <>{roleTitles.caller}</>;
  return (
    <select class="input" aria-label={t.roleOf(of.person.name)} value={role}
      disabled={of.disabled}
      onChange={(event) => of.onChange(event.currentTarget.value as Role)}>
      {staffRoles.map((one) => (
        <option key={one} value={one} selected={one === role}>{roleTitles[one]}</option>
      ))}
    </select>
  );
}

function PeopleTable(of: { rows: Person[]; onChange: () => void }) {
  const who = useStore(session);
  const me = who.state === "in" ? who.session.person.id : "";
  const [link, setLink] = useState<{ person: Person; link: SignInLink } | null>(null);
  const [disabling, setDisabling] = useState<Person | null>(null);
  const { run, busy, error } = useAction(async (work: () => Promise<unknown>) => {
    await work();
    setDisabling(null);
    of.onChange();
  });
  const change = (person: Person, to: { role?: Role; disabled?: boolean }) =>
    void run(() => changePerson(person.id, to));
  const actions = (person: Person) => (
    <div class="row">
      <Button kind="quiet" onClick={() => void run(async () =>
        setLink({ person, link: await signInLink(person.id) }))}>{t.link}</Button>
      {person.id === me ? null : person.disabled
        ? (
          <Button kind="quiet" onClick={() => change(person, { disabled: false })}>
            {t.enable}
          </Button>
        )
        : <Button kind="quiet" onClick={() => setDisabling(person)}>{t.disable}</Button>}
    </div>
  );
  return (
    <>
      {error ? <Failed error={error} /> : null}
      <Table caption={t.title} rows={of.rows} keyOf={(row) => row.id} columns={[
        { title: t.columns.name,
          cell: (row) => <>{row.name} {row.id === me ? <Badge>{t.you}</Badge> : null}</> },
        { title: t.columns.email, minor: true, cell: (row) => row.email ?? "–" },
        { title: t.columns.role,
          cell: (row) => <RoleSelect person={row} disabled={row.id === me || busy}
            onChange={(role) => change(row, { role })} /> },
        { title: t.columns.state, minor: true,
          cell: (row) => row.disabled ? <Badge tone="bad">{t.disabled}</Badge>
            : <Badge tone="good">{t.active}</Badge> },
        { title: t.columns.actions, cell: actions },
      ]} />
      {link ? <LinkDialog {...link} onClose={() => setLink(null)} /> : null}
      {disabling ? (
        <Confirm title={t.disableTitle(disabling.name)} words={t.disableWords} danger busy={busy}
          confirm={t.disable} onClose={() => setDisabling(null)}
          onConfirm={() => change(disabling, { disabled: true })} />
      ) : null}
    </>
  );
}

export function PeoplePage() {
  const pages = usePages((signal, cursor) => people(signal, cursor), []);
  const [adding, setAdding] = useState(false);
  return (
    <>
      <PageHead title={t.title} lead={t.lead}>
        <Button kind="primary" onClick={() => setAdding(true)}>{t.add}</Button>
      </PageHead>
      <Panel flush>
        <Loaded load={pages.load}>
          {(page) => page.items.length === 0 ? <Empty title={t.emptyTitle} />
            : <><PeopleTable rows={page.items} onChange={pages.reload} /><More pages={pages} /></>}
        </Loaded>
      </Panel>
      {adding ? <AddDialog onClose={() => setAdding(false)} onAdded={() => {
        setAdding(false);
        pages.reload();
      }} /> : null}
    </>
  );
}
