import { render } from "preact";
import { useEffect } from "preact/hooks";
import { currentSession } from "../api/client";
import { startRecovery } from "../api/recovery";
import { session, signedIn } from "../api/session";
import type { SignedIn } from "../api/session";
import { onComeback } from "../base/connection";
import { may, roleTitles } from "../base/roles";
import { matchPath, navigate, startRouter, usePlace } from "../base/router";
import { useStore } from "../base/store";
import { t as common } from "../base/texts";
import { startTheme } from "../base/theme";
import { Empty, LinkButton } from "../ui/elements";
import { AwayBanner } from "../ui/frame";
import { Skeleton } from "../ui/loaded";
import { routes } from "./routes";
import type { Route } from "./routes";
import { Shell } from "./shell";
import { t } from "./texts";

function routeOf(path: string) {
  for (const route of routes) {
    const params = matchPath(route.pattern, path);
    if (params) return { route, params };
  }
  return null;
}

/// Where to go instead, or null to stay.
function redirectOf(route: Route | undefined, path: string, who: SignedIn): string | null {
  if (who.state === "unknown" || !route || route.needs === "nobody") return null;
  if (route.needs === "caller") return null;  // the caller's page itself says how to join again
  if (who.state === "none") return path === "/" ? "/signin" : `/signin?next=${path}`;
  const role = who.session.person.role;
  if (role === "caller") return "/call";
  return path === "/" && !may(role, "segments_read") ? "/segments" : null;
}

function NotFound() {
  const home = <LinkButton href="/" primary>{t.toHome}</LinkButton>;
  return <Empty title={t.notFoundTitle} action={home}>{t.notFound}</Empty>;
}

function Page() {
  const { path } = usePlace();
  const who = useStore(session);
  const found = routeOf(path);
  const route = found?.route;
  const elsewhere = redirectOf(route, path, who);
  useEffect(() => {
    if (elsewhere) navigate(elsewhere, { replace: true });
  }, [elsewhere]);
  useEffect(() => {
    document.title = route ? `${route.title} · ${common.product}` : common.product;
  }, [route]);
  if (who.state === "unknown" || elsewhere) return <Waiting />;
  if (route && (route.needs === "nobody" || route.needs === "caller")) {
    return <route.page key={path} params={found.params} />;
  }
  if (who.state !== "in") return <Waiting />;
  const role = who.session.person.role;
  const refused = route && route.needs !== "staff" && route.needs !== "nobody" &&
    route.needs !== "caller" && !may(role, route.needs);
  return (
    <Shell session={who.session}>
      {!route ? <NotFound /> : null}
      {refused ? <Empty title={t.forbiddenTitle}>{t.forbidden(roleTitles[role])}</Empty> : null}
      {route && !refused ? <route.page key={path} params={found.params} /> : null}
    </Shell>
  );
}

function Waiting() {
  return <main class="alone"><AwayBanner /><Skeleton rows={3} /></main>;
}

async function findSession() {
  await currentSession().then(signedIn, () => undefined);  // a 401 is noted by request()
}

startTheme();
startRouter();
startRecovery();
onComeback(() => { if (session.get().state === "unknown") void findSession(); });
void findSession();
render(<Page />, document.getElementById("page")!);
