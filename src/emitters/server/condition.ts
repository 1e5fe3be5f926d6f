import type { Comparison, Expression } from "../../model/expression.ts";
import { keyOf } from "../../model/resolve/scope.ts";
import { subexpressions } from "../../model/subexpressions.ts";
import { withoutOptional } from "../../model/types/fit.ts";
import type { Type } from "../../model/types/type.ts";
import { array, arrow, constant, object, text, type Js, type Property } from "../javascript/syntax.ts";
import { usedParameters } from "../javascript/uses.ts";
import { notEmitted } from "../not-emitted.ts";
import { emitExpression } from "./expression.ts";
import { narrowingIn } from "./narrowing.ts";
import type { Scope } from "./scope.ts";

/** Which rows: what the database decides (`{ likes: { atLeast: 3 } }`), and what only TypeScript can say of a row; all of it holds. */
export interface Selection {
  readonly where?: Js;
  readonly and?: Js;
}

/** Each part of an `and` goes to the database if that knows such conditions. */
export function emitSelection(condition: Expression, scope: Scope): Selection {
  const parts = condition.kind === "logic" && condition.word === "and" ? condition.operands : [condition];
  const inDatabase = parts.filter((part) => isForDatabase(part) && !restsOnOthers(part, parts));
  const [first, ...others] = parts.filter((part) => !inDatabase.includes(part));
  const rest =
    first && others.reduce<Expression>((left, right) => ({ ...condition, kind: "logic", word: "and", operands: [left, right] }), first);
  return {
    ...(inDatabase.length > 0 && { where: conjunction(inDatabase.map((part) => emitCondition(part, scope))) }),
    ...(rest && { and: ofRow(emitExpression(rest, byItself(rest, scope))) }),
  };
}

/** Whether the part only has an answer where another one holds: the database is asked for all of them at once. */
function restsOnOthers(part: Expression, parts: readonly Expression[]): boolean {
  const assumed = [...subexpressions(part)].flatMap((node) => (node.kind === "present" && !mentionsRow(node) ? (keyOf(node) ?? []) : []));
  return parts.some((other) => other !== part && [...subexpressions(other)].some((node) => assumed.includes(keyOf(node) ?? "")));
}

const ofRow = (body: Js): Js => arrow(usedParameters(["row"], body), body);

/** What the other parts say of a row TypeScript does not hear, where the database decides them. */
function byItself(condition: Expression, scope: Scope): Scope {
  const { isDoubted, isSeen } = narrowingIn(condition);
  return { ...scope, narrowing: { isDoubted: (node) => isDoubted(node) || scope.narrowing?.isDoubted(node) === true, isSeen } };
}

const compared = new Set<Type["kind"]>([
  "text",
  "integer",
  "number",
  "boolean",
  "decimal",
  "timestamp",
  "date",
  "duration",
  "id",
  "reference",
  "email",
  "url",
  "choice",
]);

function isForDatabase(node: Expression): boolean {
  switch (node.kind) {
    case "logic":
      return node.operands.every(isForDatabase);
    case "not":
      return isForDatabase(node.operand);
    case "comparison":
      return isComparedWith(node.left, node.right) || isComparedWith(node.right, node.left);
    case "membership":
      return isComparedWith(node.item, node.list) || (isOfRow(node.list) && !mentionsRow(node.item) && isPlain(node.item));
    case "is-none":
      return isOfRow(node.operand);
    case "is-empty":
      return isOfRow(node.operand) && node.operand.type.kind === "text";
    case "text-test":
      return isOfRow(node.text) && !mentionsRow(node.part) && node.operator !== "ends with";
    case "read":
      return isOfRow(node) && node.type.kind === "boolean";
    default:
      return false;
  }
}

/** A field of the row with something else of the same kind; what has parts is compared in TypeScript. */
function isComparedWith(field: Expression, other: Expression): boolean {
  return isOfRow(field) && !mentionsRow(other) && isPlain(field) && sameKind(field, other);
}

const kindOf = ({ type }: Expression) => withoutOptional(type.kind === "list" ? type.of : type).kind;
const sameKind = (one: Expression, other: Expression) => kindOf(other) === "none" || kindOf(one) === kindOf(other);
const isPlain = ({ type }: Expression) => compared.has(withoutOptional(type).kind);
const mentionsRow = (node: Expression) => [...subexpressions(node)].some(isOfRow);

function isOfRow(node: Expression): boolean {
  if (node.kind === "present") return isOfRow(node.operand);
  return (node.kind === "read" && node.from === "row") || (node.kind === "given" && node.what === "row id");
}

function emitCondition(node: Expression, scope: Scope): Js {
  switch (node.kind) {
    case "logic": {
      const parts = node.operands.map((operand) => emitCondition(operand, scope));
      return node.word === "and" ? conjunction(parts) : object([["or", array(parts)]]);
    }
    case "not":
      if (node.operand.kind === "read") return test(node.operand, undefined, constant(false));
      return object([["not", emitCondition(node.operand, scope)]]);
    case "comparison":
      return emitComparison(node, scope);
    case "membership":
      if (isOfRow(node.list)) return test(node.list, "contains", emitExpression(node.item, scope));
      return test(node.item, "in", emitExpression(node.list, scope));
    case "is-none":
      return test(node.operand, node.negated ? "isNot" : undefined, constant(null));
    case "is-empty":
      return test(node.operand, node.negated ? "isNot" : undefined, text(""));
    case "text-test":
      return test(node.text, node.operator === "contains" ? "contains" : "startsWith", emitExpression(node.part, scope));
    case "read":
      return test(node, undefined, constant(true));
    default:
      return notEmitted("this condition on rows");
  }
}

const operators = { is: undefined, "is not": "isNot", "<": "lessThan", "<=": "atMost", ">": "moreThan", ">=": "atLeast" } as const;
const turned: { readonly [Operator in Comparison["operator"]]: Comparison["operator"] } = {
  is: "is",
  "is not": "is not",
  "<": ">",
  "<=": ">=",
  ">": "<",
  ">=": "<=",
};

function emitComparison({ operator, left, right }: Comparison, scope: Scope): Js {
  if (isOfRow(left)) return test(left, operators[operator], emitExpression(right, scope));
  return test(right, operators[turned[operator]], emitExpression(left, scope));
}

/** `{ field: value }`, `{ field: { atLeast: value } }` */
function test(node: Expression, operator: string | undefined, value: Js): Js {
  if (node.kind === "present") return test(node.operand, operator, value);
  // What is only compared may be missing.
  if (value.kind === "present") return test(node, operator, value.operand);
  const field = node.kind === "read" ? node.field : "id";
  return object([[field, operator === undefined ? value : object([[operator, value]])]]);
}

const isNamed = (part: object): part is Property => "name" in part;

/** `{ shelf: "A", pages: { atLeast: 3 } }`; with `and`, where one object cannot say it. */
function conjunction(parts: readonly Js[]): Js {
  const [only] = parts;
  if (parts.length === 1 && only) return only;
  const properties = parts.flatMap((part) => (part.kind === "object" ? part.properties.filter(isNamed) : []));
  const names = new Set(properties.map(({ name }) => name));
  return names.size === properties.length ? { kind: "object", properties, open: false } : object([["and", array(parts)]]);
}
