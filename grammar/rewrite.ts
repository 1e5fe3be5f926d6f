import type { IToken } from "chevrotain";
import type { Span } from "./ast.ts";
import { attempt, type RuleName } from "./attempt.ts";
import { fault, type Fault } from "./faults.ts";
import { lex } from "./lexer.ts";

export interface Explained {
  readonly found: Fault;
  /** What the line says, if one small change makes it readable. */
  readonly value?: unknown;
}

/** Some words of a line as people write them elsewhere, and what is written here. */
export interface Rewriting {
  readonly first: number;
  readonly count: number;
  readonly write: string;
}

/** The line with this instead of that; undefined where it cannot be read so either. */
export function rewritten(
  tokens: readonly IToken[],
  rule: RuleName,
  { first, count, write }: Rewriting,
  text: string,
): Explained | undefined {
  const last = tokens[first + count - 1]!;
  const span = { start: tokens[first]!.startOffset, end: last.startOffset + last.image.length };
  const { failedAt, noted, value } = attempt(tokens.toSpliced(first, count, ...wordsAt(write, span)), rule);
  if (failedAt !== undefined || noted.length > 0) return undefined;
  const facts = { found: text.slice(span.start, span.end), write };

  return { found: fault("foreign-spelling", span, facts, { fix: { span, text: write } }), value };
}

/** Words that are not in the text, as if they were what stands at this place of it. */
export function wordsAt(write: string, { start, end }: Span): readonly IToken[] {
  const words = lex(write).tokens;

  return words.map((word, index) => {
    const isLast = index > 0 && index === words.length - 1;
    return { ...word, startOffset: isLast ? Math.max(start, end - word.image.length) : start };
  });
}
