import type { IToken } from "chevrotain";
import type { Span } from "./ast.ts";
import { unknownEscape } from "./build/words.ts";
import { fault, type Fault } from "./faults.ts";
import { tokenOf } from "./lexer.ts";
import {
  CloseList,
  Colon,
  Comma,
  Equals,
  LineBreak,
  MisquotedText,
  OddSpace,
  OpenList,
  Punctuation,
  Text,
  UnclosedText,
  Unknown,
} from "./tokens.ts";

/** One line that says something, before anything is known about blocks. */
export interface SourceLine {
  readonly tokens: readonly IToken[];
  /** Of the first character in its row. */
  readonly start: number;
  /** Counted from 1. */
  readonly number: number;
  /** How far it is indented; a tab counts as two. */
  readonly column: number;
}

export interface Lines {
  readonly lines: readonly SourceLine[];
  readonly faults: readonly Fault[];
  /** Offsets of the first tokens of lines that are reported already, so that what they lead to is not. */
  readonly flawed: ReadonlySet<number>;
}

/** Splits the tokens into lines and takes out what is no part of the language, reporting each. */
export function splitLines(text: string, tokens: readonly IToken[]): Lines {
  const lines: SourceLine[] = [];
  const faults: Fault[] = [];
  const flawed = new Set<number>();
  let current: IToken[] = [];
  let start = 0;
  let number = 1;
  let broken = false;
  let faultsBefore = 0;
  let readUntil = 0;

  function endLine() {
    const [first] = current;
    if (first !== undefined) {
      lines.push({ tokens: current, start, number, column: columnOf(text, start, first.startOffset) });
      if (broken) flawed.add(first.startOffset);
    }
    current = [];
    broken = false;
    faultsBefore = faults.length;
  }

  for (const token of tokens) {
    if (token.tokenType === LineBreak) {
      endLine();
      start = token.startOffset + token.image.length;
      number++;
      continue;
    }
    if (token.startOffset < readUntil) continue;
    const object = objectAt(text, token, current);
    if (object !== undefined) {
      readUntil = object.fault.span.end;
      current.push(...object.meant);
      if (!broken) faults.push(object.fault);
      broken ||= object.meant.length === 0;
      continue;
    }
    const meant = meantBySemicolon(text, token, current);
    const found = meant === undefined ? characterFault(text, token) : semicolonFault(token, meant.image);
    if (meant !== undefined) current.push(meant);
    if (found !== undefined) {
      const breaks =
        found.code === "unknown-character" || found.code === "unclosed-text" || (meant === undefined && !endsItsLine(text, token));
      // A text that lacks its beginning explains the braces and semicolons in it.
      if (found.code === "unclosed-text") faults.length = faultsBefore;
      if (!breaks || !broken || found.code === "unclosed-text") faults.push(found);
      broken ||= breaks;
    }
    if (!isNoPart(token)) current.push(token);
  }
  endLine();
  return { lines, faults: [...faults, ...tabFaults(text, lines)], flawed };
}

function columnOf(text: string, start: number, end: number) {
  let column = 0;
  for (let at = start; at < end; at++) column += text[at] === "\t" ? 2 : text[at] === "\ufeff" && at === 0 ? 0 : 1;
  return column;
}

function isNoPart({ tokenType }: IToken) {
  return tokenType === OddSpace || tokenType === Punctuation || tokenType === Unknown;
}

/** A brace or a semicolon in the middle of a line leaves words that belong to nothing. */
function endsItsLine(text: string, token: IToken) {
  return token.tokenType !== Punctuation || /^[ \t{};]*(?:#|[\r\n]|$)/.test(text.slice(token.startOffset, token.startOffset + 200));
}

/** A semicolon between words stands for a colon behind a first word, and for a comma behind others. */
function meantBySemicolon(text: string, token: IToken, before: readonly IToken[]): IToken | undefined {
  if (token.image !== ";" || token.tokenType !== Punctuation || before.length === 0 || endsItsLine(text, token)) return undefined;
  return before.length === 1 ? tokenOf(Colon, ":", token.startOffset) : tokenOf(Comma, ",", token.startOffset);
}

function semicolonFault({ image, startOffset }: IToken, write: string): Fault {
  const span = { start: startOffset, end: startOffset + 1 };
  return fault("foreign-spelling", span, { found: image, write }, { fix: { span, text: write } });
}

/** `{}` and `{ name: 1 }`, as other languages write values: the former is `[]` here. */
function objectAt(
  text: string,
  { image, startOffset }: IToken,
  before: readonly IToken[],
): { fault: Fault; meant: readonly IToken[] } | undefined {
  if (image !== "{" || before.at(-1)?.tokenType !== Equals) return undefined;
  const [found] = /^\{[ \t]*\}|^\{[^\r\n#]*\}/.exec(text.slice(startOffset, startOffset + 2000)) ?? [];
  if (found === undefined) return undefined;
  const span = { start: startOffset, end: startOffset + found.length };
  if (/[^{ \t}]/.test(found)) return { fault: fault("value-in-braces", span, { found }), meant: [] };
  const meant = [tokenOf(OpenList, "{", span.start), tokenOf(CloseList, "}", span.end - 1)];
  return { fault: fault("foreign-spelling", span, { found, write: "[]" }, { fix: { span, text: "[]" } }), meant };
}

function characterFault(text: string, token: IToken): Fault | undefined {
  const { image, tokenType, startOffset } = token;
  const span: Span = { start: startOffset, end: startOffset + image.length };
  switch (tokenType) {
    case Unknown:
      return fault("unknown-character", span, { character: image });
    case OddSpace:
      if (startOffset === 0 && image === "\ufeff") return undefined;
      return fault("no-break-space", span, { character: codePoint(image) }, { fix: { span, text: image === "\u200b" ? "" : " " } });
    case Punctuation:
      return fault("needless-punctuation", span, { found: image }, { fix: endsItsLine(text, token) ? { span, text: "" } : undefined });
    case MisquotedText:
      return fault("wrong-quotes", span, { found: image }, { fix: { span, text: `"${image.slice(1, -1).replaceAll('"', '\\"')}"` } });
    case Text:
      return escapeFault(token);
    case UnclosedText:
      return fault("unclosed-text", span, { text: image.slice(1) });
    default:
      return undefined;
  }
}

function escapeFault(token: IToken): Fault | undefined {
  const unknown = unknownEscape(token);
  if (unknown === undefined) return undefined;
  return fault("unknown-escape", unknown.span, { escape: unknown.escape }, { fix: { span: unknown.span, text: `\\${unknown.escape}` } });
}

function codePoint(character: string) {
  return `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`;
}

/** One fault for each group of neighbouring lines that have a tab in their indentation; its fix mends them all. */
function tabFaults(text: string, lines: readonly SourceLine[]): Fault[] {
  const groups: SourceLine[][] = [];
  let previous: SourceLine | undefined;
  for (const line of lines) {
    if (!indentation(text, line).includes("\t")) {
      previous = undefined;
      continue;
    }
    if (previous === undefined) groups.push([]);
    groups.at(-1)!.push(line);
    previous = line;
  }
  return groups.map((group) => tabFault(text, group));
}

function tabFault(text: string, group: readonly SourceLine[]): Fault {
  const first = group[0]!;
  const last = group.at(-1)!;
  const span = { start: first.start, end: first.tokens[0]!.startOffset };
  const whole = { start: first.start, end: last.tokens[0]!.startOffset };
  const mended = text
    .slice(whole.start, whole.end)
    .replaceAll(/(^|[\r\n])([ \t]+)/g, (_, before: string, spaces: string) => before + spaces.replaceAll("\t", "  "));
  return fault("tab-indentation", span, { lines: group.length }, { fix: { span: whole, text: mended } });
}

function indentation(text: string, { start, tokens }: SourceLine) {
  return text.slice(start, tokens[0]!.startOffset);
}
