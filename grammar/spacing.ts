import type { IToken } from "chevrotain";
import type { Document } from "./ast.ts";
import { Bar, Close, CloseList, Colon, Comma, Dot, ForeignNot, Minus, Open, OpenList } from "./tokens.ts";

/** Where the tree knows more about a space than two neighbouring tokens do: offsets of tokens that stand close to the one before. */
export function closeTokens(document: Document): ReadonlySet<number> {
  const close = new Set<number>();
  visit(document, (node) => {
    if (node.kind === "call" || ((node.kind === "function" || node.kind === "query") && node.name)) close.add(node.name!.span.end);
    if (node.kind === "unary" && node.operator === "-") close.add(-1 - node.span!.start);
  });
  return close;
}

/** The properties of the nodes in question; every node has some of them. */
interface AnyNode {
  readonly kind?: string;
  readonly operator?: string;
  readonly name?: { readonly span: { readonly end: number } };
  readonly span?: { readonly start: number };
}

function visit(node: unknown, see: (node: AnyNode) => void) {
  if (typeof node !== "object" || node === null) return;
  if (Array.isArray(node)) {
    for (const item of node) visit(item, see);
    return;
  }
  see(node);
  for (const value of Object.values(node)) if (typeof value === "object") visit(value, see);
}

/** The tokens of one line, or of one cell of a table, with one space where there is to be one. */
export function spaced(tokens: readonly IToken[], close: ReadonlySet<number>): string {
  let line = "";
  tokens.forEach((token, index) => {
    const previous = tokens[index - 1];
    line += previous !== undefined && isApart(previous, token, close) ? ` ${token.image}` : token.image;
  });
  return line;
}

function isApart(previous: IToken, token: IToken, close: ReadonlySet<number>) {
  switch (previous.tokenType) {
    case Open:
    case OpenList:
    case Dot:
    case ForeignNot:
      return false;
    case Minus:
      if (close.has(-1 - previous.startOffset)) return false;
  }
  switch (token.tokenType) {
    case Comma:
    case Colon:
    case Close:
    case CloseList:
      return previous.tokenType === Bar;
    case Dot:
      return false;
    case Open:
      return !close.has(previous.startOffset + previous.image.length);
    default:
      return true;
  }
}
