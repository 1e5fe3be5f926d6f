import type { Document } from "./ast.ts";
import type { Fault } from "./faults.ts";

/** What stands in a file, as far as it can be read, and why the rest cannot: each cause once, in the order of the text. */
export interface Parsed {
  readonly document: Document;
  readonly faults: readonly Fault[];
}

export function parse(text: string): Parsed {
  return { document: { kind: "document", declarations: [], comments: [], unread: [], span: { start: 0, end: text.length } }, faults: [] };
}
