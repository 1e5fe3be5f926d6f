import type { Value } from "../domain.ts";
import { at, complain, type Environment } from "../resolve/environment.ts";
import type { ValueSymbol } from "../symbols/symbols.ts";
import { declaredAs, formerly, inContext } from "./declared.ts";
import { buildFields } from "./field.ts";

export function buildValue(outside: Environment, { tree, source, context, fields }: ValueSymbol): Value {
  const env = at(outside, source, context);
  if (tree.fields.length === 0) complain(env, "value-without-fields", tree.name.span, { name: tree.name.text });
  return { kind: "value", ...declaredAs(env, tree), ...formerly(tree.was), ...inContext(context), fields: buildFields(env, fields) };
}
