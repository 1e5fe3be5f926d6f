import type { Choice } from "../domain.ts";
import { at, complain, type Environment } from "../resolve/environment.ts";
import type { ChoiceSymbol } from "../symbols/symbols.ts";
import { declaredAs, formerly, inContext } from "./declared.ts";

export function buildChoice(outside: Environment, { tree, source, context, options }: ChoiceSymbol): Choice {
  const env = at(outside, source, context);
  if (tree.options.length === 0) complain(env, "choice-without-options", tree.name.span, { name: tree.name.text });
  const built = [...options.entries.values()].map(({ name, item }) => ({ name, ...formerly(item.was) }));
  return { kind: "choice", ...declaredAs(env, tree), ...formerly(tree.was), ...inContext(context), options: built };
}
