import type { ElementCondition, Expression, GivenFact, Node, Read, Transform } from "../../model/expression.ts";
import {
  array,
  arrow,
  binary,
  call,
  conditional,
  constant,
  member,
  negative,
  not,
  object,
  path,
  present,
  regex,
  text,
  type Js,
  type Operator,
} from "../javascript/syntax.ts";
import { notEmitted } from "../not-emitted.ts";

/** What the names of a place are in the code that stands there. */
export interface Scope {
  read(node: Read): Js;
  given(what: GivenFact): Js;
  /** A `let`, a loop's variable, a query's parameter, an element. */
  local(name: string): Js;
  /** Whether several statements compare it, so that what TypeScript concludes from one of them does not hold for the next. */
  isComparedAgain?(node: Expression): boolean;
}

type NodeOf<Kind> = Extract<Node, { readonly kind: Kind }> & Pick<Expression, "type">;
type Emit<Kind> = (node: NodeOf<Kind>, scope: Scope) => Js;

/** An expression of the model as the JavaScript that a careful colleague would have written. */
export function emitExpression(node: Expression, scope: Scope): Js {
  return (table[node.kind] as (node: Expression, scope: Scope) => Js)(node, scope);
}

const table: { readonly [Kind in Node["kind"]]: Emit<Kind> } = {
  literal: ({ value }) =>
    typeof value === "string" ? text(value) : typeof value === "number" && value < 0 ? negative(constant(-value)) : constant(value),
  option: ({ option }) => text(option),
  read: (node, scope) => scope.read(node),
  local: ({ name }, scope) => scope.local(name),
  element: ({ variable }, scope) => scope.local(variable),
  given: emitGiven,
  member: ({ of, field }, scope) => member(emitExpression(of, scope), field),
  not: ({ operand }, scope) => deny(emitExpression(operand, scope)),
  negate: ({ operand }, scope) => negative(emitExpression(operand, scope)),
  logic: ({ word, operands }, scope) =>
    operands.map((operand) => emitExpression(operand, scope)).reduce((left, right) => binary(left, word === "and" ? "&&" : "||", right)),
  comparison: emitComparison,
  membership: ({ list, item }, scope) => call(member(emitExpression(list, scope), "includes"), emitExpression(item, scope)),
  "text-test": ({ operator, text, part }, scope) =>
    call(member(emitExpression(text, scope), textTests[operator]), emitExpression(part, scope)),
  matches: ({ operand, pattern }, scope) => call(member(regex(pattern), "test"), emitExpression(operand, scope)),
  "is-empty": emitIsEmpty,
  "is-none": ({ operand, negated }, scope) => binary(emitExpression(operand, scope), negated ? "!==" : "===", constant(null)),
  arithmetic: emitArithmetic,
  otherwise: ({ value, fallback }, scope) => binary(emitExpression(value, scope), "??", emitExpression(fallback, scope)),
  if: (node, scope) =>
    conditional(emitExpression(node.condition, scope), emitExpression(node.then, scope), emitExpression(node.otherwise, scope)),
  present: ({ operand }, scope) => emitExpression(operand, scope),
  list: ({ items, type }, scope) => (type.kind === "map" ? object([]) : array(items.map((item) => emitExpression(item, scope)))),
  convert: () => notEmitted("a conversion to decimal"),
  table: ({ table }) => notEmitted(`the table ${table}`),
  construct: () => notEmitted("a value"),
  call: ({ function: { name } }) => notEmitted(`the function ${name}`),
  transform: ({ word, operand }, scope) => {
    const method = textMethods[word];
    return method === undefined ? notEmitted(`"${word} of"`) : call(member(emitExpression(operand, scope), method));
  },
  pick: emitPick,
  count: ({ list, where }, scope) =>
    member(where === undefined ? emitExpression(list, scope) : emitElements("filter", list, where, scope), "length"),
  quantifier: ({ word, list, where }, scope) => {
    const holds = emitElements(word === "all" ? "every" : "some", list, where, scope);
    return word === "none" ? not(holds) : holds;
  },
  filter: ({ list, where }, scope) => emitElements("filter", list, where, scope),
  aggregation: ({ word }) => notEmitted(`"${word} of"`),
};

/** A user who was authenticated has an id; where the model relies on that, so does the code. */
function emitGiven({ what, type }: NodeOf<"given">, scope: Scope): Js {
  const fact = scope.given(what);
  const isUser = what === "user id" || what === "event user";
  return isUser && type.kind !== "optional" ? present(fact) : fact;
}

function emitComparison({ operator, left, right }: NodeOf<"comparison">, scope: Scope): Js {
  const [one, other] = [compared(emitExpression(left, scope)), compared(emitExpression(right, scope))];
  if (scope.isComparedAgain?.(left) !== true && scope.isComparedAgain?.(right) !== true) return binary(one, comparisons[operator], other);
  const same = call(path("Object", "is"), one, other);
  return operator === "is not" ? not(same) : same;
}

const textMethods: { readonly [Word in Transform["word"]]?: string } = {
  lowercase: "toLowerCase",
  uppercase: "toUpperCase",
  trimmed: "trim",
};

/** `tags.filter((tag) => …)` and its like. */
function emitElements(method: string, list: Expression, { variable, condition }: ElementCondition, scope: Scope): Js {
  const element = scope.local(variable);
  if (element.kind !== "name") return notEmitted("an element without a name");
  return call(member(emitExpression(list, scope), method), arrow([element.name], emitExpression(condition, scope)));
}

function emitPick({ word, list, where }: NodeOf<"pick">, scope: Scope): Js {
  const found =
    where === undefined
      ? call(member(emitExpression(list, scope), "at"), word === "first" ? constant(0) : negative(constant(1)))
      : emitElements(word === "first" ? "find" : "findLast", list, where, scope);
  return binary(found, "??", constant(null));
}

/** What is only compared may be missing. */
const compared = (value: Js): Js => (value.kind === "present" ? value.operand : value);

const comparisons = { is: "===", "is not": "!==", "<": "<", "<=": "<=", ">": ">", ">=": ">=" } as const satisfies Record<string, Operator>;
const opposites: { readonly [O in Operator]?: Operator } = { "===": "!==", "!==": "===", "<": ">=", "<=": ">", ">": "<=", ">=": "<" };
const textTests = { contains: "includes", "starts with": "startsWith", "ends with": "endsWith" } as const;

/** `!(a === b)` is `a !== b`, `!!a` is `a`, `!(a && b)` is `!a || !b`. */
export function deny(condition: Js): Js {
  if (condition.kind === "unary" && condition.operator === "!") return condition.operand;
  if (condition.kind !== "binary") return not(condition);
  const { left, operator, right } = condition;
  if (operator === "&&" || operator === "||") return binary(deny(left), operator === "&&" ? "||" : "&&", deny(right));
  const opposite = opposites[operator];
  return opposite === undefined ? not(condition) : binary(left, opposite, right);
}

function emitIsEmpty({ operand, negated }: NodeOf<"is-empty">, scope: Scope): Js {
  const value = emitExpression(operand, scope);
  const operator = negated ? "!==" : "===";
  if (operand.type.kind === "text") return binary(value, operator, text(""));
  const items = operand.type.kind === "map" ? call(member({ kind: "name", name: "Object" }, "keys"), value) : value;
  return binary(member(items, "length"), operator, constant(0));
}

const operators = { "+": "+", "-": "-", "*": "*", "/": "/", mod: "%" } as const satisfies Record<string, Operator>;
const plain = new Set(["integer", "number", "text"]);

/** With the one rule that JavaScript has not: what is divided by nothing is none. */
function emitArithmetic(node: NodeOf<"arithmetic">, scope: Scope): Js {
  if (!plain.has(node.left.type.kind) || !plain.has(node.right.type.kind)) notEmitted(`"${node.operator}" with ${node.left.type.kind}`);
  const [left, right] = [emitExpression(node.left, scope), emitExpression(node.right, scope)];
  const result = binary(left, operators[node.operator], right);
  return node.type.kind === "optional" ? conditional(binary(right, "===", constant(0)), constant(null), result) : result;
}
