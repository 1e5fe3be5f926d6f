import { byPlace, type Code, type Attached, type Diagnostic, diagnostic, type Facts, type Location } from "../diagnostics/diagnostic.ts";
import { alsoOn } from "../diagnostics/phrases.ts";
import { distance, suggest, type Suggestion } from "../diagnostics/suggest.ts";
import type { SourceFile } from "./source-file.ts";
import type { Unread } from "./unread.ts";
import { type Entry, namesIn, type Namespace } from "./symbols/namespace.ts";

/** What is found to be wrong while the model is built: each cause once. */
export interface Findings {
  complain<C extends Code>(code: C, location: Location, facts: Facts<C>, attached?: Attached): void;
  /** A name that is nowhere declared. Whether it, or a declaration that nobody uses, was mistyped is decided when all is known. */
  missing(name: Missing): void;
  /** Whether a line has been complained about while it was read: what else is strange about it may only follow. */
  isOnFaultyLine(location: Location): boolean;
  /** Whether one of the lines that a place runs over has been. */
  hasFaultyLine(location: Location): boolean;
  /** How often a word is written anywhere in the model. */
  frequency(word: string): number;
  /** Whether every line of a file could be read. */
  isWhole(source: SourceFile): boolean;
  /** Everything, in the order of the text. */
  all(): readonly Diagnostic[];
}

export interface Missing {
  readonly name: string;
  readonly location: Location;
  /** Where it was looked for, in this order. */
  readonly namespaces: readonly Namespace<unknown>[];
  /** Other words that would have been possible. */
  readonly words?: readonly string[];
  /** What to say if it is this name that is wrong. */
  say(suggestion: Suggestion): Diagnostic;
}

export function findings(unread: Unread): Findings {
  const diagnostics: Diagnostic[] = [];
  const missing: Missing[] = [];
  const { isOnFaultyLine, hasFaultyLine, frequency } = unread;
  return {
    isOnFaultyLine,
    hasFaultyLine,
    frequency,
    isWhole: ({ document }) => document.unread.length === 0,
    complain(code, location, facts, attached) {
      if (!isOnFaultyLine(location)) diagnostics.push(diagnostic(code, location, facts, attached));
    },
    missing(name) {
      if (!mayBeDeclared(name, unread)) missing.push(name);
    },
    all: () => [...diagnostics, ...explainMissing(missing, unread)].sort(byPlace),
  };
}

/** It may be, in a line that could not be read. */
const mayBeDeclared = ({ name, location, namespaces }: Missing, { words, nameless, isOnFaultyLine }: Unread): boolean =>
  words.has(name) || isOnFaultyLine(location) || namespaces.some(({ noun }) => nameless.has(noun));

interface Cause {
  readonly name: string;
  readonly namespaces: Set<Namespace<unknown>>;
  readonly missing: Missing[];
}

function explainMissing(missing: readonly Missing[], unread: Unread): Diagnostic[] {
  return causesOf(missing).map((cause) => blameDeclaration(cause, unread) ?? blameUse(cause));
}

/** The same name missing in the same place of the model is one mistake, however many lines use it. */
function causesOf(missing: readonly Missing[]): readonly Cause[] {
  const causes = new Map<string, Cause[]>();
  for (const one of missing) {
    const known = causes.get(one.name) ?? [];
    causes.set(one.name, known);
    const same = known.find(({ namespaces }) => one.namespaces.some((namespace) => namespaces.has(namespace)));
    if (same === undefined) known.push({ name: one.name, namespaces: new Set(one.namespaces), missing: [one] });
    else {
      same.missing.push(one);
      for (const namespace of one.namespaces) same.namespaces.add(namespace);
    }
  }
  return [...causes.values()].flat();
}

/**
 * Where a name like the missing one is declared and never used, one of the two was mistyped: the declaration, if several lines say the other, or
 * if nothing else in the model is ever called like it.
 */
function blameDeclaration({ name, namespaces, missing }: Cause, { frequency }: Unread): Diagnostic | undefined {
  const declared = nearestUnused(name, [...namespaces]);
  if (declared?.entry.location === undefined) return undefined;
  const isOnlySlip = frequency(declared.entry.name) === 1 && frequency(name) > 1 && distance(declared.entry.name, name) <= 1;
  if (missing.length < 2 && !isOnlySlip) return undefined;
  return diagnostic(
    "name-written-differently",
    declared.entry.location,
    { noun: declared.noun, declared: declared.entry.name, used: name, uses: missing.length },
    { related: missing[0]?.location, fix: { span: declared.entry.location.span, text: name, safe: false } },
  );
}

function nearestUnused(name: string, namespaces: readonly Namespace<unknown>[]): { entry: Entry<unknown>; noun: string } | undefined {
  const unused = namespaces.flatMap(({ noun, entries }) =>
    [...entries.values()].filter(({ uses, location }) => uses === 0 && location !== undefined).map((entry) => ({ entry, noun })),
  );
  const { nearest } = suggest(
    name,
    unused.map(({ entry }) => entry.name),
  );
  return unused.find(({ entry }) => entry.name === nearest && distance(entry.name, name) > 0);
}

function blameUse({ name, namespaces, missing }: Cause): Diagnostic {
  const first = missing[0];
  if (first === undefined) throw new Error("A cause without a missing name.");
  const said = first.say(suggest(name, [...namesIn([...namespaces]), ...(first.words ?? [])]));
  return missing.length === 1 ? said : { ...said, message: `${said.message} ${alsoOn(missing.length - 1)}` };
}
