import type { Span } from "../../grammar/ast.ts";
import { catalogue } from "./catalogue.ts";
import type { Severity } from "./entry.ts";

/** Every code there is. Once released, a code never changes its name or its meaning. */
export type Code = keyof typeof catalogue;

/** What the sentence of a code needs to know. */
export type Facts<C extends Code> = Parameters<(typeof catalogue)[C]["says"]>[0];

/** A place in a text; `file` as it was named when it was read. */
export interface Location {
  readonly file: string;
  readonly span: Span;
}

/** Something to tell whoever writes the model. The words are the catalogue's; this is what it is about, and where. */
export interface Diagnostic {
  readonly code: Code;
  readonly severity: Severity;
  readonly location: Location;
  /** What the sentence was made of, for editors that offer more than to read it. */
  readonly facts: object;
  readonly message: string;
  /** What to do about it. */
  readonly help?: string;
  /** Another place that explains this one, for instance the first of two. */
  readonly related?: { readonly location: Location; readonly label: string };
  readonly fix?: Fix;
}

/** An edit that mends it: a safe one cannot change what was meant, another one is a guess. */
export interface Fix {
  readonly span: Span;
  readonly text: string;
  readonly safe: boolean;
}

export interface Attached {
  readonly related?: Location | undefined;
  readonly fix?: Fix | undefined;
}

/** The diagnostic that the catalogue makes of these facts. A fact left out does not compile. */
export function diagnostic<C extends Code>(code: C, location: Location, facts: Facts<C>, attached: Attached = {}): Diagnostic {
  // Indexed by a type parameter, the table's entry has the union of all facts as its parameter; `Facts<C>` has made sure that these are its own.
  const entry = catalogue[code] as unknown as {
    readonly severity: Severity;
    readonly related?: string;
    says(facts: Facts<C>): string;
    help?(facts: Facts<C>): string | undefined;
  };
  const help = entry.help?.(facts);
  const { related, fix } = attached;
  return {
    code,
    severity: entry.severity,
    location: { file: location.file, span: location.span },
    facts,
    message: entry.says(facts),
    ...(help === undefined ? {} : { help }),
    ...(related === undefined
      ? {}
      : { related: { location: { file: related.file, span: related.span }, label: entry.related ?? "See also here:" } }),
    ...(fix === undefined ? {} : { fix }),
  };
}

/** By file, then by place, then errors before warnings: the order in which a person mends them. */
export function byPlace(a: Diagnostic, b: Diagnostic): number {
  if (a.location.file !== b.location.file) return a.location.file < b.location.file ? -1 : 1;
  if (a.location.span.start !== b.location.span.start) return a.location.span.start - b.location.span.start;
  if (a.severity !== b.severity) return a.severity === "error" ? -1 : 1;
  return a.code < b.code ? -1 : a.code > b.code ? 1 : 0;
}
