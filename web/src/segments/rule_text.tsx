import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { readRule } from "../api/client";
import type { Rule } from "../api/rule";
import type { RuleCompletion, RuleProblem, RuleReading } from "../api/types";
import { isAborted, isPassing, sentenceOf } from "../base/problem";
import { Button } from "../ui/elements";
import { t } from "./texts";

const pauseMs = 120;  // after the last key
const againMs = 1_500;
const everybody = JSON.stringify({ all: [] });  // no conditions: no text
const offeredMax = 8;

interface TextOf {
  rule: Rule;
  onRule: (rule: unknown) => Rule;  // as the conditions say it
  onProblem: (is: boolean) => void;
}

/// Characters as the server counts them: a pair of surrogates is one.
const toUnits = (text: string, characters: number) =>
  [...text].slice(0, characters).join("").length;
const toCharacters = (text: string, units: number) => [...text.slice(0, units)].length;

/// The text with the part that is wrong marked.
function Marked(of: { text: string; problem: RuleProblem }) {
  const from = toUnits(of.text, of.problem.from);
  const to = toUnits(of.text, of.problem.from + of.problem.length);
  const wrong = of.text.slice(from, to) || " ";
  return (
    <pre class="rule-marked" aria-hidden="true">
      {of.text.slice(0, from)}<mark>{wrong}</mark>{of.text.slice(to)}
    </pre>
  );
}

function Problems(
  of: { text: string; problems: RuleProblem[]; onGo: (problem: RuleProblem) => void }) {
  return (
    <div role="alert" class="rule-problems">
      {of.problems.map((problem) => (
        <div key={problem.sentence}>
          {problem.line > 0 ? <Marked text={of.text} problem={problem} /> : null}
          <p>
            {problem.line > 0
              ? <strong>{t.problemAt(problem.line, problem.column)} </strong> : null}
            {problem.sentence}
            {problem.line > 0 ? (
              <Button kind="quiet" onClick={() => of.onGo(problem)}>{t.goThere}</Button>
            ) : null}
          </p>
        </div>
      ))}
    </div>
  );
}

interface Asking {
  question: Parameters<typeof readRule>[0];
  onAnswer: (reading: RuleReading) => void;
  onError: (error: unknown) => void;
}

/// Asks a moment later, and again while the server is away or busy. Returns what ends it.
function askSoon(of: Asking): () => void {
  const abort = new AbortController();
  let timer = 0;
  const ask = () => {
    void readRule(of.question, abort.signal).then(of.onAnswer, (problem) => {
      if (isAborted(problem)) return;
      of.onError(problem);
      if (isPassing(problem)) timer = window.setTimeout(ask, againMs);
    });
  };
  timer = window.setTimeout(ask, pauseMs);
  return () => {
    clearTimeout(timer);
    abort.abort();
  };
}

function useReading(of: TextOf) {
  const [text, setText] = useState("");
  const [written, setWritten] = useState<{ text: string; at: number } | null>(null);
  const [reading, setReading] = useState<RuleReading | null>(null);
  const [error, setError] = useState<unknown>(null);
  const sent = useRef("");  // the rule that the text stands for
  const typedOver = useRef<string | null>(null);  // the rule that stood there when it was typed
  const stopFollowing = useRef(() => {});  // what would replace the text
  const wanted = JSON.stringify(of.rule);
  // The conditions were edited: the text follows.
  useEffect(() => {
    if (wanted === sent.current || wanted === typedOver.current) return undefined;
    typedOver.current = null;
    const follow = (found: RuleReading | null, words: string) => {
      sent.current = wanted;
      setWritten(null);
      setReading(found);
      setError(null);
      setText(words);
      of.onProblem(false);
    };
    // At once: nothing appears in a field that one has begun to write in.
    if (wanted === everybody) return follow(null, "");
    stopFollowing.current = askSoon({ question: { rule: of.rule }, onError: setError,
      onAnswer: (got) => follow(got, got.text ?? "") });
    return stopFollowing.current;
  }, [wanted]);
  // The text was edited: the conditions follow once it can be read.
  useEffect(() => {
    if (!written) return undefined;
    const take = (rule: unknown) => {
      typedOver.current = null;
      sent.current = JSON.stringify(of.onRule(rule));
    };
    if (written.text.trim() === "") {  // as it is before anything is written
      setReading(null);
      setError(null);
      of.onProblem(false);
      take(JSON.parse(everybody));
      return undefined;
    }
    const question = {
      text: written.text, complete_at: toCharacters(written.text, written.at) };
    return askSoon({ question, onError: setError,
      onAnswer: (got) => {
        setReading(got);
        setError(null);
        const is = got.rule !== null && got.problems.length === 0;
        of.onProblem(!is);
        if (is) take(got.rule);
      } });
  }, [written]);
  const write = (next: string, at: number) => {
    stopFollowing.current();
    typedOver.current = wanted;  // what is typed stays, also before the effect above has run
    setText(next);
    setWritten({ text: next, at });
  };
  return { text, write, reading, error, isWritten: written !== null };
}

interface OffersOf {
  id: string;
  offers: RuleCompletion[];
  active: number;
  onTake: (offer: RuleCompletion) => void;
}

function Offers(of: OffersOf) {
  return (
    <ul class="rule-offers" role="listbox" id={of.id} aria-label={t.offers}>
      {of.offers.map((offer, index) => (
        <li key={offer.text} role="option" id={`${of.id}-${index}`}
          aria-selected={index === of.active} onMouseDown={(event) => {
            event.preventDefault();  // the focus stays in the text
            of.onTake(offer);
          }}>
          <code>{offer.text}</code>{offer.title ? <span>{offer.title}</span> : null}
        </li>
      ))}
    </ul>
  );
}

/// The rule as one line of text: what one writes here becomes conditions, and the other way round.
export function RuleText(of: TextOf) {
  const { text, write, reading, error, isWritten } = useReading(of);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const box = useRef<HTMLTextAreaElement>(null);
  const caret = useRef<number | null>(null);  // where an offer ends that was just taken
  const id = useId();
  const offers = open && isWritten ? (reading?.completions ?? []).slice(0, offeredMax) : [];
  const problems = isWritten ? reading?.problems ?? [] : [];
  const take = (offer: RuleCompletion) => {
    const area = box.current;
    if (!area || !reading) return;
    const from = toUnits(text, reading.complete_from);
    const next = `${text.slice(0, from)}${offer.text} ${text.slice(area.selectionEnd).trimStart()}`;
    const at = from + offer.text.length + 1;
    setActive(-1);
    caret.current = at;
    write(next, at);
  };
  useLayoutEffect(() => {  // before another key can come
    if (caret.current !== null) box.current?.setSelectionRange(caret.current, caret.current);
    caret.current = null;
  }, [text]);
  const onKey = (event: KeyboardEvent) => {
    if (offers.length === 0) return;
    if (event.key === "ArrowDown") setActive((active + 1) % offers.length);
    else if (event.key === "ArrowUp" && active >= 0) setActive(active - 1);
    else if (event.key === "Enter" && offers[active]) take(offers[active]);
    else if (event.key === "Escape") setOpen(false);
    else return;
    event.preventDefault();
  };
  const go = (problem: RuleProblem) => {
    const from = toUnits(text, problem.from);
    box.current?.focus();
    box.current?.setSelectionRange(from, toUnits(text, problem.from + problem.length));
  };
  return (
    <div class="rule-as-text">
      <label for={id}>{t.asText}</label>
      <textarea ref={box} id={id} class="input" rows={3} spellcheck={false} autocomplete="off"
        value={text} placeholder={t.textExample}
        aria-controls={`${id}-offers`} aria-invalid={problems.length > 0} aria-autocomplete="list"
        aria-activedescendant={active >= 0 ? `${id}-offers-${active}` : undefined}
        onKeyDown={onKey} onBlur={() => setOpen(false)}
        onInput={(event) => {
          setOpen(true);
          setActive(-1);
          write(event.currentTarget.value, event.currentTarget.selectionEnd);
        }} />
      {offers.length > 0
        ? <Offers id={`${id}-offers`} offers={offers} active={active} onTake={take} /> : null}
      {error ? <p class="field-error" role="alert">{sentenceOf(error)}</p> : null}
      {problems.length > 0 ? <Problems text={text} problems={problems} onGo={go} />
        : <p class="hint">{t.asTextWhy}</p>}
    </div>
  );
}
