// phone_patterns: the patterns of phone numbers as tables that need no regular expressions at run
// time. What a whole number must look like becomes one automaton for all plans (a number has a
// length, so it has no loops); what stands in front of a number becomes a small program that can
// say which digits a bracket took. Used by embed_normalise.mjs.

const digitMask = (digit) => 1 << digit;
const anyDigit = 0x3ff;
const types = "fixed_line mobile toll_free premium_rate personal_number voicemail uan pager voip " +
  "shared_cost";
const typeNames = types.split(" ");

/// The tree of a pattern: { set }, { group, alternatives }, { end }; each with min and max.
function parse(pattern) {
  let at = 0;
  let groups = 0;

  function fail(why) {
    throw new Error(`pattern ${pattern}: ${why} at ${at}`);
  }
  function takeSet() {
    let mask = 0;
    while (pattern[at] !== "]") {
      const from = Number(pattern[at++]);
      let to = from;
      if (pattern[at] === "-") {
        to = Number(pattern[at + 1]);
        at += 2;
      }
      if (!(from <= to)) fail("no range of digits");
      for (let digit = from; digit <= to; ++digit) mask |= digitMask(digit);
    }
    ++at;
    return { set: mask };
  }
  function takeAtom() {
    const c = pattern[at++];
    if (/[0-9]/.test(c)) return { set: digitMask(Number(c)) };
    if (c === "\\" && pattern[at] === "d") {
      ++at;
      return { set: anyDigit };
    }
    if (c === "[") return takeSet();
    if (c === "$") return { end: true };
    if (c !== "(") fail(`"${c}" is not known`);
    let group = 0;
    if (pattern.startsWith("?:", at)) at += 2;
    else if (pattern[at] === "?") fail("this bracket is not known");
    else group = ++groups;
    const alternatives = takeAlternatives();
    if (pattern[at++] !== ")") fail("a bracket is open");
    return { group, alternatives };
  }
  function takeCount(atom) {
    if (pattern[at] === "?") {
      ++at;
      return { ...atom, min: 0, max: 1 };
    }
    const count = /^\{(\d+)(?:,(\d+))?\}/.exec(pattern.slice(at));
    if (!count) return { ...atom, min: 1, max: 1 };
    at += count[0].length;
    return { ...atom, min: Number(count[1]), max: Number(count[2] ?? count[1]) };
  }
  function takeAlternatives() {
    const alternatives = [[]];
    while (at < pattern.length && pattern[at] !== ")") {
      if (pattern[at] === "|") {
        ++at;
        alternatives.push([]);
      } else {
        alternatives.at(-1).push(takeCount(takeAtom()));
      }
    }
    return alternatives;
  }

  const alternatives = takeAlternatives();
  if (at < pattern.length) fail("a bracket too much");
  return { alternatives, groups };
}

/// Instructions of a backtracking machine, as in Pike's and Thompson's: any of a set of digits,
/// try one place before another, jump, remember the place, the end of the text, match.
function compile(pattern) {
  const { alternatives, groups } = parse(pattern);
  const program = [];
  const emit = (op, x = 0, y = 0) => program.push({ op, x, y }) - 1;

  function putOne(item) {
    if (item.set !== undefined) emit("set", item.set);
    else if (item.end) emit("end");
    else {
      if (item.group) emit("save", item.group * 2);
      putAlternatives(item.alternatives);
      if (item.group) emit("save", item.group * 2 + 1);
    }
  }
  function putItem(item) {
    for (let i = 0; i < item.min; ++i) putOne(item);
    const splits = [];
    for (let i = item.min; i < item.max; ++i) {
      splits.push(emit("split"));
      putOne(item);
    }
    splits.forEach((split) => {
      program[split].x = split + 1;
      program[split].y = program.length;
    });
  }
  function putAlternatives(list) {
    const jumps = [];
    list.forEach((sequence, index) => {
      const split = index + 1 < list.length ? emit("split") : -1;
      sequence.forEach(putItem);
      if (split < 0) return;
      jumps.push(emit("jump"));
      program[split].x = split + 1;
      program[split].y = program.length;
    });
    for (const jump of jumps) program[jump].x = program.length;
  }

  putAlternatives(alternatives);
  emit("match");
  return { program, groups };
}

/// All plans' automata in one: state 0 takes nothing. A state is what it accepts (a bit for each
/// pattern) and where each digit leads; equal states are one.
class Automaton {
  constructor() {
    this.states = [{ accept: 0, next: new Array(10).fill(0) }];
    this.known = new Map([[this.key(this.states[0]), 0]]);
  }
  key({ accept, next }) {
    return `${accept}:${next.join(",")}`;
  }
  intern(state) {
    const key = this.key(state);
    if (!this.known.has(key)) {
      this.known.set(key, this.states.length);
      this.states.push(state);
    }
    return this.known.get(key);
  }
  /// `patterns` has a pattern or undefined for each bit.
  add(patterns) {
    const programs = patterns.map((pattern) => (pattern ? compile(pattern).program : []));
    const made = new Map();
    const closure = (places) => {
      const seen = new Set();
      const todo = [...places];
      while (todo.length > 0) {
        const place = todo.pop();
        if (seen.has(place)) continue;
        seen.add(place);
        const [bit, at] = [Math.floor(place / 1e5), place % 1e5];
        const { op, x, y } = programs[bit][at];
        if (op === "split") todo.push(bit * 1e5 + x, bit * 1e5 + y);
        else if (op === "jump") todo.push(bit * 1e5 + x);
        else if (op === "save") todo.push(place + 1);
        else if (op === "end") throw new Error("an end inside the pattern of a whole number");
      }
      return [...seen].sort((a, b) => a - b);
    };
    const build = (places) => {
      const name = places.join(" ");
      if (made.has(name)) return made.get(name);
      let accept = 0;
      const next = new Array(10).fill(0);
      const steps = places.map((place) => {
        const { op, x } = programs[Math.floor(place / 1e5)][place % 1e5];
        if (op === "match") accept |= 1 << Math.floor(place / 1e5);
        return op === "set" ? { x, to: place + 1 } : null;
      });
      for (let digit = 0; digit < 10; ++digit) {
        const taken = steps.filter((step) => step && step.x & digitMask(digit));
        const to = taken.map((step) => step.to);
        if (to.length > 0) next[digit] = build(closure(to));
      }
      const id = this.intern({ accept, next });
      made.set(name, id);
      return id;
    };
    const starts = programs.map((program, bit) => (program.length > 0 ? bit * 1e5 : -1));
    return build(closure(starts.filter((place) => place >= 0)));
  }
}

function readPlans(lines) {
  const plans = [];
  for (const line of lines.filter((text) => !text.startsWith("#"))) {
    const [name, ...words] = line.split(" ");
    const plan = plans.at(-1);
    if (name === "plan") plans.push({ country: words[0], code: words[1], types: {} });
    else if (name === "type") plan.types[words[0]] = { lengths: words[1], pattern: words[2] };
    else plan[name] = words.join(" ");
  }
  return plans;
}

const lengthMask = (text) =>
  text.split(",").reduce((mask, length) => mask | (1 << Number(length)), 0) >>> 0;

const operations = ["set", "split", "jump", "save", "end", "match"];

/// The C++ arrays of src/normalise/detail/phone_plans.h.
export function phoneTables(lines, numbers) {
  const automaton = new Automaton();
  const steps = [];
  const programs = new Map();
  const placeOf = (pattern) => {
    if (!pattern) return 0;
    if (!programs.has(pattern)) {
      programs.set(pattern, steps.length);
      const from = steps.length;
      for (const { op, x, y } of compile(pattern).program) {
        const jumps = op === "split" || op === "jump";
        steps.push([operations.indexOf(op), jumps ? x + from : x, op === "split" ? y + from : y]);
      }
    }
    return programs.get(pattern);
  };
  steps.push([operations.indexOf("match"), 0, 0]); // place 0 is "no program"

  const lengthRows = [];
  const rows = readPlans(lines).map((plan) => {
    const own = typeNames.map((name) => plan.types[name]);
    const state = automaton.add([plan.general, ...own.map((type) => type?.pattern)]);
    const either = plan.types.mobile === undefined || !plan.types.mobile.pattern;
    lengthRows.push(own.map((type) => (type ? lengthMask(type.lengths) : 0)));
    const groups = plan.prefix ? compile(plan.prefix).groups : 0;
    const values = [
      `"${plan.country}"`,
      plan.code,
      placeOf(plan.idd),
      placeOf(plan.prefix),
      groups,
      `"${plan.transform ?? ""}"`,
      placeOf(plan.leading),
      lengthMask(plan.lengths),
      state,
      either,
    ];
    return `    {${values.join(", ")}},`;
  });
  if (automaton.states.length >= 65536 || steps.length >= 65536) {
    throw new Error("the tables of phone numbers need wider places than 16 bits");
  }
  const states = automaton.states.map(
    ({ accept, next }) => `    {${accept}, {${next.join(", ")}}},`,
  );
  const body =
    `constexpr PhonePlan kPlans[] = {\n${rows.join("\n")}\n};\n` +
    `constexpr std::uint32_t kLengths[][kPhoneTypes] = {\n` +
    `${lengthRows.map((row) => `    {${row.join(", ")}},`).join("\n")}\n};\n` +
    `constexpr PhoneStep kSteps[] = {\n` +
    `${steps.map(([op, x, y]) => `    {${op}, ${x}, ${y}},`).join("\n")}\n};\n` +
    `constexpr PhoneState kStates[] = {\n` +
    `${states.join("\n")}\n};\n`;
  return {
    body,
    functions: [
      "std::span<const PhonePlan> phone_plans() { return kPlans; }",
      "std::span<const std::uint32_t, kPhoneTypes> phone_type_lengths(std::size_t plan) {",
      "  return kLengths[plan];",
      "}",
      "std::span<const PhoneStep> phone_steps() { return kSteps; }",
      "std::span<const PhoneState> phone_states() { return kStates; }",
    ],
  };
}
