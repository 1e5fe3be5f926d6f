import type * as tree from "../../../grammar/ast.ts";
import type { Expression } from "../expression.ts";
import { describeType } from "../types/describe-type.ts";
import { isNumber, isText, type NumberKind, optional, withoutOptional } from "../types/fit.ts";
import type { Type } from "../types/type.ts";
import { complain } from "./environment.ts";
import { certain, converted, writtenAt } from "./fitted.ts";
import type { Infer } from "./inference.ts";
import { meantAs } from "./meant.ts";
import type { Scope } from "./scope.ts";

type Operator = "+" | "-" | "*" | "/" | "mod";

export function arithmetic(expression: tree.Binary, scope: Scope, infer: Infer, expected?: Type): Expression | undefined {
  const operator = expression.operator as Operator;
  const [left, right] = operands(expression, scope, infer, expected);
  if (left === undefined || right === undefined) return undefined;
  const { span } = expression;
  if (isNumber(left.type) && isNumber(right.type)) return numbers(operator, left, right, span, scope);
  const kind = others.find(([word, a, b]) => word === operator && is(left, a) && is(right, b))?.[3];
  if (kind === undefined) return impossible(left, right, span, scope);
  if (kind === "date" && isPartOfADay(right)) return complain(scope.env, "part-of-a-day", span, { written: writtenAt(scope, right.span) });
  return { kind: "arithmetic", operator, left, right, type: { kind }, span };
}

/** `3 hours`: what a length of time holds besides whole days stands behind the T. */
const isPartOfADay = (length: Expression): boolean => length.kind === "literal" && String(length.value).includes("T");

/** A literal takes the kind of number that the other side has. */
function operands(
  { left, right }: tree.Binary,
  scope: Scope,
  infer: Infer,
  expected?: Type,
): readonly [Expression | undefined, Expression | undefined] {
  const wanted = expected !== undefined && withoutOptional(expected).kind === "decimal" ? expected : undefined;
  const a = certain(infer(left, scope, left.kind === "number-literal" ? undefined : wanted), scope);
  const b = certain(infer(right, scope, isDecimal(a) ? a?.type : right.kind === "number-literal" ? undefined : wanted), scope);
  return left.kind === "number-literal" && isDecimal(b) ? [infer(left, scope, b?.type), b] : [a, b];
}

const isDecimal = (expression: Expression | undefined) => expression?.type.kind === "decimal";

type Operand = "text" | "timestamp" | "date" | "duration" | "a number";

/** What else can be calculated with, and what comes out. */
const others: readonly (readonly [Operator, Operand, Operand, "text" | "timestamp" | "date" | "duration"])[] = [
  ["+", "text", "text", "text"],
  ["-", "timestamp", "timestamp", "duration"],
  ["+", "timestamp", "duration", "timestamp"],
  ["-", "timestamp", "duration", "timestamp"],
  ["-", "date", "date", "duration"],
  ["+", "date", "duration", "date"],
  ["-", "date", "duration", "date"],
  ["+", "duration", "duration", "duration"],
  ["-", "duration", "duration", "duration"],
  ["*", "duration", "a number", "duration"],
  ["*", "a number", "duration", "duration"],
];

function is({ type }: Expression, operand: Operand): boolean {
  if (operand === "text") return isText(type);
  return operand === "a number" ? type.kind === "integer" || type.kind === "number" : type.kind === operand;
}

function numbers(operator: Operator, left: Expression, right: Expression, span: tree.Span, scope: Scope): Expression | undefined {
  const kind = numberKind(operator, left.type.kind as NumberKind, right.type.kind as NumberKind);
  if (kind === undefined) return impossible(left, right, span, scope);
  const divides = operator === "/" || operator === "mod";
  if (divides && isZero(right)) return complain(scope.env, "division-by-zero", span, { written: writtenAt(scope, span) });
  const [a, b] = [toKind(left, kind), toKind(right, kind)];
  const type: Type = { kind };
  return { kind: "arithmetic", operator, left: a, right: b, type: divides && right.kind !== "literal" ? optional(type) : type, span };
}

/** Doubles and decimals do not mix: one is inexact where the other is exact. A quotient of integers is a number. */
function numberKind(operator: Operator, left: NumberKind, right: NumberKind): NumberKind | undefined {
  const kinds = new Set([left, right]);
  if (kinds.has("decimal")) return kinds.has("number") ? undefined : "decimal";
  return kinds.has("number") || operator === "/" ? "number" : "integer";
}

const isZero = (expression: Expression) => expression.kind === "literal" && Number(expression.value) === 0;

const toKind = (expression: Expression, kind: NumberKind) =>
  kind === "decimal" && expression.type.kind === "integer" ? converted(expression) : expression;

function impossible(left: Expression, right: Expression, span: tree.Span, scope: Scope): undefined {
  const meant = meantAs(besides(left), right, scope) ?? meantAs(besides(right), left, scope);
  const counts = [left, right].find((side) => is(side, "a number"));
  const facts = {
    written: writtenAt(scope, span),
    left: describeType(left.type),
    right: describeType(right.type),
    meant: meant?.text,
    counted: counts && [left, right].some(({ type }) => isTime(type)) ? writtenAt(scope, counts.span) : undefined,
  };
  return complain(scope.env, "calculation-impossible", span, facts, { fix: meant?.fix });
}

const isTime = ({ kind }: Type) => kind === "timestamp" || kind === "date" || kind === "duration";

/** What can be calculated with such a value: to a time a length of time is added, to a number a number. */
const besides = ({ type }: Expression): Type => (isTime(type) ? { kind: "duration" } : type);
