import type * as tree from "../../../grammar/ast.ts";
import { diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Expression } from "../expression.ts";
import { find, namesIn } from "../symbols/namespace.ts";
import type { FunctionSymbol, ValueSymbol } from "../symbols/symbols.ts";
import { isNumber } from "../types/fit.ts";
import type { Type } from "../types/type.ts";
import { describeType } from "../types/describe-type.ts";
import { assign } from "./assign.ts";
import { functionsNear, typeNear } from "./declared.ts";
import { at, complain, locationOf } from "./environment.ts";
import { certain, fitted } from "./fitted.ts";
import type { Infer } from "./inference.ts";
import type { Scope } from "./scope.ts";
import { buildType } from "./type.ts";

/** `round(x, 2)`, a function of the model, or a value that is built by name. */
export function call(expression: tree.Call, scope: Scope, infer: Infer): Expression | undefined {
  const { name } = expression;
  if (name.text === "round") return round(expression, scope, infer);
  const symbol = find(functionsNear(scope.env), name.text);
  if (symbol !== undefined) return callFunction(symbol, expression, scope, infer);
  const type = typeNear(scope.env, name.text);
  if (type?.kind === "value") return construct(type, expression, scope, infer);
  const location = locationOf(scope.env, name.span);
  scope.env.findings.missing({
    name: name.text,
    location,
    namespaces: functionsNear(scope.env),
    words: ["round", ...namesIn([scope.env.symbols.shared.types])],
    say: (suggestion) => diagnostic("unknown-call", location, { name: name.text, suggestion }),
  });
  return undefined;
}

function round({ positional, named, span }: tree.Call, scope: Scope, infer: Infer): Expression | undefined {
  const [first, second] = positional;
  if (first === undefined || second === undefined || positional.length > 2 || named.length > 0) {
    return complain(scope.env, "arguments-count", span, {
      name: "round",
      needed: ["number", "digits"],
      given: positional.length + named.length,
    });
  }
  const digits = infer(second, scope);
  if (digits?.kind !== "literal" || digits.type.kind !== "integer")
    return digits && complain(scope.env, "digits-not-literal", second.span, {});
  const operand = certain(infer(first, scope), scope);
  if (operand === undefined) return undefined;
  if (!isNumber(operand.type)) {
    return complain(scope.env, "type-mismatch", first.span, { what: `"round"`, needed: "number", given: describeType(operand.type) });
  }
  return { kind: "transform", word: "round", operand, digits: Number(digits.value), type: operand.type, span };
}

function callFunction(
  symbol: FunctionSymbol,
  { name, positional, named, span }: tree.Call,
  scope: Scope,
  infer: Infer,
): Expression | undefined {
  const { parameters, result } = symbol.tree;
  if (named.length > 0 || positional.length !== parameters.length) {
    const needed = parameters.map((parameter) => parameter.name.text);
    return complain(scope.env, "arguments-count", span, { name: name.text, needed, given: positional.length + named.length });
  }
  const home = at(scope.env, symbol.source, symbol.context);
  const inferred = positional.map((argument, index) => {
    const parameter = parameters[index];
    const type = parameter && buildType(home, parameter.type);
    const value = infer(argument, scope, type);
    return type && value && fitted(value, type, scope, `"${parameter.name.text}"`);
  });
  const type = buildType(home, result);
  const arguments_ = inferred.filter((argument) => argument !== undefined);
  if (type === undefined || arguments_.length < inferred.length) return undefined;
  const function_ = symbol.context === undefined ? { name: symbol.name } : { context: symbol.context, name: symbol.name };
  return { kind: "call", function: function_, arguments: arguments_, type, span };
}

function construct(symbol: ValueSymbol, { name, positional, named, span }: tree.Call, scope: Scope, infer: Infer): Expression | undefined {
  const [first] = positional;
  if (first !== undefined)
    return complain(scope.env, "value-by-position", first.span, { value: name.text, fields: namesIn([symbol.fields]) });
  const args = named.map(({ name, value, span }): tree.Arg => ({ kind: "arg", name, value, span }));
  const target = { names: symbol.fields, what: `the value "${symbol.name}"`, defaults: true };
  const fields = assign(args, target, scope, infer, { complete: span });
  const value = symbol.context === undefined ? { name: symbol.name } : { context: symbol.context, name: symbol.name };
  const type: Type = { kind: "value", value };
  return fields && { kind: "construct", fields, type, span };
}
