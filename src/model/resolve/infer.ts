import type * as tree from "../../../grammar/ast.ts";
import type { Expression } from "../expression.ts";
import type { Type } from "../types/type.ts";
import { aggregation, filter, of } from "./collections.ts";
import { arithmetic } from "./arithmetic.ts";
import { call } from "./call.ts";
import { comparison, matches, membership, test, textTest } from "./comparison.ts";
import { listLiteral, literal } from "./literal.ts";
import { choose, logic, negative, not, otherwise } from "./logic.ts";
import { member, nameExpression } from "./name.ts";
import type { Infer } from "./inference.ts";
import type { Scope } from "./scope.ts";

type Handler<Tree> = (expression: Tree, scope: Scope, infer: Infer, expected?: Type) => Expression | undefined;

const handlers: { readonly [Kind in tree.Expression["kind"]]: Handler<Extract<tree.Expression, { readonly kind: Kind }>> } = {
  "text-literal": literal,
  "number-literal": literal,
  "boolean-literal": literal,
  "none-literal": literal,
  "duration-literal": literal,
  "date-literal": literal,
  "list-literal": listLiteral,
  "name-expression": nameExpression,
  member,
  call,
  unary: (expression, scope, infer, expected) => (expression.operator === "not" ? not : negative)(expression, scope, infer, expected),
  binary: (expression, scope, infer, expected) => binaries[expression.operator](expression, scope, infer, expected),
  test,
  matches,
  if: choose,
  of,
  aggregation,
  filter,
  group: (expression, scope, infer, expected) => infer(expression.inner, scope, expected),
};

const binaries: { readonly [Operator in tree.BinaryOperator]: Handler<tree.Binary> } = {
  or: logic,
  and: logic,
  is: comparison,
  "is not": comparison,
  "<": comparison,
  "<=": comparison,
  ">": comparison,
  ">=": comparison,
  "is in": membership,
  contains: membership,
  "starts with": textTest,
  "ends with": textTest,
  otherwise,
  "+": arithmetic,
  "-": arithmetic,
  "*": arithmetic,
  "/": arithmetic,
  mod: arithmetic,
};

export const infer: Infer = (expression, scope, expected) => {
  // Indexed by a union, the table's handler wants the intersection of all trees; the kind has chosen the right one.
  const handler = handlers[expression.kind] as Handler<tree.Expression>;
  return handler(expression, scope, infer, expected);
};
