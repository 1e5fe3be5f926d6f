import type { IToken } from "chevrotain";
import type { Braces, Name, Quoted, Span } from "../ast.ts";
import { MisquotedText, UnclosedText } from "../tokens.ts";

export function spanOf({ startOffset, image }: IToken): Span {
  return { start: startOffset, end: startOffset + image.length };
}

export function nameOf(token: IToken): Name {
  return { kind: "name", text: token.image, span: spanOf(token) };
}

export function quotedOf(token: IToken): Quoted {
  return { kind: "quoted", value: textIn(token), pieces: piecesOf(token), span: spanOf(token) };
}

/** What a text in quotes says. */
export function textIn(token: IToken): string {
  return said(innerOf(token), token);
}

function innerOf({ image, tokenType }: IToken): string {
  return tokenType === UnclosedText ? image.slice(1) : image.slice(1, -1);
}

/** Only a text that is written as it should be has escapes. */
function said(inner: string, { tokenType }: IToken): string {
  if (tokenType === UnclosedText || tokenType === MisquotedText || !inner.includes("\\")) return inner;
  return inner.replaceAll(escapes, (whole) => resolved(whole) ?? whole.slice(1));
}

function piecesOf(token: IToken): readonly (string | Braces)[] {
  const inner = innerOf(token);
  const pieces: (string | Braces)[] = [];
  let done = 0;
  for (const { 0: written, index } of inner.matchAll(escapesAndBraces)) {
    if (written.startsWith("\\")) continue;
    if (index > done) pieces.push(said(inner.slice(done, index), token));
    done = index + written.length;
    const start = token.startOffset + 1 + index;
    pieces.push({ kind: "braces", written, span: { start, end: start + written.length } });
  }
  if (done < inner.length || pieces.length === 0) pieces.push(said(inner.slice(done), token));
  return pieces;
}

const escapes = /\\(?:u\{[0-9a-fA-F]{1,6}\}|[^])/g;
/** Braces that are doubled are one piece. */
const escapesAndBraces = /\\(?:u\{[0-9a-fA-F]{1,6}\}|[^])|\{+(?:\\[^]|[^{}\\])*\}+|[{}]/g;
const letters: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", '"': '"', "\\": "\\", "/": "/", "{": "{", "}": "}" };

function resolved(escape: string): string | undefined {
  if (!escape.startsWith("\\u{")) return letters[escape[1]!];
  const code = Number.parseInt(escape.slice(3, -1), 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

/** The first escape in a text that means nothing, and where it stands. */
export function unknownEscape({ image, startOffset }: IToken): { escape: string; span: Span } | undefined {
  if (!image.includes("\\")) return undefined;
  for (const { 0: escape, index } of image.matchAll(escapes)) {
    const start = startOffset + index;
    if (resolved(escape) === undefined) return { escape, span: { start, end: start + escape.length } };
  }
  return undefined;
}
