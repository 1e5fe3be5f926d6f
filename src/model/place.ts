import type { Span } from "../../grammar/ast.ts";

/** Where a part of the model is written: the file as it was named on the command line, with `/`, and the offsets in its text. */
export interface Place {
  readonly file: string;
  readonly span: Span;
  /** Of the first character, counted from 1: what a generated file says it comes from (`chat.domain:14`). */
  readonly line: number;
}

/** What every declared part of the model has. */
export interface Declared {
  readonly name: string;
  /** The text on the first line inside the block: the doc comment, the description in documents, the glossary's entry. */
  readonly description?: string;
  readonly place: Place;
}

/** A hotspot of the whiteboard that is still open. */
export interface Question {
  readonly text: string;
  readonly place: Place;
}
