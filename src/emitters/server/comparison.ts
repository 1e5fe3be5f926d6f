import type { Expression, Node } from "../../model/expression.ts";
import { withoutOptional } from "../../model/types/fit.ts";
import { binary, call, conditional, constant, member, name, not, path, text, type Js, type Operator } from "../javascript/syntax.ts";
import { deny } from "./deny.ts";
import type { Emit, Scope } from "./scope.ts";

type NodeOf<Kind> = Extract<Node, { readonly kind: Kind }> & Pick<Expression, "type">;

const operators = { is: "===", "is not": "!==", "<": "<", "<=": "<=", ">": ">", ">=": ">=" } as const satisfies Record<string, Operator>;
const verbs = { "<": "isLessThan", "<=": "isAtMost", ">": "isMoreThan", ">=": "isAtLeast" } as const;
/** What has parts is compared by them. */
const composed = new Set(["value", "list", "map"]);

const kindOf = ({ type }: Expression) => withoutOptional(type).kind;

export function emitComparison(node: NodeOf<"comparison">, scope: Scope, emit: Emit): Js {
  const { operator, left, right } = node;
  if (operator === "is" || operator === "is not") return emitEquality(node as NodeOf<"comparison"> & Expression, scope, emit);
  const kind = kindOf(left);
  const [one, other] = [emit(left, scope), emit(right, scope)];
  if (kind === "decimal" || kind === "duration") return scope.imports.calculate(kind, verbs[operator], one, other);
  return binary(one, operators[operator], other);
}

function emitEquality(node: NodeOf<"comparison"> & Expression, scope: Scope, emit: Emit): Js {
  const { operator, left, right } = node;
  const isDenied = operator === "is not";
  const flag = asFlag(left, right, scope, emit) ?? asFlag(right, left, scope, emit);
  if (flag !== undefined) return isDenied ? deny(flag) : flag;
  const [one, other] = [compared(left, right, scope, emit), compared(right, left, scope, emit)];
  if (composed.has(kindOf(left))) {
    const isSame = scope.imports.calculate("content", "isSame", one, other);
    return isDenied ? not(isSame) : isSame;
  }
  return identity(one, other, isDenied, scope.narrowing?.isDoubted(node) === true);
}

/** TypeScript concludes nothing from `Object.is`. */
function identity(one: Js, other: Js, isDenied: boolean, isDoubted: boolean): Js {
  if (!isDoubted) return binary(one, isDenied ? "!==" : "===", other);
  const isSame = call(path("Object", "is"), one, other);
  return isDenied ? not(isSame) : isSame;
}

export function emitIsNone(node: NodeOf<"is-none">, scope: Scope, emit: Emit): Js {
  const isDoubted = scope.narrowing?.isDoubted(node as typeof node & Expression) === true;
  return identity(emit(node.operand, scope), constant(null), node.negated, isDoubted);
}

/** `done is true` is `done`. */
function asFlag(flag: Expression, literal: Expression, scope: Scope, emit: Emit): Js | undefined {
  if (literal.kind !== "literal" || typeof literal.value !== "boolean" || flag.type.kind !== "boolean") return undefined;
  const value = emit(flag, scope);
  return literal.value ? value : deny(value);
}

/** What is only compared may be missing; to what is there nothing and null are the same. */
function compared(side: Expression, other: Expression, scope: Scope, emit: Emit): Js {
  const value = emit(side, scope);
  if (value.kind === "present") return value.operand;
  return other.type.kind === "optional" ? value : withoutNull(value);
}

/** `order.state.address?.zip ?? null`, where nobody asks whether it is null. */
export function withoutNull(value: Js): Js {
  if (value.kind === "conditional") return conditional(value.test, withoutNull(value.then), withoutNull(value.otherwise));
  const isNull = value.kind === "binary" && value.operator === "??" && value.right.kind === "constant" && value.right.value === null;
  return isNull ? value.left : value;
}

export function emitMembership({ list, item }: NodeOf<"membership">, scope: Scope, emit: Emit): Js {
  const [items, one] = [emit(list, scope), emit(item, scope)];
  const isOptional = item.type.kind === "optional" || list.kind === "list";
  if (isOptional || composed.has(kindOf(item))) return scope.imports.calculate("content", "includes", items, one);
  return call(member(items, "includes"), one);
}

export function emitIsEmpty(node: NodeOf<"is-empty">, scope: Scope, emit: Emit): Js {
  const { operand, negated } = node;
  const value = emit(operand, scope);
  const operator = negated ? "!==" : "===";
  const isText = !composed.has(operand.type.kind);
  if (isText && scope.narrowing?.isDoubted(node as typeof node & Expression) !== true) return binary(value, operator, text(""));
  const items = operand.type.kind === "map" ? call(member(name("Object"), "keys"), value) : value;
  return binary(member(items, "length"), operator, constant(0));
}
