import type { Span } from "./ast.ts";

/** Why a line could not be read: a fact with its place. The sentences are the diagnostics catalogue's. */
export interface Fault {
  readonly code: FaultCode;
  readonly span: Span;
  /** What the sentence needs to know, for instance the word that was found, those that were expected, the line that opened a block. */
  readonly facts: { readonly [name: string]: string | number | readonly string[] };
  /** A place that explains, for instance the line that opened the block. */
  readonly related?: Span;
  /** A replacement that mends it without changing what is meant. */
  readonly fix?: { readonly span: Span; readonly text: string };
}

export type FaultCode = string;
