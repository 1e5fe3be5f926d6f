import type { FunctionDeclaration } from "../domain.ts";
import { at, type Environment } from "../resolve/environment.ts";
import { buildType } from "../resolve/type.ts";
import type { FunctionSymbol } from "../symbols/symbols.ts";
import { declaredAs, inContext } from "./declared.ts";
import { buildFields } from "./field.ts";
import { parametersIn } from "./parameters.ts";

export function buildFunction(outside: Environment, { tree, source, context }: FunctionSymbol): FunctionDeclaration | undefined {
  const env = at(outside, source, context);
  const parameters = parametersIn(env, tree.parameters, context);
  const result = buildType(env, tree.result);
  return result && { kind: "function", ...declaredAs(env, tree), ...inContext(context), parameters: buildFields(env, parameters), result };
}
