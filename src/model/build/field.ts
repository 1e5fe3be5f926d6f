import type { Expression } from "../expression.ts";
import type * as tree from "../../../grammar/ast.ts";
import type { Field, StateField } from "../field.ts";
import { at, complain, type Environment } from "../resolve/environment.ts";
import { fitted } from "../resolve/fitted.ts";
import { infer } from "../resolve/infer.ts";
import type { Scope } from "../resolve/scope.ts";
import { typeOfField } from "../resolve/type.ts";
import type { Namespace } from "../symbols/namespace.ts";
import type { FieldSymbol } from "../symbols/symbols.ts";
import type { Type } from "../types/type.ts";
import { zeroOf } from "../types/zero.ts";
import { declaredAs, formerly } from "./declared.ts";

/** The fields of a command, an event, a value; a field whose type or default cannot be told is left out. */
export function buildFields(env: Environment, names: Namespace<FieldSymbol>): readonly Field[] {
  return [...names.entries.values()].flatMap(({ item }) => buildField(env, item) ?? []);
}

/** The fields of a state or a list, with what they hold at first. */
export function buildStateFields(env: Environment, names: Namespace<FieldSymbol>): readonly StateField[] {
  return buildFields(env, names).map((field) => {
    const start = field.default ?? zeroExpression(field.type, field.place.span);
    return start === undefined ? field : { ...field, start };
  });
}

function buildField(env: Environment, symbol: FieldSymbol): Field | undefined {
  const type = typeOfField(env, symbol);
  if (type === undefined) return undefined;
  const inside = at(env, symbol.source, symbol.context);
  const { tree } = symbol;
  const declared = { ...declaredAs(inside, tree), type };
  if (tree.kind === "parameter") return declared;
  const start = tree.default && constant(inside, tree.default, type, `"${tree.name.text}"`);
  if (tree.default !== undefined && start === undefined) return undefined;
  return { ...declared, ...formerly(tree.was), ...(start === undefined ? {} : { default: start }) };
}

/** A value that is the same always: nothing can be named in it but options of choices. */
export function constant(env: Environment, expression: tree.Expression, type: Type, what: string): Expression | undefined {
  const offender = changing(expression);
  if (offender !== undefined) return complain(env, "constant-needed", offender.span, {});
  const value = infer(expression, constantScope(env), type);
  return value && fitted(value, type, constantScope(env), what);
}

const constantScope = (env: Environment): Scope => ({
  env,
  place: "a fixed value",
  layers: [],
  prefixes: new Map(),
  present: new Set(),
  hasClock: false,
});

function changing(expression: tree.Expression): tree.Expression | undefined {
  switch (expression.kind) {
    case "text-literal":
    case "number-literal":
    case "boolean-literal":
    case "none-literal":
    case "duration-literal":
    case "date-literal":
      return undefined;
    case "name-expression":
      return expression.name === "now" || expression.name === "today" ? expression : undefined;
    case "member":
      return expression.of.kind === "name-expression" ? undefined : expression;
    case "group":
      return changing(expression.inner);
    case "unary":
      return expression.operator === "-" ? changing(expression.operand) : expression;
    case "list-literal":
      return expression.items.map(changing).find((item) => item !== undefined);
    case "call":
      return [...expression.positional, ...expression.named.map(({ value }) => value)].map(changing).find((item) => item !== undefined);
    default:
      return expression;
  }
}

/** A type's zero as an expression; undefined for a type that has none. */
export function zeroExpression(type: Type, span: tree.Span): Expression | undefined {
  const zero = zeroOf(type);
  if (zero === undefined) return undefined;
  return zero.value === "empty" ? { kind: "list", items: [], type, span } : { kind: "literal", value: zero.value, type, span };
}
