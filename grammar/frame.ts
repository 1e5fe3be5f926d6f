import type { Span } from "./ast.ts";
import { type BlockKind, isDescription, isStatement, isStatementBlock, isTrigger, mayStand, openedBy, shapeOf } from "./blocks.ts";
import type { SourceLine } from "./lines.ts";
import { keyword } from "./tokens.ts";

/** An open block while its lines arrive. */
export interface Frame {
  readonly block: BlockKind;
  readonly opener: SourceLine | undefined;
  column: number;
  /** The lines so far were not indented at all: the next one that is decides the column. */
  undecided: boolean;
  readonly lines: SourceLine[];
  /** What the latest line opens, if it opens anything. */
  opened: BlockKind | undefined;
}

export function frameOf(block: BlockKind, opener: SourceLine | undefined, column: number, undecided = false): Frame {
  return { block, opener, column, undecided, lines: [], opened: undefined };
}

/** Whether such a line may come next in the block. */
export function takes({ block, lines }: Frame, { tokens }: SourceLine): boolean {
  return mayStand(block, tokens) && (lines.length === 0 || !isDescription(tokens));
}

/** Whether such a line, which stands elsewhere, may be meant to stand here. */
export function welcomes(frame: Frame, line: SourceLine): boolean {
  if (!takes(frame, line)) return false;
  const { words } = shapeOf(frame.block);
  const first = line.tokens[0]!;
  if (frame.block === "list" || frame.block === "flow") return first.tokenType !== keyword.when || isTrigger(line.tokens);
  return !isStatementBlock(frame.block) || !isStatement(first) || words.includes(first.image);
}

/** Whether the line opens nothing, so that nothing may stand below it. */
export function isPlain(block: BlockKind, { tokens }: SourceLine): boolean {
  return openedBy(block, tokens) === undefined;
}

/** Blocks that may be empty. */
const optional: ReadonlySet<BlockKind> = new Set(["description", "args", "changes", "code", "unknown", "domain", "command", "event"]);

/** Whether the line after `line` makes sense, too, if `line` stands in this block. */
export function makesSense({ block, column }: Frame, line: SourceLine, next: SourceLine | undefined): boolean {
  const opened = openedBy(block, line.tokens);
  if (next === undefined) return true;
  if (next.column > column) return opened !== undefined && mayStand(opened, next.tokens);
  if (opened !== undefined && !optional.has(opened)) return false;
  return next.column < column || mayStand(block, next.tokens);
}

/** Whether the line below cannot stand there, if `line` stands in this block: it is deeper than it may be, or not deep enough. */
export function isContradicted({ block, column }: Frame, line: SourceLine, next: SourceLine | undefined): boolean {
  if (next === undefined) return false;
  const opened = openedBy(block, line.tokens);
  if (next.column > column) return opened === undefined || !mayStand(opened, next.tokens);
  return opened === block && opened !== "unknown";
}

/** How far blocks are usually indented in this file. */
export function usualStep(lines: readonly SourceLine[]): number {
  const counts = new Map<number, number>();
  lines.forEach(({ column }, index) => {
    const deeper = column - (lines[index - 1]?.column ?? 0);
    if (deeper > 0) counts.set(deeper, (counts.get(deeper) ?? 0) + 1);
  });
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0] ?? 2;
}

export function startOf({ tokens }: SourceLine): number {
  return tokens[0]!.startOffset;
}

export function endOf({ tokens }: SourceLine): number {
  const last = tokens.at(-1)!;
  return last.startOffset + last.image.length;
}

export function spanOf(line: SourceLine): Span {
  return { start: startOf(line), end: endOf(line) };
}

export function firstWordOf({ tokens }: SourceLine): Span {
  return { start: tokens[0]!.startOffset, end: tokens[0]!.startOffset + tokens[0]!.image.length };
}
