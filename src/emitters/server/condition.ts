import type { Comparison, Expression } from "../../model/expression.ts";
import { mentions } from "../javascript/uses.ts";
import { array, constant, object, text, type Js } from "../javascript/syntax.ts";
import { notEmitted } from "../not-emitted.ts";
import { emitExpression } from "./expression.ts";
import type { Scope } from "./scope.ts";

/** A condition on rows as the data that queries are made of: `{ likes: { atLeast: 3 } }`. */
export function emitCondition(node: Expression, scope: Scope): Js {
  switch (node.kind) {
    case "logic":
      return object([[node.word, array(node.operands.map((operand) => emitCondition(operand, scope)))]]);
    case "not":
      return object([["not", emitCondition(node.operand, scope)]]);
    case "comparison":
      return emitComparison(node, scope);
    case "is-none":
      return test(node.operand, node.negated ? "isNot" : undefined, constant(null));
    case "is-empty":
      return test(node.operand, node.negated ? "isNot" : undefined, text(""));
    case "text-test":
      if (node.operator === "ends with") return notEmitted('"ends with" in a condition on rows');
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
  if (isOfRow(left)) return test(left, operators[operator], besideRows(right, scope));
  return test(right, operators[turned[operator]], besideRows(left, scope));
}

const isOfRow = (node: Expression): boolean =>
  (node.kind === "read" && node.from === "row") || (node.kind === "given" && node.what === "row id");

/** `{ field: value }`, `{ field: { atLeast: value } }` */
function test(node: Expression, operator: string | undefined, value: Js): Js {
  if (!isOfRow(node)) return notEmitted("a condition on rows that is not about a field");
  const field = node.kind === "read" ? node.field : "id";
  return object([[field, operator === undefined ? value : object([[operator, value]])]]);
}

function besideRows(node: Expression, scope: Scope): Js {
  const value = emitExpression(node, scope);
  return mentions("row", value) ? notEmitted("a comparison of a row with itself") : value;
}
