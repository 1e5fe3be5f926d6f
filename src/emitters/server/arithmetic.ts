import type { Aggregation, Arithmetic, Expression, Node, NodeKind } from "../../model/expression.ts";
import { withoutOptional } from "../../model/types/fit.ts";
import { binary, call, constant, member, negative, type Js, type Operator } from "../javascript/syntax.ts";
import { notEmitted } from "../not-emitted.ts";
import type { Calculation } from "../runtime-names.ts";
import { forElement } from "./collections.ts";
import type { Emit, Scope } from "./scope.ts";

type NodeOf<Kind extends NodeKind> = Extract<Node, { readonly kind: Kind }> & Pick<Expression, "type">;

const operators = { "+": "+", "-": "-", "*": "*", "/": "/", mod: "%" } as const satisfies Record<Arithmetic["operator"], Operator>;
const verbs = { "+": "add", "-": "subtract", "*": "multiply", "/": "divide", mod: "remainder" } as const satisfies Record<
  Arithmetic["operator"],
  string
>;
const calculated: { readonly [Kind in Expression["type"]["kind"]]?: Calculation } = {
  integer: "numbers",
  number: "numbers",
  decimal: "decimal",
  duration: "duration",
  timestamp: "timestamp",
  date: "date",
};

/** With the one rule that JavaScript has not: what is divided by nothing is none. */
export function emitArithmetic(node: NodeOf<"arithmetic">, scope: Scope, emit: Emit): Js {
  const { operator } = node;
  const [left, right] = [emit(node.left, scope), emit(node.right, scope)];
  const [kind, other] = [node.left.type.kind, node.right.type.kind];
  const calculation = calculated[kind];
  if (calculation === undefined) return binary(left, operators[operator], right);
  if (calculation === "numbers") {
    if (other === "duration") return scope.imports.calculate("duration", "multiply", right, left);
    if (node.type.kind === "optional") return scope.imports.calculate("numbers", verbs[operator], left, right);
    return binary(left, operators[operator], right);
  }
  const isBetweenTimes = kind === other && (kind === "timestamp" || kind === "date");
  return scope.imports.calculate(calculation, isBetweenTimes ? "difference" : verbs[operator], left, right);
}

export function emitNegative({ operand }: NodeOf<"negate">, scope: Scope, emit: Emit): Js {
  const value = emit(operand, scope);
  const { kind } = operand.type;
  return kind === "decimal" || kind === "duration" ? scope.imports.calculate(kind, "negate", value) : negative(value);
}

export function emitRound({ operand, digits = 0 }: NodeOf<"transform">, scope: Scope, emit: Emit): Js {
  const value = emit(operand, scope);
  if (operand.type.kind === "integer") return value;
  return scope.imports.calculate(operand.type.kind === "decimal" ? "decimal" : "numbers", "round", value, constant(digits));
}

/** `numbers.sum(items.map((item) => item.quantity))` */
export function emitAggregation({ word, list, variable, value }: NodeOf<"aggregation"> & Aggregation, scope: Scope, emit: Emit): Js {
  const calculation = calculated[withoutOptional(value.type).kind] ?? notEmitted(`"${word}" of ${value.type.kind}`);
  const items = emit(list, scope);
  const isElement = value.kind === "element" && value.variable === variable;
  const values = isElement ? items : call(member(items, "map"), forElement(variable, scope, emit(value, scope)));
  return scope.imports.calculate(calculation, word, values);
}
