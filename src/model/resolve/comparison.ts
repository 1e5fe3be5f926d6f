import type * as tree from "../../../grammar/ast.ts";
import { diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Expression } from "../expression.ts";
import { describeType } from "../types/describe-type.ts";
import { isNumber, isText, withoutOptional } from "../types/fit.ts";
import type { Type } from "../types/type.ts";
import { isPattern } from "../types/pattern.ts";
import { complain, locationOf } from "./environment.ts";
import { certain, converted, fitted, writtenAt } from "./fitted.ts";
import type { Infer } from "./inference.ts";
import { commonType } from "./logic.ts";
import { meantAs } from "./meant.ts";
import { isBound } from "./name.ts";
import { keyOf, type Scope } from "./scope.ts";

const boolean = { kind: "boolean" } as const;

type ComparisonOperator = "is" | "is not" | "<" | "<=" | ">" | ">=";

/** `is`, `<` and their like. */
export function comparison({ operator, left, right, span }: tree.Binary, scope: Scope, infer: Infer): Expression | undefined {
  const [a, b] = bothSides(left, right, scope, infer);
  if (a === undefined || b === undefined) return undefined;
  if (keyOf(a) !== undefined && keyOf(a) === keyOf(b)) return comparedWithItself(left, right, span, scope);
  return operator === "is" || operator === "is not"
    ? equality(operator, a, b, span, scope)
    : order(operator as ComparisonOperator, a, b, span, scope);
}

/**
 * `sku is command.sku` says the same twice where something of that name is missing that would have come first: then that is the mistake, and it may
 * have been mistyped.
 */
function comparedWithItself(left: tree.Expression, right: tree.Expression, span: tree.Span, scope: Scope): undefined {
  const bare = left.kind === "name-expression" ? left : right.kind === "name-expression" ? right : undefined;
  const facts = { written: writtenAt(scope, left.span), words: prefixesOf(scope, left) };
  const [first] = scope.layers;
  if (bare === undefined || left.kind === right.kind || first === undefined)
    return complain(scope.env, "compared-with-itself", span, facts);
  const location = locationOf(scope.env, span);
  scope.env.findings.missing({
    name: bare.name,
    location,
    namespaces: [first.names],
    say: () => diagnostic("compared-with-itself", location, facts),
  });
}

/** The words that could stand before the name, and a dot, to say which one is meant. */
function prefixesOf({ prefixes }: Scope, expression: tree.Expression): readonly string[] {
  if (expression.kind !== "name-expression") return [];
  return [...prefixes].filter(([, layers]) => layers.some(({ names }) => names.entries.has(expression.name))).map(([word]) => word);
}

/** Each side may tell what the other one is: `status is placed`, `placed is status`, `price > 5`. */
function bothSides(
  left: tree.Expression,
  right: tree.Expression,
  scope: Scope,
  infer: Infer,
): readonly [Expression | undefined, Expression | undefined] {
  if (isUntold(left, scope) && !isUntold(right, scope)) {
    const b = infer(right, scope);
    return [b && infer(left, scope, b.type), b];
  }
  const a = infer(left, scope);
  const b = a === undefined && isUntold(right, scope) ? undefined : infer(right, scope, a?.type);
  if (left.kind === "number-literal" && b !== undefined && withoutOptional(b.type).kind === "decimal")
    return [infer(left, scope, b.type), b];
  return [a, b];
}

/** A name that the place does not declare: it can only be an option of the other side's choice. */
const isUntold = (expression: tree.Expression, scope: Scope) => expression.kind === "name-expression" && !isBound(expression.name, scope);

function equality(operator: "is" | "is not", left: Expression, right: Expression, span: tree.Span, scope: Scope): Expression | undefined {
  const none = [left, right].find((side) => side.type.kind === "none");
  if (none !== undefined) return isNone(none === left ? right : left, operator === "is not", span, scope);
  const type =
    isIdOfRow(left, right) || isIdOfRow(right, left) ? left.type : commonType(withoutOptional(left.type), withoutOptional(right.type));
  if (type === undefined || type.kind === "json" || type.kind === "map") return incomparable(left, right, span, scope);
  const [a, b] = [asKind(left, type), asKind(right, type)];
  return { kind: "comparison", operator, left: a, right: b, type: boolean, span };
}

/** A row has the id of the aggregate that it is about, whichever that is. */
const isIdOfRow = (row: Expression, other: Expression) =>
  row.kind === "given" && row.what === "row id" && ["id", "reference"].includes(withoutOptional(other.type).kind);

/** With the conversion that the other side asks for; an optional keeps its none. */
function asKind(expression: Expression, type: Type): Expression {
  return type.kind === "decimal" && withoutOptional(expression.type).kind === "integer" ? converted(expression) : expression;
}

function incomparable(left: Expression, right: Expression, span: tree.Span, scope: Scope): undefined {
  const meant = meantAs(left.type, right, scope) ?? meantAs(right.type, left, scope);
  const facts = {
    left: describeType(left.type),
    right: describeType(right.type),
    meant: meant?.text ?? dayOf(left, right, scope) ?? countOf(left, right, scope),
  };
  return complain(scope.env, "comparison-impossible", span, { written: writtenAt(scope, span), ...facts }, { fix: meant?.fix });
}

/** `date of sentAt`, where an instant meets a day. */
function dayOf(left: Expression, right: Expression, scope: Scope): string | undefined {
  const instant = [left, right].find(({ type }) => type.kind === "timestamp");
  if (instant === undefined || ![left, right].some(({ type }) => type.kind === "date")) return undefined;
  const written = writtenAt(scope, instant.span);
  return written === "now" ? "today" : `date of ${written}`;
}

/** `count of items`, where a list meets a number. */
function countOf(left: Expression, right: Expression, scope: Scope): string | undefined {
  const list = [left, right].find(({ type }) => type.kind === "list");
  return list !== undefined && [left, right].some(({ type }) => isNumber(type)) ? `count of ${writtenAt(scope, list.span)}` : undefined;
}

const ordered = new Set<Type["kind"]>(["integer", "number", "decimal", "timestamp", "date", "duration"]);

function order(operator: ComparisonOperator, left: Expression, right: Expression, span: tree.Span, scope: Scope): Expression | undefined {
  const [a, b] = [certain(left, scope), certain(right, scope)];
  if (a === undefined || b === undefined) return undefined;
  const type = commonType(a.type, b.type);
  if (type === undefined) return incomparable(a, b, span, scope);
  if (!ordered.has(type.kind)) {
    return complain(scope.env, "no-order", span, { written: writtenAt(scope, span), given: describeType(a.type), operator });
  }
  return { kind: "comparison", operator, left: asKind(a, type), right: asKind(b, type), type: boolean, span };
}

/** `x is empty`, `x is none` and their opposites. */
export function test(expression: Extract<tree.Expression, { kind: "test" }>, scope: Scope, infer: Infer): Expression | undefined {
  const { test, operand, span } = expression;
  const value = infer(operand, scope);
  if (value === undefined) return undefined;
  const negated = test.includes("not");
  return test.endsWith("none") ? isNone(value, negated, span, scope) : isEmpty(value, negated, span, scope);
}

function isNone(value: Expression, negated: boolean, span: tree.Span, scope: Scope): Expression | undefined {
  const operand = value.kind === "present" ? value.operand : value;
  if (operand.type.kind !== "optional") {
    return complain(scope.env, "never-none", span, { written: writtenAt(scope, operand.span), canBeEmpty: canBeEmpty(operand.type) });
  }
  return { kind: "is-none", operand, negated, type: boolean, span };
}

function isEmpty(value: Expression, negated: boolean, span: tree.Span, scope: Scope): Expression | undefined {
  if (!canBeEmpty(withoutOptional(value.type))) {
    return complain(scope.env, "never-empty", span, {
      written: writtenAt(scope, value.span),
      given: describeType(value.type),
      isOptional: value.type.kind === "optional",
    });
  }
  const operand = certain(value, scope);
  return operand && { kind: "is-empty", operand, negated, type: boolean, span };
}

const canBeEmpty = (type: Type) => isText(type) || type.kind === "list" || type.kind === "map";

export function matches(expression: Extract<tree.Expression, { kind: "matches" }>, scope: Scope, infer: Infer): Expression | undefined {
  const { operand, pattern, span } = expression;
  const text = textOnly(infer(operand, scope), scope, "matches");
  if (!isPattern(pattern)) return complain(scope.env, "pattern-unreadable", span, { pattern });
  return text && { kind: "matches", operand: text, pattern, type: boolean, span };
}

function textOnly(expression: Expression | undefined, scope: Scope, what: string): Expression | undefined {
  const value = certain(expression, scope);
  return value && fitted(value, { kind: "text" }, scope, `"${what}"`);
}

export function textTest({ operator, left, right, span }: tree.Binary, scope: Scope, infer: Infer): Expression | undefined {
  const text = textOnly(infer(left, scope), scope, operator);
  const part = textOnly(infer(right, scope), scope, operator);
  const word = operator === "starts with" || operator === "ends with" ? operator : "contains";
  return text && part && { kind: "text-test", operator: word, text, part, type: boolean, span };
}

/** `x is in items`, `items contains x`; between texts, `contains` looks for a part. */
export function membership(expression: tree.Binary, scope: Scope, infer: Infer): Expression | undefined {
  const { operator, left, right, span } = expression;
  if (operator === "contains") {
    const container = certain(infer(left, scope), scope);
    if (container === undefined) return undefined;
    return isText(container.type)
      ? textTest(expression, scope, infer)
      : inList(container, infer(right, scope, elementOf(container)), span, scope);
  }
  const item = infer(left, scope);
  const list = item && certain(infer(right, scope, { kind: "list", of: withoutOptional(item.type) }), scope);
  return list && inList(list, item, span, scope);
}

const elementOf = ({ type }: Expression): Type | undefined => (type.kind === "list" ? type.of : undefined);

function inList(list: Expression, item: Expression | undefined, span: tree.Span, scope: Scope): Expression | undefined {
  if (item === undefined) return undefined;
  const of = elementOf(list);
  if (of === undefined)
    return complain(scope.env, "list-needed", list.span, { written: writtenAt(scope, list.span), given: describeType(list.type) });
  const wanted: Type = item.type.kind === "optional" ? { kind: "optional", of } : of;
  const fitting = fitted(item, wanted, scope, `an element of "${writtenAt(scope, list.span)}"`);
  return fitting && { kind: "membership", list, item: fitting, type: boolean, span };
}
