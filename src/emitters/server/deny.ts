import { binary, not, type Js, type Operator } from "../javascript/syntax.ts";

const opposites: { readonly [O in Operator]?: Operator } = { "===": "!==", "!==": "===", "<": ">=", "<=": ">", ">": "<=", ">=": "<" };

/** `!(a === b)` is `a !== b`, `!!a` is `a`, `!(a && b)` is `!a || !b`. */
export function deny(condition: Js): Js {
  if (condition.kind === "unary" && condition.operator === "!") return condition.operand;
  if (condition.kind !== "binary") return not(condition);
  const { left, operator, right } = condition;
  if (operator === "&&" || operator === "||") return binary(deny(left), operator === "&&" ? "||" : "&&", deny(right));
  const opposite = opposites[operator];
  return opposite === undefined ? not(condition) : binary(left, opposite, right);
}
