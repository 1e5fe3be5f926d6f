import { byPlace, type Code, type Attached, type Diagnostic, diagnostic, type Facts, type Location } from "../diagnostics/diagnostic.ts";
import { alsoOn } from "../diagnostics/phrases.ts";
import { distance, suggest, type Suggestion } from "../diagnostics/suggest.ts";
import { type Entry, namesIn, type Namespace } from "./symbols/namespace.ts";

/** What is found to be wrong while the model is built: each cause once. */
export interface Findings {
  complain<C extends Code>(code: C, location: Location, facts: Facts<C>, attached?: Attached): void;
  /** A name that is nowhere declared. Whether it, or a declaration that nobody uses, was mistyped is decided when all is known. */
  missing(name: Missing): void;
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

/** What is known before of the lines that could not be read as they stand. */
export interface Unread {
  /** The words of the lines that were left out. A name among them may have been declared there, and is not complained about. */
  readonly words: ReadonlySet<string>;
  /** Whether a line has been complained about already: what else is strange about it may only follow. */
  isOnFaultyLine(location: Location): boolean;
}

export function findings({ words, isOnFaultyLine }: Unread): Findings {
  const diagnostics: Diagnostic[] = [];
  const missing: Missing[] = [];
  return {
    complain(code, location, facts, attached) {
      if (!isOnFaultyLine(location)) diagnostics.push(diagnostic(code, location, facts, attached));
    },
    missing(name) {
      if (!words.has(name.name) && !isOnFaultyLine(name.location)) missing.push(name);
    },
    all: () => [...diagnostics, ...explainMissing(missing)].sort(byPlace),
  };
}

interface Cause {
  readonly name: string;
  readonly namespaces: Set<Namespace<unknown>>;
  readonly missing: Missing[];
}

function explainMissing(missing: readonly Missing[]): Diagnostic[] {
  return causesOf(missing).map((cause) => blameDeclaration(cause) ?? blameUse(cause));
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

/** Where several lines use a name that is not declared, and a name like it is declared and never used, the declaration is what was mistyped. */
function blameDeclaration({ name, namespaces, missing }: Cause): Diagnostic | undefined {
  if (missing.length < 2) return undefined;
  const declared = nearestUnused(name, [...namespaces]);
  if (declared?.entry.location === undefined) return undefined;
  const first = missing[0]?.location;
  return diagnostic(
    "name-written-differently",
    declared.entry.location,
    { noun: declared.noun, declared: declared.entry.name, used: name, uses: missing.length },
    { related: first, fix: { span: declared.entry.location.span, text: name, safe: false } },
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
