import type { AddTo, Arg, RemoveFrom } from "../ast.ts";
import { fault } from "../faults.ts";
import type { Line } from "../outline.ts";
import type { Reading } from "../reading.ts";
import { keyword } from "../tokens.ts";
import { spanOfLine } from "./block.ts";

/** What a statement is given, on its line or below it. */
export function readArgs(reading: Reading, line: Line, onLine: readonly Arg[] | undefined): readonly Arg[] {
  if (onLine !== undefined) return onLine;
  return line.children.flatMap((child) => reading.read(child, "arg") ?? []);
}

export interface Changes {
  readonly args: readonly Arg[];
  readonly changes: readonly (AddTo | RemoveFrom)[];
}

/** Assignments, and below the statement also what is added to collections of the row, and removed from them. */
export function readChanges(reading: Reading, line: Line, onLine: readonly Arg[] | undefined): Changes {
  if (onLine !== undefined) return { args: onLine, changes: [] };
  const args: Arg[] = [];
  const changes: (AddTo | RemoveFrom)[] = [];
  for (const child of line.children) {
    const change = isAddTo(child) ? readAddTo(reading, child) : isRemoveFrom(child) ? readRemoveFrom(reading, child) : undefined;
    if (change !== undefined) changes.push(change);
    if (isAddTo(child) || isRemoveFrom(child)) continue;
    const arg = reading.read(child, "arg");
    if (arg !== undefined) args.push(arg);
  }
  return { args, changes };
}

export function noteEmpty(reading: Reading, line: Line) {
  if (line.children.length > 0) return;
  reading.noteUnlessFlawed(line, fault("empty-block", spanOfLine(line), { opener: reading.source(line) }));
}

/** `add item to items`, but not `add from, to`. */
export function isAddTo({ tokens }: Line): boolean {
  const before = tokens.at(-3);
  return tokens.length > 3 && tokens[0]!.tokenType === keyword.add && tokens.at(-2)!.tokenType === keyword.to && before!.image !== ",";
}

/** `remove item from items` */
export function isRemoveFrom({ tokens }: Line): boolean {
  return tokens.length > 3 && tokens[0]!.tokenType === keyword.remove && tokens.at(-2)!.tokenType === keyword.from;
}

export function readAddTo(reading: Reading, line: Line): AddTo | undefined {
  const head = reading.read(line, "addTo");
  return head && { kind: "add-to", ...head, span: spanOfLine(line) };
}

export function readRemoveFrom(reading: Reading, line: Line): RemoveFrom | undefined {
  const head = reading.read(line, "removeFrom");
  return head && { kind: "remove-from", ...head, span: spanOfLine(line) };
}
