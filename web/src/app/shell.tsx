import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { signOut } from "../api/client";
import { signedOut } from "../api/session";
import type { Session } from "../api/types";
import { may, roleTitles } from "../base/roles";
import { navigate, usePlace } from "../base/router";
import { AwayBanner, Mark, ThemeButton } from "../ui/frame";
import { navigation } from "./routes";
import { t } from "./texts";

const themeTitles = { system: t.themeSystem, light: t.themeLight, dark: t.themeDark };

async function leave() {
  await signOut().catch(() => undefined);  // gone at the server already, or away: leave here
  signedOut();
  navigate("/signin");
}

function isHere(href: string, path: string): boolean {
  return href === "/" ? path === "/" : path === href || path.startsWith(`${href}/`);
}

function Navigation(of: { session: Session; onFollow: () => void }) {
  const { path } = usePlace();
  const mine = navigation.filter(
    (one) => one.needs === "staff" || may(of.session.person.role, one.needs));
  return (
    <nav aria-label={t.navigation}>
      <ul>
        {mine.map((one) => (
          <li key={one.href}>
            <a href={one.href} onClick={of.onFollow}
              aria-current={isHere(one.href, path) ? "page" : undefined}>{one.title}</a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/// The frame of the staff's pages: navigation at the side, on a phone behind a button.
export function Shell(of: { session: Session; children: ComponentChildren }) {
  const [open, setOpen] = useState(false);
  const person = of.session.person;
  return (
    <div class="shell">
      <a class="skip" href="#main">{t.skip}</a>
      <div class={`side${open ? " open" : ""}`}>
        <div class="side-top">
          <a href="/" class="brand"><Mark /></a>
          <button type="button" class="button quiet menu-button" aria-expanded={open}
            onClick={() => setOpen(!open)}>{t.menu}</button>
        </div>
        <div class="side-body">
          <Navigation session={of.session} onFollow={() => setOpen(false)} />
          <footer>
            <div class="who">
              <strong>{person.name}</strong>
              <small>{roleTitles[person.role]}</small>
            </div>
            <div class="row">
              <ThemeButton titles={themeTitles} />
              <button type="button" class="button quiet" onClick={() => void leave()}>
                {t.signOut}
              </button>
            </div>
          </footer>
        </div>
      </div>
      <div class="content">
        <AwayBanner />
        <main id="main" tabIndex={-1}>{of.children}</main>
      </div>
    </div>
  );
}
