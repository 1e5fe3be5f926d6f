import type { Expression } from "../expression.ts";

const opposite = { is: "is not", "is not": "is", "<": ">=", "<=": ">", ">": "<=", ">=": "<" } as const;

/** The opposite of a condition, said as a person would: not `not (status is open)` but `status is not open`. */
export function negated(condition: Expression): Expression {
  switch (condition.kind) {
    case "not":
      return condition.operand;
    case "comparison":
      return { ...condition, operator: opposite[condition.operator] };
    case "is-none":
    case "is-empty":
      return { ...condition, negated: !condition.negated };
    default:
      return { kind: "not", operand: condition, type: { kind: "boolean" }, span: condition.span };
  }
}
