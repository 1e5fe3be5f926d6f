import type { Document, Expression } from "./ast.ts";
import { attempt } from "./attempt.ts";
import { readDocument } from "./build/document.ts";
import type { Fault } from "./faults.ts";
import { layOut } from "./layout.ts";
import { lex } from "./lexer.ts";
import { splitLines } from "./lines.ts";
import { outline } from "./outline.ts";
import { startReading } from "./reading.ts";

/** What stands in a file, as far as it can be read, and why the rest cannot: each cause once, in the order of the text. */
export interface Parsed {
  readonly document: Document;
  readonly faults: readonly Fault[];
}

export function parse(text: string): Parsed {
  const { tokens, comments } = lex(text);
  const split = splitLines(text, tokens);
  const laidOut = layOut(text, split.lines);
  const { reading, faults, unread } = startReading(text, new Set([...split.flawed, ...laidOut.misplaced]));
  const document = readDocument(reading, outline(laidOut.tokens), { comments, unread, span: { start: 0, end: text.length } });
  const told = [...split.faults, ...laidOut.faults, ...faults];
  const untold = laidOut.doubts.filter(({ span }) => !told.some((other) => other.span.start >= span.start && other.span.start < span.end));
  const all = [...told, ...untold];
  return { document, faults: all.sort((one, other) => one.span.start - other.span.start) };
}

/** One expression by itself, for instance what a reason has in braces; nothing, if it cannot be read. Spans count from `offset`. */
export function parseExpression(text: string, offset = 0): Expression | undefined {
  const { tokens } = lex(" ".repeat(offset) + text);
  const { failedAt, noted, value } = attempt(tokens, "expression");
  return failedAt === undefined && noted.length === 0 ? (value as Expression) : undefined;
}
