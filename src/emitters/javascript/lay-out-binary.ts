import { builders } from "prettier/doc";
import type { Doc } from "prettier";
import { chains, endsInLiteral, isLogicalNode, sameClass } from "./precedence.ts";
import { within, type LayOut, type Seat } from "./seat.ts";
import type { Js } from "./syntax.ts";

const { group, indent, line, softline } = builders;

type Binary = Extract<Js, { readonly kind: "binary" }>;

/** `a + b`, and chains of it; operators end their lines. */
export function layOutBinary(node: Binary, seat: Seat, layOut: LayOut): Doc {
  const parts = chain(node, seat, layOut);
  if (seat.role === "if") return parts;
  if (seat.role === "callee" || seat.role === "operand" || seat.role === "object") return group([indent([softline, ...parts]), softline]);
  if (standsAlone(node, seat)) return group(parts);
  const [first, ...rest] = parts;
  return group([first ?? "", indent(rest)]);
}

function standsAlone(node: Binary, { role, above }: Seat): boolean {
  if (role === "return" || role === "body" || role === "hole" || role === "value") return true;
  const isBranch = role === "test" || role === "then" || role === "otherwise";
  return opensInline(node) || (isBranch && above?.role !== "return" && above?.role !== "argument" && above?.role !== "hugged");
}

/** Whether every link of the chain ends in a literal. */
function opensInline(node: Binary): boolean {
  if (!endsInLiteral(node)) return false;
  return node.left.kind === "binary" && chains(node.operator, node.left.operator) ? opensInline(node.left) : true;
}

/** Operands and operators in a row: `a`, ` +`, line, `b`, … */
function chain(node: Binary, seat: Seat, layOut: LayOut, insideIf = seat.role === "if"): Doc[] {
  const { left, right, operator } = node;
  const continues = left.kind === "binary" && chains(operator, left.operator);
  const before = continues ? chain(left, within(seat, node, "left"), layOut, insideIf) : [group(layOut(left, within(seat, node, "left")))];
  const printed = layOut(right, within(seat, node, "right"));
  const after: Doc = endsInLiteral(node) ? [operator, " ", printed] : [operator, line, printed];
  const parent = seat.parent ?? node;
  const alone =
    !(insideIf && isLogicalNode(node)) &&
    (seat.parent === undefined || !sameClass(parent, node)) &&
    !sameClass(left, node) &&
    !sameClass(right, node);
  return [...before, " ", alone ? group(after) : after];
}
