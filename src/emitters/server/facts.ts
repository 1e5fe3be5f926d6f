import type { Expression } from "../../model/expression.ts";

/** What TypeScript has concluded about one name, or a path of names, from the conditions before. */
export interface Fact {
  /** Its type has shrunk to these literals; "some" where it is not known which. */
  readonly only?: ReadonlySet<unknown> | "some";
  /** The options that it is not. */
  readonly excluded: ReadonlySet<unknown>;
  /** It is not null. */
  readonly present: boolean;
  /** It is null, by these questions. */
  readonly absent?: ReadonlySet<Expression>;
}

/** By what they are about (`keyOf`). */
export type Facts = ReadonlyMap<string, Fact>;

export const nothingKnown: Fact = { excluded: new Set(), present: false };

export const factOf = (facts: Facts, key: string | undefined): Fact => (key === undefined ? undefined : facts.get(key)) ?? nothingKnown;

/** What is known where nobody ever comes, as TypeScript sees it: nothing, and nothing is learned there. */
export const nowhere: Facts = new Map();

export function learn(facts: Facts, key: string | undefined, news: Partial<Fact>): Facts {
  return key === undefined || facts === nowhere ? facts : new Map([...facts, [key, { ...factOf(facts, key), ...news }]]);
}

/** What holds whichever way led here. */
export function join(ways: readonly Facts[]): Facts {
  const [first = nowhere, ...others] = ways.filter((facts) => facts !== nowhere);
  return others.reduce(both, first);
}

function both(one: Facts, other: Facts): Facts {
  return new Map(
    [...one].flatMap(([key, fact]) => {
      const second = other.get(key);
      if (second === undefined) return [];
      const only = fact.only && second.only && eitherOf(fact.only, second.only);
      const excluded = fact.only ? second.excluded : second.only ? fact.excluded : shared(fact.excluded, second.excluded);
      const absent = fact.absent && second.absent && new Set([...fact.absent, ...second.absent]);
      const present = fact.present && second.present;
      return [[key, { ...(only && { only }), ...(absent && { absent }), excluded, present }] as const];
    }),
  );
}

const eitherOf = (one: NonNullable<Fact["only"]>, other: NonNullable<Fact["only"]>): NonNullable<Fact["only"]> =>
  one === "some" || other === "some" ? "some" : new Set([...one, ...other]);

const shared = (one: ReadonlySet<unknown>, other: ReadonlySet<unknown>): ReadonlySet<unknown> =>
  new Set([...one].filter((option) => other.has(option)));

/** In a function that is called later only names that never change keep what was concluded, not the paths that begin with them. */
export const insideFunction = (facts: Facts): Facts =>
  facts === nowhere ? nowhere : new Map([...facts].filter(([key]) => /^(local|element) [^.]*$/.test(key)));
