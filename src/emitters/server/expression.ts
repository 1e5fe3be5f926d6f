import type { Expression, Node, NodeKind, Transform } from "../../model/expression.ts";
import {
  array,
  binary,
  call,
  conditional,
  constant,
  member,
  name,
  negative,
  object,
  optionalMember,
  present,
  regex,
  text,
  type Js,
} from "../javascript/syntax.ts";
import { withoutOptional } from "../../model/types/fit.ts";
import { notEmitted } from "../not-emitted.ts";
import { emitAggregation, emitArithmetic, emitNegative, emitRound } from "./arithmetic.ts";
import { emitCount, emitFilter, emitPick, emitQuantifier } from "./collections.ts";
import { emitComparison, emitIsEmpty, emitIsNone, emitMembership, withoutNull } from "./comparison.ts";
import { deny } from "./deny.ts";
import type { Emit, Scope } from "./scope.ts";

type NodeOf<Kind extends NodeKind> = Extract<Node, { readonly kind: Kind }> & Expression;
type Emitter<Kind extends NodeKind> = (node: NodeOf<Kind>, scope: Scope, emit: Emit) => Js;

/** An expression of the model as the JavaScript that a careful colleague would have written. */
export function emitExpression(node: Expression, scope: Scope): Js {
  return (table[node.kind] as (node: Expression, scope: Scope, emit: Emit) => Js)(node, scope, emitExpression);
}

const table: { readonly [Kind in NodeKind]: Emitter<Kind> } = {
  literal: ({ value }) =>
    typeof value === "string" ? text(value) : typeof value === "number" && value < 0 ? negative(constant(-value)) : constant(value),
  option: ({ option }) => text(option),
  read: (node, scope) => scope.read(node),
  local: ({ name }, scope) => scope.local(name),
  element: ({ variable }, scope) => scope.local(variable),
  given: emitGiven,
  member: emitMember,
  not: ({ operand }, scope) => deny(emitExpression(operand, scope)),
  negate: emitNegative,
  logic: ({ word, operands }, scope) =>
    operands.map((operand) => emitExpression(operand, scope)).reduce((left, right) => binary(left, word === "and" ? "&&" : "||", right)),
  comparison: emitComparison,
  membership: emitMembership,
  "text-test": ({ operator, text, part }, scope) =>
    call(member(emitExpression(text, scope), textTests[operator]), emitExpression(part, scope)),
  matches: ({ operand, pattern }, scope) => call(member(regex(pattern), "test"), emitExpression(operand, scope)),
  "is-empty": emitIsEmpty,
  "is-none": emitIsNone,
  arithmetic: emitArithmetic,
  otherwise: ({ value, fallback }, scope) => binary(withoutNull(emitExpression(value, scope)), "??", emitExpression(fallback, scope)),
  if: (node, scope) =>
    conditional(emitExpression(node.condition, scope), emitExpression(node.then, scope), emitExpression(node.otherwise, scope)),
  present: emitPresent,
  list: ({ items, type }, scope) => (type.kind === "map" ? object([]) : array(items.map((item) => emitExpression(item, scope)))),
  convert: ({ operand }, scope) => scope.imports.calculate("decimal", "of", emitExpression(operand, scope)),
  table: ({ type }, { imports }) =>
    type.kind === "list" && type.of.kind === "value" ? imports.table(type.of.value) : notEmitted("a table without rows"),
  construct: emitConstruct,
  call: ({ function: name, arguments: given }, scope) =>
    call(scope.imports.function(name), ...given.map((argument) => emitExpression(argument, scope))),
  transform: (node, scope) => transforms[node.word](node, scope),
  pick: emitPick,
  count: emitCount,
  quantifier: emitQuantifier,
  filter: emitFilter,
  aggregation: emitAggregation,
};

const textTests = { contains: "includes", "starts with": "startsWith", "ends with": "endsWith" } as const;

const transforms: { readonly [Word in Transform["word"]]: (node: NodeOf<"transform">, scope: Scope) => Js } = {
  lowercase: ({ operand }, scope) => call(member(emitExpression(operand, scope), "toLowerCase")),
  uppercase: ({ operand }, scope) => call(member(emitExpression(operand, scope), "toUpperCase")),
  trimmed: ({ operand }, scope) => call(member(emitExpression(operand, scope), "trim")),
  // In characters as people count them, not in the halves that JavaScript counts.
  length: ({ operand }, scope) => member(call(member(name("Array"), "from"), emitExpression(operand, scope)), "length"),
  unique: ({ operand }, scope) => scope.imports.calculate("content", "unique", emitExpression(operand, scope)),
  date: ({ operand }, scope) => scope.imports.dayOf(emitExpression(operand, scope)),
  round: (node, scope) => emitRound(node, scope, emitExpression),
};

/** A user who was authenticated has an id; where the model relies on that, so does the code. */
function emitGiven({ what, type }: NodeOf<"given">, scope: Scope): Js {
  const fact = scope.given(what);
  const isUser = what === "user id" || what === "event user";
  return isUser && type.kind !== "optional" ? present(fact) : fact;
}

/** `order.state.address?.zip ?? null` */
function emitMember({ of, field }: NodeOf<"member">, scope: Scope): Js {
  const value = emitExpression(of, scope);
  if (of.type.kind !== "optional") return member(value, field);
  return binary(optionalMember(withoutNull(value), field), "??", constant(null));
}

/** What the model has found to have a value, TypeScript mostly has, too. */
function emitPresent(node: NodeOf<"present">, scope: Scope): Js {
  const { operand } = node;
  // A field that was missing before the first event is there.
  const read = operand.kind === "read" ? { ...operand, type: withoutOptional(operand.type) } : operand;
  const value = withoutNull(emitExpression(read, scope));
  const isSeen = scope.narrowing === undefined || scope.narrowing.isSeen(node) || value.kind === "present";
  return isSeen ? value : present(value);
}

/** Every field is there; one that was not given has its default, or is none. */
function emitConstruct({ fields, type }: NodeOf<"construct">, scope: Scope): Js {
  if (type.kind !== "value") return notEmitted("a value without a type");
  const given = new Map(fields.map(({ field, value }) => [field, value]));
  return object(
    scope.imports.shared.fieldsOf(type.value).map(({ name, default: initially }) => {
      const value = given.get(name) ?? initially;
      return [name, value === undefined ? constant(null) : emitExpression(value, scope)];
    }),
  );
}
