import type * as tree from "../../../grammar/ast.ts";
import { diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Aggregation, ElementCondition, Expression } from "../expression.ts";
import { namespace } from "../symbols/namespace.ts";
import { describeType } from "../types/describe-type.ts";
import { isNumber, optional } from "../types/fit.ts";
import type { Type } from "../types/type.ts";
import { fieldsOfValue } from "./declared.ts";
import { complain, locationOf } from "./environment.ts";
import { certain, conditionOf, fitted, writtenAt } from "./fitted.ts";
import type { Infer } from "./inference.ts";
import { fieldLayer, knows, type Scope } from "./scope.ts";

const integer = { kind: "integer" } as const;
const text = { kind: "text" } as const;
const boolean = { kind: "boolean" } as const;

type OfHandler = (expression: tree.Of, scope: Scope, infer: Infer) => Expression | undefined;

/** `count of items`, `length of text` and the like, by their word. */
const words: { readonly [word: string]: OfHandler } = {
  count: (expression, scope, infer) => {
    const source = sourceOf(expression.operand, scope, infer);
    return source && { kind: "count", ...source, type: integer, span: expression.span };
  },
  first: pick,
  last: pick,
  any: quantifier,
  all: quantifier,
  none: quantifier,
  unique: (expression, scope, infer) => {
    const list = listOf(infer(expression.operand, scope), scope);
    return list && { kind: "transform", word: "unique", operand: list, type: list.type, span: expression.span };
  },
  length: (expression, scope, infer) => transformText("length", integer, expression, scope, infer),
  lowercase: (expression, scope, infer) => transformText("lowercase", text, expression, scope, infer),
  uppercase: (expression, scope, infer) => transformText("uppercase", text, expression, scope, infer),
  trimmed: (expression, scope, infer) => transformText("trimmed", text, expression, scope, infer),
  date: (expression, scope, infer) => {
    const value = certain(infer(expression.operand, scope), scope);
    const instant = value && fitted(value, { kind: "timestamp" }, scope, `"date of"`);
    return instant && { kind: "transform", word: "date", operand: instant, type: { kind: "date" }, span: expression.span };
  },
};

export function of(expression: tree.Of, scope: Scope, infer: Infer): Expression | undefined {
  const { word } = expression;
  if (Object.hasOwn(words, word.text)) return words[word.text]?.(expression, scope, infer);
  const location = locationOf(scope.env, word.span);
  scope.env.findings.missing({
    name: word.text,
    location,
    namespaces: [namespace("word")],
    words: [...Object.keys(words), "sum", "average", "smallest", "largest"],
    say: (suggestion) => diagnostic("unknown-of-word", location, { word: word.text, suggestion }),
  });
  return undefined;
}

function transformText(
  word: "length" | "lowercase" | "uppercase" | "trimmed",
  type: Type,
  { operand, span }: tree.Of,
  scope: Scope,
  infer: Infer,
): Expression | undefined {
  const value = certain(infer(operand, scope), scope);
  if (value?.type.kind === "list" && word === "length") {
    return complain(
      scope.env,
      "count-instead-of-length",
      span,
      { written: writtenAt(scope, operand.span) },
      { fix: { span: { start: span.start, end: span.start + "length".length }, text: "count", safe: true } },
    );
  }
  const fitting = value && fitted(value, text, scope, `"${word} of"`);
  return fitting && { kind: "transform", word, operand: fitting, type, span };
}

function pick(expression: tree.Of, scope: Scope, infer: Infer): Expression | undefined {
  const source = sourceOf(expression.operand, scope, infer);
  const word = expression.word.text === "first" ? "first" : "last";
  return source && { kind: "pick", word, ...source, type: optional(elementType(source.list)), span: expression.span };
}

function quantifier({ word, operand, span }: tree.Of, scope: Scope, infer: Infer): Expression | undefined {
  const source = sourceOf(operand, scope, infer);
  if (source === undefined) return undefined;
  const { list, where } = source;
  if (where === undefined) return complain(scope.env, "where-missing", span, { word: word.text, written: writtenAt(scope, operand.span) });
  return { kind: "quantifier", word: word.text === "any" ? "any" : word.text === "all" ? "all" : "none", list, where, type: boolean, span };
}

/** A list, with the condition on its elements where one stands behind it. */
function sourceOf(
  operand: tree.Expression,
  scope: Scope,
  infer: Infer,
): { readonly list: Expression; readonly where?: ElementCondition } | undefined {
  if (operand.kind === "group") return sourceOf(operand.inner, scope, infer);
  if (operand.kind !== "filter") {
    const list = listOf(infer(operand, scope), scope);
    return list && { list };
  }
  const list = listOf(infer(operand.collection, scope), scope);
  const where = list && elementCondition(list, operand.where, scope, infer);
  return list && where && { list, where };
}

/** `items where C` */
export function filter({ collection, where, span }: tree.Filter, scope: Scope, infer: Infer): Expression | undefined {
  const list = listOf(infer(collection, scope), scope);
  const condition = list && elementCondition(list, where, scope, infer);
  return list && condition && { kind: "filter", list, where: condition, type: list.type, span };
}

/** A condition that speaks of one element of the list. */
export function elementCondition(list: Expression, where: tree.Expression, scope: Scope, infer: Infer): ElementCondition | undefined {
  const inside = withElement(list, scope);
  const condition = conditionOf(infer(where, inside.scope, boolean), inside.scope);
  return condition && { variable: inside.variable, condition };
}

export function listOf(expression: Expression | undefined, scope: Scope): Expression | undefined {
  const value = certain(expression, scope);
  if (value === undefined || value.type.kind === "list") return value;
  return complain(scope.env, "list-needed", value.span, { written: writtenAt(scope, value.span), given: describeType(value.type) });
}

const elementType = ({ type }: Expression): Type => (type.kind === "list" ? type.of : type);

/** Inside, a bare name is first a field of the element; `it` is the element. */
export function withElement(list: Expression, scope: Scope): { readonly scope: Scope; readonly variable: string } {
  const type = elementType(list);
  const variable = variableFor(list, scope);
  const element: Expression = { kind: "element", variable, type, span: list.span };
  const inside: Scope = { ...scope, element: { node: element, type } };
  if (type.kind !== "value") return { scope: inside, variable };
  const fields = fieldLayer(scope.env, fieldsOfValue(scope.env.symbols, type.value), (field, fieldType) => ({
    node: { kind: "member", of: element, field },
    type: fieldType,
  }));
  return { scope: { ...inside, layers: [fields, ...scope.layers], prefixes: new Map([...scope.prefixes, ["it", [fields]]]) }, variable };
}

/** One of `items` is an `item`. */
function variableFor(list: Expression, scope: Scope): string {
  const plural = list.kind === "read" || list.kind === "member" ? list.field : list.kind === "local" ? list.name : "";
  const singular = /[^s]s$/.test(plural) ? plural.slice(0, -1) : "element";
  const taken = (name: string) =>
    knows(scope, name) || scope.prefixes.has(name) || (scope.element?.node.kind === "element" && scope.element.node.variable === name);
  let variable = singular;
  for (let number = 2; taken(variable); number++) variable = `${singular}${number}`;
  return variable;
}

/** `sum of price * quantity over items` */
export function aggregation({ word, value, over, span }: tree.Aggregation, scope: Scope, infer: Infer): Expression | undefined {
  const list = listOf(infer(over, scope), scope);
  if (list === undefined) return undefined;
  const inside = withElement(list, scope);
  const each = certain(infer(value, inside.scope), inside.scope);
  if (each === undefined) return undefined;
  const type = outcomeOf(word, each.type);
  if (type === undefined) return complain(scope.env, "aggregation-impossible", value.span, { word, given: describeType(each.type) });
  return { kind: "aggregation", word, list, variable: inside.variable, value: each, type, span };
}

/** A sum of nothing is zero; nothing has no average. */
function outcomeOf(word: Aggregation["word"], type: Type): Type | undefined {
  if (word === "sum") return isNumber(type) ? { kind: type.kind } : type.kind === "duration" ? type : undefined;
  if (word === "average") return isNumber(type) ? optional({ kind: type.kind === "integer" ? "number" : type.kind }) : undefined;
  return isNumber(type) || ["timestamp", "date", "duration"].includes(type.kind) ? optional(type) : undefined;
}
