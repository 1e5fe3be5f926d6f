import type { Span } from "./ast.ts";

/**
 * Why something could not be read, and what a sentence about it needs to know. Facts only: the sentences are the diagnostics catalogue's.
 *
 * `expected` lists what may stand there, nearest first: words of the language as they are written, and kinds in capitals (`Kind`).
 * `opener` is the text of the line that opened a block, without its comment; the line itself is the fault's `related` span.
 */
export interface FaultFacts {
  // Characters
  "unknown-character": { readonly character: string };
  /** “…”, ‘…’ or '…' where "…" is meant. */
  "wrong-quotes": { readonly found: string };
  "unclosed-text": { readonly text: string };
  "unknown-escape": { readonly escape: string };
  /** A space that looks like one and is none; `character` is its number, for instance `U+00A0`. */
  "no-break-space": { readonly character: string };
  /** `==`, `=` in a condition, `!=`, `&&`, `null`, `else`: known elsewhere, written differently here. */
  "foreign-spelling": { readonly found: string; readonly write: string };
  /** `else if`, `elseif`: `otherwise`, and `when` below it. */
  "else-if": { readonly found: string };
  /** Braces and semicolons. */
  "needless-punctuation": { readonly found: string };
  /** `{ name: 1 }` where a value belongs. */
  "value-in-braces": { readonly found: string };

  // Indentation
  /** `lines`: how many lines in a row are indented by tabs. */
  "tab-indentation": { readonly lines: number };
  /** Deeper than the line above, which opens nothing. */
  "unexpected-indentation": { readonly opener: string };
  /** Left of the block that `opener` opened, but not as far as any other: the block seems to end at line `lastLine`. */
  "indentation-between": { readonly opener: string; readonly lastLine: number; readonly column: number; readonly expected: number };
  /** `word` does not belong into the block of `opener` (empty: the file itself), but into that of `belongsTo` (likewise). */
  "misplaced-line": { readonly word: string; readonly opener: string; readonly belongsTo: string };
  /** Blocks in blocks, or parentheses in parentheses, beyond all reason. */
  "too-deep": { readonly limit: number };

  // Words
  /** The first word of a line is none that may stand there; `block` is the kind of block, in the language's own word. */
  "unknown-word": { readonly word: string; readonly block: string; readonly expected: readonly string[] };
  /** `line` is the rule that the line follows, where nothing near was found. */
  "unexpected-word": { readonly found: string; readonly expected: readonly string[]; readonly line?: string };
  "incomplete-line": { readonly after: string; readonly expected: readonly string[]; readonly line: string };
  /** One word is missing before `before` (empty: at the end of the line). */
  "missing-word": { readonly word: string; readonly before: string };
  /** `3 h`, `3 months`; `unit` is the one that is meant, if there is one. */
  "unknown-unit": { readonly written: string; readonly unit: string };
  /** `allow clerk, manager to place`; `rest` is what follows them. */
  "several-people": { readonly who: readonly string[]; readonly rest: string };
  "doubled-word": { readonly word: string };
  "missing-colon": { readonly name: string };
  /** A word that joins expressions, or means something else there, as the name of a `place`. */
  "reserved-name": { readonly word: string; readonly place: NamePlace };

  // Lines in their blocks
  "field-not-here": { readonly name: string; readonly block: string };
  /** A text on a line of its own that is not the first of a block. */
  "misplaced-description": { readonly opener: string };
  "args-twice": { readonly opener: string };
  "empty-block": { readonly opener: string };
  "otherwise-without-when": Readonly<Record<never, never>>;
  /** `by code` is the last line of its block. */
  "by-code-not-last": Readonly<Record<never, never>>;
  "by-code-missing": { readonly opener: string };
  "table-width": { readonly columns: number; readonly cells: number };

  // Expressions
  "mixed-and-or": Readonly<Record<never, never>>;
  "filter-needs-parentheses": { readonly word: string };
  "chained-comparison": { readonly first: string; readonly second: string };
  /** `round(x, digits = 2)`: by position or by name, never both. */
  "mixed-arguments": { readonly call: string };
  /** Behind `add or update where`: only `NAME is VALUE`, joined by `and`. */
  "row-key-form": Readonly<Record<never, never>>;
}

export type FaultCode = keyof FaultFacts;

export type NamePlace = "name" | "choice-option" | "command" | "role" | "aggregate" | "state-field" | "list-field";

/** What `expected` says besides words of the language. */
export type Kind = "NAME" | "TEXT" | "VALUE" | "TYPE" | "NUMBER" | "DURATION" | "PATTERN" | "OPERATOR" | "FIELD" | "LINE-END";

export type Fault = { readonly [Code in FaultCode]: FaultOf<Code> }[FaultCode];

export interface FaultOf<Code extends FaultCode> {
  readonly code: Code;
  readonly facts: FaultFacts[Code];
  readonly span: Span;
  /** A place that explains, for instance the line that opened the block. */
  readonly related?: Span;
  /** A replacement that mends it. */
  readonly fix?: Fix;
}

export interface Fix {
  readonly span: Span;
  readonly text: string;
  /** Something else may have been meant. */
  readonly isGuess?: boolean;
}

/** What a fault may have besides its facts and its place. */
export interface FaultMore {
  readonly related?: Span | undefined;
  readonly fix?: Fix | undefined;
}

export function fault<Code extends FaultCode>(code: Code, span: Span, facts: FaultFacts[Code], more: FaultMore = {}): Fault {
  const { related, fix } = more;
  return { code, facts, span, ...(related && { related }), ...(fix && { fix }) } as Fault;
}
