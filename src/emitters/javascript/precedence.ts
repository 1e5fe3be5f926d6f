import type { Js, Operator } from "./syntax.ts";

const levels: { readonly [Operator_ in Operator]: number } = {
  "??": 1,
  "||": 2,
  "&&": 3,
  "===": 4,
  "!==": 4,
  "<": 5,
  "<=": 5,
  ">": 5,
  ">=": 5,
  "+": 6,
  "-": 6,
  "*": 7,
  "/": 7,
  "%": 7,
};

const isLogical = (operator: Operator) => operator === "??" || operator === "||" || operator === "&&";
const isEquality = (operator: Operator) => operator === "===" || operator === "!==";

/** Whether `a outer b` may begin with `x inner y` as if it were one chain. */
export function chains(outer: Operator, inner: Operator): boolean {
  if (levels[outer] !== levels[inner] || isEquality(outer) || (outer === ">" && inner === "<")) return false;
  if (outer === "%" || inner === "%") return false;
  return outer === inner || levels[outer] !== levels["*"];
}

/** `&&`, `||` and `??` are told from the other operators where lines are broken. */
export const isLogicalNode = (node: Js): boolean => node.kind === "binary" && isLogical(node.operator);

export const sameClass = (one: Js, other: Js): boolean =>
  one.kind === "binary" && other.kind === "binary" && isLogicalNode(one) === isLogicalNode(other);

/** Whether a binary expression needs parentheses as an operand of another; those that only help the reader are among them. */
export function binaryInBinary(outer: Operator, inner: Operator, side: "left" | "right"): boolean {
  if (isLogical(outer) && isLogical(inner)) return outer !== inner || side === "right";
  if (levels[outer] !== levels[inner]) return levels[outer] > levels[inner] || (inner === "%" && (outer === "+" || outer === "-"));
  return side === "right" || !chains(outer, inner);
}

/** `a ?? [b]`: the brackets open on the line of the operator. */
export function endsInLiteral(node: Js): boolean {
  if (node.kind !== "binary" || !isLogical(node.operator)) return false;
  return (node.right.kind === "object" && node.right.properties.length > 0) || (node.right.kind === "array" && node.right.items.length > 0);
}
