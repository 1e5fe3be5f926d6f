import type * as tree from "../../../grammar/ast.ts";
import { parseExpression } from "../../../grammar/parse.ts";
import type { Reason } from "../command.ts";
import { describeType } from "../types/describe-type.ts";
import { complain } from "../resolve/environment.ts";
import { certain, writtenAt } from "../resolve/fitted.ts";
import { infer } from "../resolve/infer.ts";
import type { Scope } from "../resolve/scope.ts";
import type { Type } from "../types/type.ts";

/** `name` or `name.field`. */
const named = /^[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*$/u;

/** A reason with the values that are put into it. Undefined where one of them was wrong. */
export function buildReason({ pieces }: tree.Quoted, scope: Scope): Reason | undefined {
  const parts = pieces.map((piece) => (typeof piece === "string" ? piece : valueIn(piece, scope)));
  return parts.every((part) => part !== undefined) ? parts : undefined;
}

function valueIn({ written, span }: tree.Braces, scope: Scope): Reason[number] | undefined {
  const inner = written.slice(1, -1);
  if (named.test(inner)) return showable(infer(path(inner, span.start + 1), scope), scope);
  const meant = written.replaceAll(/^[{\s]+|[\s}]+$/g, "");
  if (named.test(meant)) {
    const fix = { span, text: `{${meant}}`, safe: false };
    return complain(scope.env, "name-needed-in-braces", span, { written, meant }, { fix });
  }
  const isLetPossible = scope.prefixes.has("command") && parseExpression(meant) !== undefined;
  return complain(scope.env, "name-needed-in-braces", span, { written, ...(isLetPossible && { expression: meant }) });
}

function path(text: string, at: number): tree.Expression {
  const place = (start: number, end: number) => ({ start: at + start, end: at + end });
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

function showable(expression: ReturnType<typeof infer>, scope: Scope): Reason[number] | undefined {
  const value = certain(expression, scope);
  if (value === undefined || !unshowable.has(value.type.kind)) return value;
  return complain(scope.env, "reason-not-showable", value.span, { written: writtenAt(scope, value.span), given: describeType(value.type) });
}
