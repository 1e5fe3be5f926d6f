import type { IToken } from "chevrotain";
import type { Name, Quoted, Span } from "../ast.ts";
import { MisquotedText, UnclosedText } from "../tokens.ts";

export function spanOf({ startOffset, image }: IToken): Span {
  return { start: startOffset, end: startOffset + image.length };
}

export function nameOf(token: IToken): Name {
  return { kind: "name", text: token.image, span: spanOf(token) };
}

export function quotedOf(token: IToken): Quoted {
  return { kind: "quoted", value: textIn(token), span: spanOf(token) };
}

/** What a text in quotes says. */
export function textIn({ image, tokenType }: IToken): string {
  if (tokenType === UnclosedText) return image.slice(1);
  const inner = image.slice(1, -1);
  if (tokenType === MisquotedText || !inner.includes("\\")) return inner;
  return inner.replaceAll(escapes, (whole) => resolved(whole) ?? whole.slice(1));
}

const escapes = /\\(?:u\{[0-9a-fA-F]{1,6}\}|[^])/g;
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
