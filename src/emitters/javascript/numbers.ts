import type { Js } from "./syntax.ts";

/** `5`, `-5`: as many on a line as fit. */
export const isNumber = (node: Js): boolean =>
  (node.kind === "constant" && typeof node.value === "number") ||
  (node.kind === "unary" && node.operator === "-" && node.operand.kind === "constant" && typeof node.operand.value === "number");
