import type * as fastCheck from "fast-check";
import type { Arbitrary } from "fast-check";
import type { Domain } from "../../model/domain.ts";
import type { Field } from "../../model/field.ts";
import { fullName } from "../../model/names.ts";
import type { Type } from "../../model/types/type.ts";
import { instanceNames } from "./cast.ts";

/** fast-check is handed in: only who explores loads it. */
export interface Chance {
  readonly fc: typeof fastCheck;
  readonly domain: Domain;
}

type Make<Kind> = (type: Extract<Type, { readonly kind: Kind }>, chance: Chance) => Arbitrary<unknown>;

/** Values of a type in their wire form: mostly such as may enter, now and then one that its restrictions refuse. All of them can be written in a model. */
export function arbitraryValue(type: Type, chance: Chance): Arbitrary<unknown> {
  return (table[type.kind] as (type: Type, chance: Chance) => Arbitrary<unknown>)(type, chance);
}

/** Data for fields. Now and then one is left out. */
export function arbitraryData(fields: readonly Field[], chance: Chance): Arbitrary<{ readonly [field: string]: unknown }> {
  const { fc } = chance;
  const members = fields.map(({ name, type }) => [name, seldom(chance, fc.constant(undefined), arbitraryValue(type, chance), 19)] as const);
  return fc
    .record(Object.fromEntries(members))
    .map((data) => Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined)));
}

const table: { readonly [Kind in Type["kind"]]: Make<Kind> } = {
  text: (type, chance) => seldom(chance, restrictedText({}, chance), restrictedText(type, chance)),
  boolean: (_, { fc }) => fc.boolean(),
  integer: (type, chance) => restrictedNumber(type, chance),
  number: (type, chance) => restrictedNumber(type, chance),
  decimal: ({ atLeast, atMost }, chance) =>
    restrictedNumber({ atLeast: numberOf(atLeast), atMost: numberOf(atMost) }, chance).map((amount) => String(amount)),
  timestamp: (_, { fc }) => fc.integer({ min: -48, max: 336 }).map((hours) => new Date(start + hours * hour).toISOString()),
  date: (_, { fc }) => fc.integer({ min: -3, max: 30 }).map((days) => new Date(start + days * 24 * hour).toISOString().slice(0, 10)),
  duration: (_, { fc }) => fc.constantFrom("PT30M", "PT1H", "P1D", "P3D", "P14D"),
  id: (_, { fc }) => fc.constantFrom("one", "two"),
  email: (_, { fc }) => fc.constantFrom("jane@example.com", "john@example.com"),
  url: (_, { fc }) => fc.constantFrom("https://example.com/", "https://example.com/a"),
  json: (_, { fc }) => fc.constantFrom("a", "b"),
  reference: ({ to }, { fc }) => fc.constantFrom(...instanceNames(to.aggregate)),
  choice: ({ options }, { fc }) => fc.constantFrom(...options),
  value: ({ value }, chance) => {
    const fields = chance.domain.values.find((one) => fullName(one) === fullName(value))?.fields ?? [];
    return chance.fc.record(Object.fromEntries(fields.map(({ name, type }) => [name, arbitraryValue(type, chance)])));
  },
  list: ({ of, atLeast = 0, atMost = 3 }, chance) =>
    chance.fc.array(arbitraryValue(of, chance), { minLength: atLeast, maxLength: Math.max(atLeast, Math.min(atMost, 3)) }),
  map: (_, { fc }) => fc.constant({}),
  optional: ({ of }, chance) => seldom(chance, chance.fc.constant(null), arbitraryValue(of, chance), 3),
  none: (_, { fc }) => fc.constant(null),
};

const hour = 3_600_000;
/** Where the clock of a story stands in the beginning. */
const start = Date.parse("2026-01-01T12:00:00.000Z");

const seldom = <T>({ fc }: Chance, rare: Arbitrary<T>, usual: Arbitrary<T>, times = 9): Arbitrary<T> =>
  fc.oneof({ arbitrary: usual, weight: times }, { arbitrary: rare, weight: 1 });

interface Length {
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly matching?: string;
}

function restrictedText({ minLength = 0, maxLength = 12, matching }: Length, { fc }: Chance): Arbitrary<string> {
  if (matching !== undefined) return matchingText(matching, fc);
  return fc.string({ unit: fc.constantFrom(..."abc xyz"), minLength, maxLength: Math.max(minLength, Math.min(maxLength, 12)) });
}

/** Not every pattern can be turned round; texts for those are found by luck. */
function matchingText(pattern: string, fc: Chance["fc"]): Arbitrary<string> {
  try {
    return fc.stringMatching(new RegExp(pattern, "u"), { size: "-1" }).filter((text) => !/\p{Cc}/u.test(text));
  } catch {
    return fc.string({ maxLength: 12 });
  }
}

interface Bounds {
  readonly atLeast?: number | undefined;
  readonly atMost?: number | undefined;
}

/** Whole numbers, small ones and those at the bounds; now and then one beyond them. */
function restrictedNumber({ atLeast, atMost }: Bounds, chance: Chance): Arbitrary<number> {
  const { fc } = chance;
  const min = Math.ceil(atLeast ?? (atMost === undefined ? -3 : Math.min(-3, atMost - 10)));
  const max = Math.max(min, Math.floor(atMost ?? Math.max(20, min + 20)));
  const beyond = [...(atLeast === undefined ? [] : [min - 1]), ...(atMost === undefined ? [] : [max + 1])];
  const within = fc.oneof(fc.integer({ min, max: Math.min(max, min + 20) }), fc.constantFrom(min, max));
  return beyond.length === 0 ? within : seldom(chance, fc.constantFrom(...beyond), within);
}

const numberOf = (digits: string | undefined) => (digits === undefined ? undefined : Number(digits));
