import type * as tree from "../../../grammar/ast.ts";
import type { Expression } from "../expression.ts";
import { withoutOptional } from "../types/fit.ts";
import type { Type } from "../types/type.ts";
import { fitted } from "./fitted.ts";
import { canonicalDigits, canonicalDuration } from "../types/wire-form.ts";
import { complain } from "./environment.ts";
import type { Infer } from "./inference.ts";
import type { Scope } from "./scope.ts";

export function literal(expression: tree.Literal, scope: Scope, _infer: Infer, expected?: Type): Expression | undefined {
  const { span } = expression;
  switch (expression.kind) {
    case "text-literal":
      return textLiteral(expression, scope, expected);
    case "number-literal":
      return numberLiteral(expression, scope, expected);
    case "boolean-literal":
      return { kind: "literal", value: expression.value, type: { kind: "boolean" }, span };
    case "none-literal":
      return { kind: "literal", value: null, type: { kind: "none" }, span };
    case "duration-literal":
      return { kind: "literal", value: canonicalDuration(expression.amount, expression.unit), type: { kind: "duration" }, span };
    case "date-literal":
      return isCalendarDay(expression.date)
        ? { kind: "literal", value: expression.date, type: { kind: "date" }, span }
        : complain(scope.env, "date-impossible", span, { date: expression.date });
  }
}

/** A text in quotes can be what is a text on the wire, where such a thing is wanted: an id, an address, an instant. */
function textLiteral(
  { value, span }: { value: string; span: tree.Span },
  scope: Scope,
  expected: Type | undefined,
): Expression | undefined {
  const wanted = expected === undefined ? "text" : withoutOptional(expected).kind;
  switch (wanted) {
    case "timestamp":
      return isInstant(value)
        ? { kind: "literal", value: new Date(value).toISOString(), type: { kind: "timestamp" }, span }
        : complain(scope.env, "timestamp-impossible", span, { text: value });
    case "email":
    case "url":
    case "id":
      return { kind: "literal", value, type: { kind: wanted }, span };
    case "reference":
      return { kind: "literal", value, type: expected === undefined ? { kind: "id" } : withoutOptional(expected), span };
    default:
      return { kind: "literal", value, type: { kind: "text" }, span };
  }
}

function numberLiteral(
  { digits, span }: { digits: string; span: tree.Span },
  scope: Scope,
  expected: Type | undefined,
): Expression | undefined {
  const wanted = expected === undefined ? undefined : withoutOptional(expected).kind;
  if (wanted === "decimal") return decimalLiteral(canonicalDigits(digits), scope, span);
  const isWhole = /^\d+$/.test(digits);
  if (isWhole && !Number.isSafeInteger(Number(digits))) return complain(scope.env, "number-too-large", span, { digits });
  return { kind: "literal", value: Number(digits), type: { kind: isWhole && wanted !== "number" ? "integer" : "number" }, span };
}

const mostDigits = 34;

function decimalLiteral(value: string, scope: Scope, span: tree.Span): Expression | undefined {
  const count = value.replace(/^0?\.?0*|\./g, "").length;
  return count > mostDigits
    ? complain(scope.env, "digits-too-many", span, { count })
    : { kind: "literal", value, type: { kind: "decimal" }, span };
}

function isCalendarDay(date: string): boolean {
  const instant = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(date);
}

const isInstant = (text: string) => /^\d{4}-\d\d-\d\dT/.test(text) && !Number.isNaN(new Date(text).getTime());

/** `[]` is the empty map, too, where one is wanted. */
export function listLiteral({ items, span }: tree.ListLiteral, scope: Scope, infer: Infer, expected?: Type): Expression | undefined {
  const wanted = expected === undefined ? undefined : withoutOptional(expected);
  if (wanted?.kind === "map" && items.length === 0) return { kind: "list", items: [], type: wanted, span };
  const ofWanted = wanted?.kind === "list" ? wanted.of : undefined;
  const inferred = items.map((item) => infer(item, scope, ofWanted));
  const of = ofWanted ?? inferred[0]?.type;
  if (of === undefined) return items.length === 0 ? complain(scope.env, "list-without-type", span, {}) : undefined;
  const fitting = inferred.map((item) => item && fitted(item, of, scope, "this list"));
  return isWhole(fitting) ? { kind: "list", items: fitting, type: { kind: "list", of }, span } : undefined;
}

const isWhole = (items: readonly (Expression | undefined)[]): items is readonly Expression[] => !items.includes(undefined);
