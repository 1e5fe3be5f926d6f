import type { SharedName } from "../names.ts";
import { namespace, type Namespace } from "../symbols/namespace.ts";
import type { ChoiceSymbol, FieldSymbol, FunctionSymbol, Room, Symbols, TableSymbol, TypeSymbol, ValueSymbol } from "../symbols/symbols.ts";
import type { Environment } from "./environment.ts";

// What shared declarations are, by the names that types and expressions have for them.

const roomOf = (symbols: Symbols, context: string | undefined): Room | undefined =>
  context === undefined ? symbols.shared : symbols.contexts.entries.get(context)?.item;

function rooms({ symbols, context }: Environment): readonly Room[] {
  const own = context === undefined ? undefined : roomOf(symbols, context);
  return own === undefined ? [symbols.shared] : [own, symbols.shared];
}

export function choiceNamed(symbols: Symbols, { context, name }: SharedName): ChoiceSymbol | undefined {
  const symbol = roomOf(symbols, context)?.types.entries.get(name)?.item;
  return symbol?.kind === "choice" ? symbol : undefined;
}

export function valueNamed(symbols: Symbols, { context, name }: SharedName): ValueSymbol | undefined {
  const symbol = roomOf(symbols, context)?.types.entries.get(name)?.item;
  return symbol?.kind === "value" ? symbol : undefined;
}

/** The type of that name in the own context or beside the contexts, without a word where there is none. */
export function typeNear(env: Environment, name: string): TypeSymbol | undefined {
  const entry = rooms(env)
    .map(({ types }) => types.entries.get(name))
    .find((found) => found !== undefined);
  if (entry !== undefined) entry.uses++;
  return entry?.item ?? onlyOne(env.symbols.everywhere.get(name));
}

const onlyOne = <T>(items: readonly T[] | undefined): T | undefined => (items?.length === 1 ? items[0] : undefined);

export function findTable(env: Environment, name: string): TableSymbol | undefined {
  return rooms(env)
    .map(({ tables }) => tables.entries.get(name)?.item)
    .find((table) => table !== undefined);
}

export function functionsNear(env: Environment): readonly Namespace<FunctionSymbol>[] {
  return rooms(env).map(({ functions }) => functions);
}

/** The fields of a value, or the columns of a table. */
export function fieldsOfValue(symbols: Symbols, name: SharedName): Namespace<FieldSymbol> {
  return (
    valueNamed(symbols, name)?.fields ?? roomOf(symbols, name.context)?.tables.entries.get(name.name)?.item.columns ?? namespace("field")
  );
}
