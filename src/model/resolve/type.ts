import type * as tree from "../../../grammar/ast.ts";
import { isBuiltInType } from "../../../grammar/built-in-types.ts";
import type { AliasSymbol, ChoiceSymbol, FieldSymbol, TypeSymbol } from "../symbols/symbols.ts";
import type { Type } from "../types/type.ts";
import { at, complain, type Environment } from "./environment.ts";
import { findType } from "./find-type.ts";
import { restricted } from "./restriction.ts";

/** What a type that was written means, restrictions included; undefined where that cannot be told, and has been said. */
export function buildType(env: Environment, type: tree.Type, restrictions: readonly tree.Restriction[] = []): Type | undefined {
  const built = handlers[type.kind](env, type as never);
  return built === undefined
    ? undefined
    : restrictions.reduce<Type>((narrower, restriction) => restricted(env, narrower, restriction), built);
}

const handlers: {
  readonly [Kind in tree.Type["kind"]]: (env: Environment, type: Extract<tree.Type, { readonly kind: Kind }>) => Type | undefined;
} = {
  "named-type": named,
  "optional-type": optionalOf,
  "list-type": (env, { of }) => containing("list", env, of),
  "map-type": (env, { of }) => containing("map", env, of),
};

function containing(kind: "list" | "map", env: Environment, of: tree.Type): Type | undefined {
  const inner = buildType(env, of);
  return inner && { kind, of: inner };
}

function optionalOf(env: Environment, { of, span }: { readonly of: tree.Type; readonly span: tree.Span }): Type | undefined {
  const inner = buildType(env, of);
  if (inner?.kind === "optional") return complain(env, "optional-twice", span, {});
  return inner && { kind: "optional", of: inner };
}

function named(env: Environment, { path }: { readonly path: tree.Path }): Type | undefined {
  const [only, ...more] = path.parts;
  if (only !== undefined && more.length === 0 && isBuiltInType(only.text)) return { kind: only.text };
  const symbol = findType(env, path);
  return symbol && declared(env, symbol);
}

function declared(env: Environment, symbol: TypeSymbol): Type | undefined {
  const shared = symbol.context === undefined ? { name: symbol.name } : { context: symbol.context, name: symbol.name };
  switch (symbol.kind) {
    case "aggregate":
      return { kind: "reference", to: { context: symbol.context, aggregate: symbol.name } };
    case "value":
      return { kind: "value", value: shared };
    case "choice":
      return typeOfChoice(symbol);
    case "type":
      return aliased(env, symbol);
  }
}

export function typeOfChoice({ context, name, options }: ChoiceSymbol): Type {
  const shared = context === undefined ? { name } : { context, name };
  const all = [...options.entries.values()];
  const renamed = all.flatMap((option) => (option.item.was ?? []).map(({ text }) => [text, option.name] as const));
  return {
    kind: "choice",
    choice: shared,
    options: all.map((option) => option.name),
    ...(renamed.length === 0 ? {} : { renamed: Object.fromEntries(renamed) }),
  };
}

function aliased(env: Environment, { tree, source, context }: AliasSymbol): Type | undefined {
  if (env.types.has(tree)) return env.types.get(tree);
  env.types.set(tree, undefined);
  const inside = at(env, source, context);
  if (mentionsItself(inside, tree)) return complain(inside, "type-of-itself", tree.name.span, { name: tree.name.text });
  const type = buildType(inside, tree.type, tree.restrictions);
  env.types.set(tree, type);
  return type;
}

/** `type a = b`, `type b = a`: followed by names alone, bounded by the number of types there are. */
function mentionsItself(env: Environment, start: tree.TypeAlias): boolean {
  const seen = new Set<tree.TypeAlias>();
  let current: tree.TypeAlias | undefined = start;
  while (current !== undefined && !seen.has(current)) {
    seen.add(current);
    current = aliasBehind(env, current.type);
  }
  return current === start;
}

function aliasBehind(env: Environment, type: tree.Type): tree.TypeAlias | undefined {
  if (type.kind !== "named-type") return aliasBehind(env, type.of);
  const name = type.path.parts.at(-1)?.text ?? "";
  const symbol = env.symbols.everywhere.get(name)?.find(({ kind }) => kind === "type");
  return symbol?.kind === "type" ? symbol.tree : undefined;
}

/** The type of `type NAME = …`, which is complained about where it is declared. */
export const typeOfAlias = aliased;

/** A declared field's type, found where it is declared. */
export function typeOfField(env: Environment, { tree, source, context }: FieldSymbol): Type | undefined {
  if (env.types.has(tree)) return env.types.get(tree);
  const type = buildType(at(env, source, context), tree.type, tree.kind === "field" ? tree.restrictions : []);
  env.types.set(tree, type);
  return type;
}
