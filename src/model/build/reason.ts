import type * as tree from "../../../grammar/ast.ts";
import type { Reason } from "../command.ts";
import { describeType } from "../types/describe-type.ts";
import { complain } from "../resolve/environment.ts";
import { certain, writtenAt } from "../resolve/fitted.ts";
import { infer } from "../resolve/infer.ts";
import type { Scope } from "../resolve/scope.ts";
import type { Type } from "../types/type.ts";

/** `{name}` or `{name.field}`; braces around anything else are only braces. */
const placeholder = /\{([\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*)\}/gu;

/** A reason with the values that are put into it. Undefined where one of them was wrong. */
export function buildReason({ value, span }: tree.Quoted, scope: Scope): Reason | undefined {
  const parts: (string | Reason[number])[] = [];
  const isAsWritten = span.end - span.start === value.length + 2;
  let done = 0;
  let isSound = true;
  for (const match of value.matchAll(placeholder)) {
    if (match.index > done) parts.push(value.slice(done, match.index));
    done = match.index + match[0].length;
    // Where the text has escapes its letters stand elsewhere in the file: then the whole text is the place.
    const offset = span.start + 1 + match.index + 1;
    const place = (start: number, end: number) => (isAsWritten ? { start: offset + start, end: offset + end } : span);
    const shown = showable(infer(path(match[1] ?? "", place), scope), scope);
    if (shown === undefined) isSound = false;
    else parts.push(shown);
  }
  if (done < value.length || parts.length === 0) parts.push(value.slice(done));
  return isSound ? parts : undefined;
}

function path(text: string, place: (start: number, end: number) => tree.Span): tree.Expression {
  const [first = "", ...fields] = text.split(".");
  let end = first.length;
  let expression: tree.Expression = { kind: "name-expression", name: first, span: place(0, end) };
  for (const field of fields) {
    const start = end + 1;
    end = start + field.length;
    expression = { kind: "member", of: expression, name: { kind: "name", text: field, span: place(start, end) }, span: place(0, end) };
  }
  return expression;
}

const unshowable = new Set<Type["kind"]>(["list", "map", "value", "json"]);

function showable(expression: Reason[number] | undefined, scope: Scope): Reason[number] | undefined {
  if (expression === undefined || typeof expression === "string") return expression;
  const value = certain(expression, scope);
  if (value === undefined || !unshowable.has(value.type.kind)) return value;
  return complain(scope.env, "reason-not-showable", value.span, { written: writtenAt(scope, value.span), given: describeType(value.type) });
}
