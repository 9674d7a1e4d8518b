import type { ComponentChildren } from "preact";
import type { CallerStart, NothingReady } from "../api/types";
import { duration, moment } from "../base/format";
import { language } from "../base/language";
import { useNow } from "../base/load";
import { sentenceOf } from "../base/problem";
import { Button, LinkButton, Notice } from "../ui/elements";
import { joinCode } from "./draft_shelf";
import { OtherRooms } from "./other_rooms";
import { t } from "./texts";

/// A state between calls: one title, a few words, one thing to do.
function Between(of: { title: string; children?: ComponentChildren; quiet?: boolean }) {
  return (
    <section class={`between${of.quiet ? " quiet" : ""}`} aria-live="polite">
      <h1>{of.title}</h1>
      {of.children}
    </section>
  );
}

export function Welcome(of: { home: CallerStart; onStart: () => void; onPractise: () => void }) {
  return (
    <Between title={t.welcome(of.home.name)}>
      <ol class="steps">{t.welcomeSteps.map((step) => <li key={step}>{step}</li>)}</ol>
      <Button kind="primary" large autoFocus onClick={of.onStart}>{t.start}</Button>
      <Button large onClick={of.onPractise}>{t.practise}</Button>
      <p class="hint">{t.welcomeNote}</p>
    </Between>
  );
}

export function Fetching() {
  return <Between title={t.fetching} quiet><span class="pulse" aria-hidden="true" /></Between>;
}

export function Sending(of: { onTry: () => void }) {
  return (
    <Between title={t.sending} quiet>
      <p>{t.sendingWords}</p>
      <Button large onClick={of.onTry}>{t.tryNow}</Button>
    </Between>
  );
}

export function Away(of: { onTry: () => void }) {
  return (
    <Between title={t.away} quiet>
      <p>{t.awayWords}</p>
      <Button large onClick={of.onTry}>{t.tryNow}</Button>
    </Between>
  );
}

export function NothingNow(of: { nothing: NothingReady; again: number; onAsk: () => void;
                                 onGone: () => void }) {
  const now = useNow(1_000);
  const { reason, sentence, next_at: next } = of.nothing;
  const seconds = Math.max(1, Math.ceil((of.again - now) / 1000));
  return (
    <Between title={t.nothingTitles[reason] ?? sentence}>
      {sentence && language === "en" ? <p>{sentence}</p> : null}
      {next ? <p>{t.nothingNext(moment(next))}</p> : null}
      <Button large onClick={of.onAsk}>{t.askNow}</Button>
      <OtherRooms onGone={of.onGone} />
      <p class="hint">{t.nothingAgain(duration(seconds))}</p>
    </Between>
  );
}

export function OnBreak(of: { onBack: () => void }) {
  return (
    <Between title={t.breakTitle}>
      <p>{t.breakWords}</p>
      <Button kind="primary" large autoFocus onClick={of.onBack}>{t.goOn}</Button>
    </Between>
  );
}

/// The calls are in another tab of this browser.
export function Elsewhere(of: { onTake: () => void }) {
  return (
    <Between title={t.elsewhereTitle}>
      <p>{t.elsewhereWords}</p>
      <Button kind="primary" large autoFocus onClick={of.onTake}>{t.callHere}</Button>
    </Between>
  );
}

export function Rejoin() {
  const code = joinCode();
  return (
    <Between title={t.rejoinTitle}>
      <p>{t.rejoinWords}</p>
      {code ? <LinkButton href={`/join/${code}`} primary>{t.rejoin}</LinkButton>
        : <p>{t.rejoinHow}</p>}
    </Between>
  );
}

export function CallFailed(of: { error: unknown; onTry: () => void }) {
  return (
    <Between title={t.failedTitle}>
      <Notice tone="bad">{sentenceOf(of.error)}</Notice>
      <Button large onClick={of.onTry}>{t.tryNow}</Button>
    </Between>
  );
}
