import { builders } from "prettier/doc";
import type { Doc } from "prettier";
import { isLongChain } from "./lay-out-chain.ts";
import { endsInLiteral } from "./precedence.ts";
import { quote, templateText } from "./quote.ts";
import type { LayOut, Seat } from "./seat.ts";
import { printWidth, tabWidth } from "./width.ts";
import type { Js } from "./syntax.ts";

const { group, indent, indentIfBreak, line, lineSuffixBoundary } = builders;

/** `key: value` and `const name = value`: the value on the line of its name, on the next one, or opening here and closing below. */
export function layOutAssignment(left: string, operator: ":" | " =", value: Js, seat: Seat, layOut: LayOut): Doc {
  const right = layOut(value, seat);
  const shortKey = operator === ":" && left.length < tabWidth + 3;
  if (breaksAfter(value, shortKey)) return group([left, operator, group(indent([line, right]))]);
  if (shortKey || value.kind === "template" || isBoolean(value)) return group([left, operator, " ", right]);
  return assignment([left, operator], right);
}

/** The value on the line of its name if it can at least begin there, else on the next one. */
export function assignment(left: Doc, right: Doc): Doc {
  const id = Symbol("assignment");
  return group([left, group(indent(line), { id }), lineSuffixBoundary, indentIfBreak(right, { groupId: id })]);
}

const isBoolean = (value: Js) => value.kind === "constant" && typeof value.value === "boolean";

function breaksAfter(value: Js, shortKey: boolean): boolean {
  if (value.kind === "binary") return !endsInLiteral(value);
  if (value.kind === "conditional") return value.test.kind === "binary" && !endsInLiteral(value.test);
  if (shortKey) return false;
  const inner = withoutUnary(value);
  return inner.kind === "text" || isPlainChain(inner, false);
}

const withoutUnary = (value: Js): Js => (value.kind === "unary" ? withoutUnary(value.operand) : value);

/** A chain of names, and of calls with next to nothing in their parentheses: breaking inside it would be ugly. */
function isPlainChain(node: Js, deep: boolean): boolean {
  if (node.kind === "call" && isLongChain(node, { role: "value" })) return false;
  if (node.kind === "call") return node.args.every(isShort) && node.args.length <= 1 && isPlainChain(node.callee, true);
  if (node.kind === "present") return isPlainChain(node.operand, true);
  if (node.kind === "member") return isPlainChain(node.object, true);
  return deep && node.kind === "name";
}

function isShort(node: Js): boolean {
  const enough = printWidth / 4;
  if (node.kind === "name") return node.name.length <= enough;
  if (node.kind === "text") return quote(node.value).length <= enough;
  if (node.kind === "unary") return isShort(node.operand);
  if (node.kind === "call") return node.args.length === 0 && node.callee.kind === "name" && node.callee.name.length <= enough - 2;
  if (node.kind === "template")
    return node.parts.every((part) => typeof part === "string") && templateText(node.parts.join("")).length <= enough;
  return node.kind === "constant" || (node.kind === "regex" && node.source.length <= enough);
}
