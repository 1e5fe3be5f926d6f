import type * as tree from "../../../grammar/ast.ts";
import { diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Expression } from "../expression.ts";
import { find, namesIn, type Namespace } from "../symbols/namespace.ts";
import type { ChoiceSymbol } from "../symbols/symbols.ts";
import { describeType } from "../types/describe-type.ts";
import { optional, withoutOptional } from "../types/fit.ts";
import type { Type } from "../types/type.ts";
import { complain, locationOf } from "./environment.ts";
import { choiceNamed, fieldsOfValue, findTable, typeNear } from "./declared.ts";
import type { Infer } from "./inference.ts";
import { type Binding, keyOf, knows, type Layer, lookUp, peek, type Scope } from "./scope.ts";
import { typeOfChoice, typeOfField } from "./type.ts";

/** A bare name: what the place declares, in its order; then an option of the choice that is wanted; then a table. */
export function nameExpression({ name, span }: tree.NameExpression, scope: Scope, _infer: Infer, expected?: Type): Expression | undefined {
  const binding = name === "it" ? scope.element : lookUp(scope.layers, name);
  if (binding !== undefined) return bound(binding, span, scope, name);
  if (name === "now" || name === "today") return clock(name, span, scope);
  return optionOf(name, span, scope, expected) ?? tableRows(name, span, scope) ?? missingName(name, span, scope, expected);
}

export const isBound = (name: string, scope: Scope): boolean => name === "now" || name === "today" || name === "it" || knows(scope, name);

function bound({ node, type, unset }: Binding, span: tree.Span, scope: Scope, name: string): Expression | undefined {
  if (unset === true) return complain(scope.env, "field-not-set-yet", span, { name });
  return type === undefined ? undefined : narrowed({ ...node, type, span }, scope);
}

/** An optional that a check before has found to have a value. */
function narrowed(expression: Expression, scope: Scope): Expression {
  if (expression.type.kind !== "optional") return expression;
  const key = keyOf(expression);
  if (key === undefined || !scope.present.has(key)) return expression;
  return { kind: "present", operand: expression, type: expression.type.of, span: expression.span };
}

function clock(word: "now" | "today", span: tree.Span, scope: Scope): Expression | undefined {
  if (!scope.hasClock)
    return complain(scope.env, "time-not-known-here", span, { word, place: scope.place, hasEvent: scope.prefixes.has("event") });
  return { kind: "given", what: word, type: { kind: word === "now" ? "timestamp" : "date" }, span };
}

function optionOf(name: string, span: tree.Span, scope: Scope, expected: Type | undefined): Expression | undefined {
  const choice = expectedChoice(scope, expected);
  if (choice === undefined || expected === undefined || find([choice.options], name) === undefined) return undefined;
  return { kind: "option", option: name, type: withoutOptional(expected), span };
}

function expectedChoice(scope: Scope, expected: Type | undefined): ChoiceSymbol | undefined {
  const type = expected === undefined ? undefined : withoutOptional(expected);
  return type?.kind === "choice" ? choiceNamed(scope.env.symbols, type.choice) : undefined;
}

function tableRows(name: string, span: tree.Span, scope: Scope): Expression | undefined {
  const table = findTable(scope.env, name);
  if (table === undefined) return undefined;
  const value = table.context === undefined ? { name } : { context: table.context, name };
  return { kind: "table", table: name, type: { kind: "list", of: { kind: "value", value } }, span };
}

function missingName(name: string, span: tree.Span, scope: Scope, expected: Type | undefined): undefined {
  const choice = expectedChoice(scope, expected);
  const location = locationOf(scope.env, span);
  if (choice !== undefined) return missingOption(name, span, scope, choice);
  const behind = scope.prefixes.get(name);
  if (behind !== undefined) return complain(scope.env, "scope-word-alone", span, { word: name, names: namesIn(namespaces(behind)) });
  scope.env.findings.missing({
    name,
    location,
    namespaces: namespaces(scope.layers),
    say: (near) => {
      const value = valuesInWords.get(name.toLowerCase());
      const suggestion = value === undefined ? near : { nearest: value, choices: [] };
      return diagnostic("unknown-name", location, { name, place: scope.place, suggestion }, guessAt(span, suggestion));
    },
  });
  return undefined;
}

/** Values as people say them, where nothing in the model is called so. */
const valuesInWords: ReadonlyMap<string, string> = new Map([
  ...([
    ["yes", "true"],
    ["no", "false"],
    ["nothing", "none"],
    ["null", "none"],
  ] as const),
  ...([
    ["zero", "0"],
    ["one", "1"],
    ["two", "2"],
    ["three", "3"],
  ] as const),
]);

function missingOption(name: string, span: tree.Span, scope: Scope, choice: ChoiceSymbol): undefined {
  const location = locationOf(scope.env, span);
  scope.env.findings.missing({
    name,
    location,
    namespaces: [choice.options],
    words: namesIn(namespaces(scope.layers)),
    say: (suggestion) => diagnostic("unknown-option", location, { name, choice: choice.name, suggestion }, guessAt(span, suggestion)),
  });
}

const namespaces = (layers: readonly Layer[]) => layers.map(({ names }) => names);

const guessAt = (span: tree.Span, { nearest }: { readonly nearest?: string }) => ({
  fix: nearest === undefined ? undefined : { span, text: nearest, safe: false },
});

/** `a.b`: a scope word or the aggregate before the dot, a choice and its option, or a value and its field. */
export function member(expression: tree.Member, scope: Scope, infer: Infer): Expression | undefined {
  const { of, name, span } = expression;
  if (of.kind === "name-expression") {
    const prefix = scope.prefixes.get(of.name);
    if (prefix !== undefined) return behindPrefix(of.name, prefix, name, span, scope);
    const choice = choiceBeforeDot(of.name, name.text, scope);
    if (choice !== undefined) return namedOption(choice, name, span, scope);
    if (!isBound(of.name, scope) && findTable(scope.env, of.name) === undefined) return missingBeforeDot(of, name, scope);
  }
  const inner = infer(of, scope);
  return inner === undefined ? undefined : fieldOf(inner, name, span, scope);
}

/** A choice, where nothing else is called so; also where something is, if only the choice has what is behind the dot. */
function choiceBeforeDot(name: string, behind: string, scope: Scope): ChoiceSymbol | undefined {
  const symbol = typeNear(scope.env, name);
  if (symbol?.kind !== "choice") return undefined;
  if (!isBound(name, scope)) return symbol;
  const type = peek(scope.layers, name)?.type;
  return symbol.options.entries.has(behind) && type !== undefined && withoutOptional(type).kind !== "value" ? symbol : undefined;
}

function behindPrefix(word: string, layers: readonly Layer[], name: tree.Name, span: tree.Span, scope: Scope): Expression | undefined {
  const binding = lookUp(layers, name.text);
  if (binding !== undefined) return bound(binding, span, scope, name.text);
  const location = locationOf(scope.env, name.span);
  scope.env.findings.missing({
    name: name.text,
    location,
    namespaces: namespaces(layers),
    say: (suggestion) =>
      diagnostic("unknown-field", location, { name: name.text, of: `"${word}"`, suggestion }, guessAt(name.span, suggestion)),
  });
  return undefined;
}

function namedOption(choice: ChoiceSymbol, name: tree.Name, span: tree.Span, scope: Scope): Expression | undefined {
  if (find([choice.options], name.text) === undefined) return missingOption(name.text, name.span, scope, choice);
  return { kind: "option", option: name.text, type: typeOfChoice(choice), span };
}

const scopeWords = ["user", "event", "command", "row", "flow", "it", "rejection"];

function missingBeforeDot({ name, span }: tree.NameExpression, field: tree.Name, scope: Scope): undefined {
  if (scopeWords.includes(name)) {
    return complain(scope.env, "scope-word-not-here", span, {
      word: name,
      name: field.text,
      place: scope.place,
      words: [...scope.prefixes.keys()],
    });
  }
  const location = locationOf(scope.env, span);
  scope.env.findings.missing({
    name,
    location,
    namespaces: namespaces(scope.layers),
    words: [...scope.prefixes.keys()],
    say: (suggestion) => diagnostic("unknown-name", location, { name, place: scope.place, suggestion }, guessAt(span, suggestion)),
  });
}

export function fieldOf(of: Expression, name: tree.Name, span: tree.Span, scope: Scope): Expression | undefined {
  const type = withoutOptional(of.type);
  if (type.kind === "reference") return complain(scope.env, "id-has-no-fields", span, { aggregate: type.to.aggregate, field: name.text });
  if (type.kind !== "value") return complain(scope.env, "no-fields-here", span, { given: describeType(of.type), field: name.text });
  const fields = fieldsOfValue(scope.env.symbols, type.value);
  const found = find([fields], name.text);
  if (found === undefined) return missingField(name, `the value "${type.value.name}"`, fields, scope);
  const fieldType = typeOfField(scope.env, found);
  if (fieldType === undefined) return undefined;
  return narrowed(
    { kind: "member", of, field: name.text, type: of.type.kind === "optional" ? optional(fieldType) : fieldType, span },
    scope,
  );
}

function missingField(name: tree.Name, of: string, fields: Namespace<unknown>, { env }: Scope): undefined {
  const location = locationOf(env, name.span);
  env.findings.missing({
    name: name.text,
    location,
    namespaces: [fields],
    say: (suggestion) => diagnostic("unknown-field", location, { name: name.text, of, suggestion }, guessAt(name.span, suggestion)),
  });
}
