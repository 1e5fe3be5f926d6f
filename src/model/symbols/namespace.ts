import type { Location } from "../../diagnostics/diagnostic.ts";

/**
 * The names that are possible in one place, for instance the fields of one event. It counts how often each is used, so that a name that is
 * written in one way where it is declared and in another everywhere else is found out.
 */
export interface Namespace<Item> {
  /** What is named, for a sentence: `event`, `field`. */
  readonly noun: string;
  readonly entries: Map<string, Entry<Item>>;
}

export interface Entry<Item> {
  readonly name: string;
  readonly item: Item;
  /** Of the name where it is declared; absent for what the language gives. */
  readonly location?: Location;
  uses: number;
}

export function namespace<Item>(
  noun: string,
  items: Iterable<readonly [name: string, item: Item, location?: Location]> = [],
): Namespace<Item> {
  const created: Namespace<Item> = { noun, entries: new Map() };
  for (const [name, item, location] of items) declare(created, name, item, location);
  return created;
}

/** Takes a name up; the one that had it before, where there is one, keeps it and is returned. */
export function declare<Item>({ entries }: Namespace<Item>, name: string, item: Item, location?: Location): Entry<Item> | undefined {
  const before = entries.get(name);
  if (before === undefined) entries.set(name, location === undefined ? { name, item, uses: 0 } : { name, item, location, uses: 0 });
  return before;
}

/** The first that has the name. */
export function find<Item>(namespaces: readonly Namespace<Item>[], name: string): Item | undefined {
  for (const { entries } of namespaces) {
    const entry = entries.get(name);
    if (entry === undefined) continue;
    entry.uses++;
    return entry.item;
  }
  return undefined;
}

export function namesIn(namespaces: readonly Namespace<unknown>[]): string[] {
  return namespaces.flatMap(({ entries }) => [...entries.keys()]);
}
