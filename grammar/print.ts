import type { IToken } from "chevrotain";
import { alignComments, alignTables, type Row } from "./align.ts";
import type { Document } from "./ast.ts";
import { layOut } from "./layout.ts";
import { lex } from "./lexer.ts";
import { type SourceLine, splitLines } from "./lines.ts";
import { parse } from "./parse.ts";
import { closeTokens, spaced } from "./spacing.ts";
import { Bar, Dedent, Indent, Newline } from "./tokens.ts";

/**
 * The canonical layout of a file: two spaces a level, one between words, at most one empty row in succession, tables and neighbouring
 * comments aligned. Only layout changes; what could not be read stays as it is, at the level where it seems to belong, and lines end as most of
 * them did. `document` is what `parse` made of `text`.
 */
export function print(document: Document, text: string): string {
  let before = { document, text };
  for (let round = 0; round < mostRounds; round++) {
    const printed = printOnce(before.document, before.text);
    if (printed === before.text) return round === 0 ? text : withEndsOf(text, printed);
    before = { document: parse(printed).document, text: printed };
  }
  return text;
}

/** Windows ends lines with two characters; a file that comes from there goes back as it came. */
function withEndsOf(text: string, printed: string): string {
  const all = text.match(/\r\n|\n|\r/g) ?? [];
  const isFromWindows = all.filter((end) => end === "\r\n").length * 2 > all.length;
  return isFromWindows ? printed.replaceAll("\n", "\r\n") : printed;
}

/** Where a line that nobody understands seems to belong may depend on where it stood. A file that does not come to rest is left alone. */
const mostRounds = 5;

function printOnce(document: Document, text: string): string {
  const { lines } = splitLines(text, lex(text).tokens);
  const depths = depthsOf(layOut(text, lines).tokens);
  const commentStarts = new Map(document.comments.map(({ span }) => [span.end, span.start]));
  const close = closeTokens(document);
  const isUnread = (offset: number) => document.unread.some(({ start, end }) => start <= offset && offset < end);
  let next = 0;

  function rowOf({ start, end }: { start: number; end: number }): Row | undefined {
    const contentStart = start === 0 && text.startsWith("\ufeff") ? 1 : start;
    const contentEnd = commentStarts.get(end) ?? end;
    const comment = trimmed(text.slice(contentEnd, end));
    const line = lines[next];
    if (line?.start !== start) {
      const stray = trimmed(text.slice(contentStart, contentEnd));
      if (stray === "" && comment === "") return undefined;
      return { depth: depthBetween(columnOf(text, start, end), next, lines, depths), content: stray, comment };
    }
    const depth = depths[next++]!;
    const source = text.slice(contentStart, contentEnd);
    if (isUnread(startOf(line)) || hasMore(line, source)) return { depth, content: trimmed(source), comment };
    if (line.tokens[0]!.tokenType === Bar) return { depth, content: "", comment, cells: cellsOf(line.tokens, close) };
    return { depth, content: spaced(line.tokens, close), comment };
  }

  return write(alignComments(alignTables(rowsOf(text).map(rowOf))));
}

function write(rows: readonly (Row | undefined)[]): string {
  let text = "";
  let empty = false;
  for (const row of rows) {
    if (row === undefined) {
      empty = text !== "";
      continue;
    }
    const between = row.content !== "" && row.comment !== "" ? "  " : "";
    text += `${empty ? "\n" : ""}${"  ".repeat(row.depth)}${row.content}${between}${row.comment}\n`;
    empty = false;
  }
  return text;
}

function rowsOf(text: string) {
  const rows: { start: number; end: number }[] = [];
  let start = 0;
  for (const { index, 0: lineBreak } of text.matchAll(/\r\n|\n|\r/g)) {
    rows.push({ start, end: index });
    start = index + lineBreak.length;
  }
  rows.push({ start, end: text.length });
  return rows;
}

/** How deep each line stands. */
function depthsOf(tokens: readonly IToken[]): number[] {
  const depths: number[] = [];
  let depth = 0;
  for (const { tokenType } of tokens) {
    if (tokenType === Indent) depth++;
    if (tokenType === Dedent) depth--;
    if (tokenType === Newline) depths.push(depth);
  }
  return depths;
}

/** The level of a comment that stands alone: that of the line below, unless it is indented like one of the lines above. */
function depthBetween(column: number, next: number, lines: readonly SourceLine[], depths: readonly number[]): number {
  const below = lines[next];
  if (below !== undefined && column <= below.column) return depths[next]!;
  for (let index = next - 1; index >= 0; index--) {
    if (lines[index]!.column > column) continue;
    const isInside = index === next - 1 && column > lines[index]!.column;
    return Math.max(depths[index]! + (isInside ? 1 : 0), depths[next] ?? 0);
  }
  return depths[next] ?? 0;
}

function columnOf(text: string, start: number, end: number) {
  let column = 0;
  for (let at = start; at < end && /\s/.test(text[at]!); at++) column += text[at] === "\t" ? 2 : 1;
  return column;
}

/** Other spaces than these are not ours to take. */
function trimmed(text: string) {
  return text.replace(/^[ \t]+|[ \t]+$/g, "");
}

function startOf({ tokens }: SourceLine) {
  return tokens[0]!.startOffset;
}

/** Whether the row says more than its tokens do, for instance a semicolon. */
function hasMore({ tokens }: SourceLine, source: string) {
  const length = (part: string) => part.replaceAll(/[ \t]/g, "").length;
  return tokens.reduce((sum, { image }) => sum + length(image), 0) !== length(source);
}

function cellsOf(tokens: readonly IToken[], close: ReadonlySet<number>): string[] {
  const cells: IToken[][] = [];
  for (const token of tokens) {
    if (token.tokenType === Bar) cells.push([]);
    else cells.at(-1)!.push(token);
  }
  return cells.slice(0, -1).map((cell) => spaced(cell, close));
}
