import type { ComponentChildren } from "preact";

type Children = { children?: ComponentChildren };

export interface ButtonOf extends Children {
  kind?: "primary" | "plain" | "quiet" | "danger";
  onClick?: () => void;
  submit?: boolean;
  busy?: boolean;
  disabled?: boolean;
  label?: string;  // for buttons that show only a sign
  pressed?: boolean;
  autoFocus?: boolean;
  large?: boolean;
}

export function Button(of: ButtonOf) {
  const kind = of.kind ?? "plain";
  return (
    <button type={of.submit ? "submit" : "button"} onClick={of.onClick}
      class={`button ${kind}${of.large ? " large" : ""}`}
      disabled={of.disabled || of.busy} aria-busy={of.busy} aria-label={of.label}
      aria-pressed={of.pressed} autofocus={of.autoFocus}>
      {of.children}
    </button>
  );
}

export function LinkButton(of: Children & { href: string; primary?: boolean; download?: boolean }) {
  return (
    <a class={`button ${of.primary ? "primary" : "plain"}`} href={of.href}
      {...(of.download ? { download: "" } : {})}>
      {of.children}
    </a>
  );
}

export type Tone = "neutral" | "good" | "warn" | "bad" | "accent";

export function Badge(of: Children & { tone?: Tone }) {
  return <span class={`badge ${of.tone ?? "neutral"}`}>{of.children}</span>;
}

/// A message in the page. Errors and warnings are read out as they appear.
export function Notice(of: Children & { tone: Tone; title?: string; actions?: ComponentChildren }) {
  const role = of.tone === "bad" ? "alert" : "status";
  return (
    <div class={`notice ${of.tone}`} role={role}>
      <div class="notice-words">
        {of.title ? <strong>{of.title}</strong> : null}
        <div>{of.children}</div>
      </div>
      {of.actions ? <div class="row">{of.actions}</div> : null}
    </div>
  );
}

export interface PanelOf extends Children {
  title?: ComponentChildren;
  actions?: ComponentChildren;
  note?: ComponentChildren;
  flush?: boolean;  // a table reaches to the edge
}

export function Panel(of: PanelOf) {
  return (
    <section class={`panel${of.flush ? " flush" : ""}`}>
      {of.title || of.actions ? (
        <header class="panel-head">
          <h2>{of.title}</h2>
          {of.note ? <span class="panel-note">{of.note}</span> : null}
          {of.actions ? <div class="row">{of.actions}</div> : null}
        </header>
      ) : null}
      <div class="panel-body">{of.children}</div>
    </section>
  );
}

export interface HeadOf extends Children {
  title: ComponentChildren;
  lead?: ComponentChildren;
  back?: { href: string; title: string };
}

/// The top of a page; its children are the page's actions.
export function PageHead(of: HeadOf) {
  return (
    <header class="page-head">
      {of.back ? <a class="back" href={of.back.href}>← {of.back.title}</a> : null}
      <div class="page-title">
        <h1 tabIndex={-1}>{of.title}</h1>
        <div class="row">{of.children}</div>
      </div>
      {of.lead ? <p class="lead">{of.lead}</p> : null}
    </header>
  );
}

export function Empty(of: Children & { title: string; action?: ComponentChildren }) {
  return (
    <div class="empty">
      <strong>{of.title}</strong>
      <div class="empty-words">{of.children}</div>
      {of.action ? <div class="row">{of.action}</div> : null}
    </div>
  );
}

export function Stat(of: { title: string; value: ComponentChildren; note?: ComponentChildren }) {
  return (
    <div class="stat">
      <dt>{of.title}</dt>
      <dd>{of.value}{of.note ? <small>{of.note}</small> : null}</dd>
    </div>
  );
}

export function Stats(of: Children) {
  return <dl class="stats">{of.children}</dl>;
}

export function Facts(of: { rows: [string, ComponentChildren][] }) {
  return (
    <dl class="facts">
      {of.rows.map(([name, value]) => (
        <div key={name}><dt>{name}</dt><dd>{value}</dd></div>
      ))}
    </dl>
  );
}

export function Meter(of: { share: number; label: string }) {
  const percent = Math.round(Math.min(1, Math.max(0, of.share)) * 1000) / 10;
  return (
    <div class="meter" role="progressbar" aria-label={of.label} aria-valuemin={0}
      aria-valuemax={100} aria-valuenow={Math.round(percent)}>
      <span style={{ width: `${percent}%` }} />
    </div>
  );
}
