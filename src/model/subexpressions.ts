import type { ElementCondition, Expression, Node, NodeKind } from "./expression.ts";

type Parts<Kind extends NodeKind> = (node: Extract<Node, { readonly kind: Kind }>) => readonly Expression[];

const none = () => [];
const operand = ({ operand }: { readonly operand: Expression }) => [operand];
const sides = ({ left, right }: { readonly left: Expression; readonly right: Expression }) => [left, right];
const list = ({ list, where }: { readonly list: Expression; readonly where?: ElementCondition }) =>
  where === undefined ? [list] : [list, where.condition];

const parts: { readonly [Kind in NodeKind]: Parts<Kind> } = {
  literal: none,
  option: none,
  read: none,
  local: none,
  element: none,
  given: none,
  table: none,
  member: ({ of }) => [of],
  not: operand,
  negate: operand,
  logic: ({ operands }) => operands,
  comparison: sides,
  membership: ({ list, item }) => [list, item],
  "text-test": ({ text, part }) => [text, part],
  matches: operand,
  "is-empty": operand,
  "is-none": operand,
  arithmetic: sides,
  otherwise: ({ value, fallback }) => [value, fallback],
  if: ({ condition, then, otherwise }) => [condition, then, otherwise],
  present: operand,
  convert: operand,
  list: ({ items }) => items,
  construct: ({ fields }) => fields.map(({ value }) => value),
  call: ({ arguments: given }) => given,
  transform: operand,
  pick: list,
  count: list,
  quantifier: list,
  filter: list,
  aggregation: ({ list, value }) => [list, value],
};

/** What an expression is made of, one level down. */
export const partsOf = (expression: Expression): readonly Expression[] =>
  (parts[expression.kind] as (node: Expression) => readonly Expression[])(expression);

/** The expression and all that it is made of, from the outside in. */
export function* subexpressions(expression: Expression): Iterable<Expression> {
  yield expression;
  for (const part of partsOf(expression)) yield* subexpressions(part);
}
