import type { Expression } from "../expression.ts";
import { keyOf } from "./scope.ts";

/** The optionals that are known to have a value where the condition has turned out to be so. */
export function presentWhere(condition: Expression, holds: boolean): readonly string[] {
  switch (condition.kind) {
    case "is-none":
      return condition.negated === holds ? keysOf(condition.operand) : [];
    case "comparison":
      return (condition.operator === "is") === holds ? presentByEquality(condition.left, condition.right) : [];
    case "logic":
      return (condition.word === "and") === holds ? condition.operands.flatMap((operand) => presentWhere(operand, holds)) : [];
    case "not":
      return presentWhere(condition.operand, !holds);
    default:
      return [];
  }
}

/** What equals something that has a value, has one. */
function presentByEquality(left: Expression, right: Expression): readonly string[] {
  if (left.type.kind === "optional" && right.type.kind !== "optional") return keysOf(left);
  if (right.type.kind === "optional" && left.type.kind !== "optional") return keysOf(right);
  return [];
}

function keysOf(expression: Expression): readonly string[] {
  const key = keyOf(expression);
  return key === undefined ? [] : [key];
}
