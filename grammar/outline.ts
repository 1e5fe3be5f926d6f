import type { IToken } from "chevrotain";
import { Dedent, Indent, Newline } from "./tokens.ts";

/** One line with the lines below it that belong to it. */
export interface Line {
  readonly tokens: readonly IToken[];
  readonly children: readonly Line[];
}

/** Folds laid out tokens into the tree of lines that INDENT and DEDENT describe. */
export function outline(tokens: readonly IToken[]): Line[] {
  const top: Line[] = [];
  const open = [top];
  let current: IToken[] = [];
  for (const token of tokens) {
    if (token.tokenType === Newline) {
      open.at(-1)!.push({ tokens: current, children: [] });
      current = [];
    } else if (token.tokenType === Indent) {
      open.push(open.at(-1)!.at(-1)!.children as Line[]);
    } else if (token.tokenType === Dedent) {
      open.pop();
    } else {
      current.push(token);
    }
  }
  return top;
}

export function startOf({ tokens }: Line): number {
  return tokens[0]!.startOffset;
}

/** Where the line itself ends, without those below. */
export function endOfLine({ tokens }: Line): number {
  const last = tokens.at(-1)!;
  return last.startOffset + last.image.length;
}

/** Where the last line below ends. */
export function endOf(line: Line): number {
  const last = line.children.at(-1);
  return last === undefined ? endOfLine(line) : endOf(last);
}
