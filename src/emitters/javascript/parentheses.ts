import { binaryInBinary } from "./precedence.ts";
import type { Seat } from "./seat.ts";
import type { Js } from "./syntax.ts";

/** Whether an expression stands in parentheses where it stands: those that its meaning needs, and the few that readers are glad of. */
export function needsParentheses(node: Js, { role, parent }: Seat): boolean {
  switch (node.kind) {
    case "binary":
      if (parent?.kind === "binary") return binaryInBinary(parent.operator, node.operator, role === "left" ? "left" : "right");
      if (parent?.kind === "conditional") return node.operator === "??";
      return role === "operand" || role === "object" || role === "callee";
    case "conditional":
      return role === "operand" || role === "object" || role === "callee" || role === "test" || parent?.kind === "binary";
    case "arrow":
      return role === "operand" || role === "object" || role === "callee" || role === "test" || parent?.kind === "binary";
    case "unary":
      return role === "object" || role === "callee" || (parent?.kind === "unary" && parent.operator === "-" && node.operator === "-");
    case "constant":
      return role === "object" && typeof node.value === "number";
    default:
      return false;
  }
}
