import type * as tree from "../../../grammar/ast.ts";
import { type Environment, locationOf } from "../resolve/environment.ts";
import { declare, namespace, type Namespace } from "../symbols/namespace.ts";
import type { FieldSymbol } from "../symbols/symbols.ts";
import { inContext } from "./declared.ts";

/** What a function or a query is asked with, each name once. */
export function parametersIn(env: Environment, parameters: readonly tree.Parameter[], context?: string): Namespace<FieldSymbol> {
  const names = namespace<FieldSymbol>("parameter");
  for (const parameter of parameters) {
    const location = locationOf(env, parameter.name.span);
    const symbol = { tree: parameter, source: env.source, ...inContext(context) };
    const before = declare(names, parameter.name.text, symbol, location);
    if (before === undefined) continue;
    env.findings.complain("name-declared-twice", location, { noun: "parameter", name: parameter.name.text }, { related: before.location });
  }
  return names;
}
