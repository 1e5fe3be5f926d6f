import { addressesOf, type EvolvingKind } from "./kind.ts";
import { currentFields } from "./make-current.ts";

/**
 * Whatever decides, besides the code that handles it, what a stored event of this name says today: its former names, defaults, renamed fields and
 * options, upgrades. Undefined where it says what was stored. What was derived from events under another meaning is to be derived again.
 */
export function meaningOf(kind: EvolvingKind, event: string): string | undefined {
  const known = Object.hasOwn(kind.events, event) ? kind.events[event] : undefined;
  if (known === undefined) return undefined;
  const { was, fields, upgrades } = known;
  const formerly = addressesOf(kind).slice(1);
  const isDerived = currentFields(fields) !== undefined;
  if (formerly.length === 0 && was === undefined && upgrades === undefined && !isDerived) return undefined;

  const code = Object.entries(upgrades ?? {}).map(([from, upgrade]) => [from, String(upgrade)]);
  return JSON.stringify([formerly, was, isDerived ? fields : undefined, code]);
}

/** The meanings of events of several kinds, by full names, as one text; undefined where all say what was stored. */
export function meaningsOf(kinds: readonly EvolvingKind[], fullNames: readonly string[]): string | undefined {
  const meanings = kinds.flatMap((kind) =>
    Object.keys(kind.events).flatMap((event) => {
      const fullName = `${kind.context}.${kind.name}.${event}`;
      const meaning = fullNames.includes(fullName) ? meaningOf(kind, event) : undefined;
      return meaning === undefined ? [] : [`${fullName} ${meaning}`];
    }),
  );
  return meanings.length === 0 ? undefined : meanings.sort().join("\n");
}
