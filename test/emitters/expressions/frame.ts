import fc from "fast-check";
import { any, type Kind } from "./any-expression.ts";
import type { Spoken, World } from "./spoken.ts";

const types: { readonly [Each in Kind]: string } = {
  text: "text",
  integer: "integer",
  number: "number",
  decimal: "decimal",
  boolean: "boolean",
  timestamp: "timestamp",
  date: "date",
  duration: "duration",
  level: "level",
  pair: "pair",
  optionalText: "optional text",
  optionalInteger: "optional integer",
  optionalDecimal: "optional decimal",
  optionalPair: "optional pair",
  texts: "list of text",
  integers: "list of integer",
  decimals: "list of decimal",
  pairs: "list of pair",
};
export const kinds = Object.keys(types) as readonly Kind[];

const starts: { readonly [Each in Kind]?: string } = {
  timestamp: ' = "2026-01-01T00:00:00Z"',
  date: " = 2026-01-31",
  duration: " = 90 seconds",
  level: " = low",
  pair: ' = pair(label = "", amount = 0)',
};

const named = (names: { readonly [kind: string]: readonly string[] }, which: number, withStart: boolean) =>
  Object.entries(names).map(
    ([kind, both]) => `${both[which] ?? ""}: ${types[kind as Kind]}${withStart ? (starts[kind as Kind] ?? "") : ""}`,
  );

/** One command: what it may be turned down for, a name for a value, and what is published. */
export interface Story {
  readonly kind: Kind;
  readonly named: Kind;
  readonly reject: Spoken;
  readonly value: Spoken;
  readonly condition: Spoken;
  readonly then: Spoken;
  readonly otherwise: Spoken;
  readonly unless: Spoken;
}

export const stories: fc.Arbitrary<Story> = fc
  .record({ kind: fc.constantFrom(...kinds), named: fc.constantFrom(...kinds) })
  .chain(({ kind, named }) =>
    fc.record({
      kind: fc.constant(kind),
      named: fc.constant(named),
      reject: any("boolean", 1),
      value: any(named, 2),
      condition: any("boolean", 2),
      then: any(kind, 3),
      otherwise: any(kind, 2),
      unless: any("boolean", 1),
    }),
  );

/** What happens: what was published, and how it ended. */
export function tell(story: Story, world: World): readonly unknown[] {
  if (story.reject.means(world) === true) return ["rejected: first"];
  const value = story.value.means(world);
  const published = story.condition.means(world) === true ? story.then.means(world) : story.otherwise.means(world);
  const shown = ["shown", story.named, value];
  const seen = ["seen", story.kind, published];
  return story.unless.means(world) === true ? [seen, shown, "done"] : [seen, "rejected: second"];
}

const head = [
  "domain frame",
  "",
  "choice level",
  "  low",
  "  middle",
  "  high",
  "",
  "value pair",
  "  label: text",
  "  amount: decimal",
  "  note: optional text",
  "",
  "context things",
  "",
];

/** A model with a command for each story. */
export function modelOf(all: readonly Story[], names: { readonly [kind: string]: readonly string[] }): string {
  const events = kinds.flatMap((kind) => [`    event seen${kind}`, `      result: ${types[kind]}`, ""]);
  const commands = all.flatMap((story, index) => [
    `    command act${String(index)} on any subject`,
    ...named(names, 0, false).map((line) => `      ${line}`),
    `      reject "first" when ${story.reject.text}`,
    `      let value = ${story.value.text}`,
    `      when ${story.condition.text}`,
    `        publish seen${story.kind} with result = ${story.then.text}`,
    "      otherwise",
    `        publish seen${story.kind} with result = ${story.otherwise.text}`,
    `      reject "second" unless ${story.unless.text}`,
    `      publish seen${story.named} with result = value`,
    "",
  ]);
  return [
    ...head,
    "  aggregate subject",
    ...named(names, 1, true).map((line) => `    ${line}`),
    "",
    ...commands,
    ...events,
    `    allow everyone to ${all.map((_, index) => `act${String(index)}`).join(", ")}`,
    `    allow everyone to see ${kinds.map((kind) => `seen${kind}`).join(", ")}`,
    "",
  ].join("\n");
}

/** Conditions that rows can be asked for: nobody knows the time there. */
export const conditions: fc.Arbitrary<Spoken> = any("boolean", 2).filter(({ text }) => !/\b(now|today)\b/.test(text));

/** A model with a list for each condition, of which `hit` says whether it has held. */
export function listsOf(all: readonly Spoken[], names: { readonly [kind: string]: readonly string[] }): string {
  const lists = all.flatMap((condition, index) => [
    `list rows${String(index)}`,
    ...named(names, 1, true).map((line) => `  ${line}`),
    "  hit: boolean",
    "",
    "  when subject.began",
    "    add",
    "",
    "  when subject.asked",
    `    update where ${condition.text}`,
    "      hit = true",
    "",
    "  allow everyone to read",
    "",
  ]);
  const asked = named(names, 0, false);
  return [
    ...head,
    "  aggregate subject",
    "    command begin on new subject",
    "      publish began",
    "",
    "    command ask",
    ...asked.map((line) => `      ${line}`),
    "      publish asked with all",
    "",
    "    event began",
    "",
    "    event asked",
    ...asked.map((line) => `      ${line}`),
    "",
    "    allow everyone to begin, ask",
    "    allow everyone to see began, asked",
    "",
    ...lists,
  ].join("\n");
}

const texts = fc.constantFrom("", "a", "abc", " B ", "👍a", "ß");
const integers = fc.integer({ min: -50, max: 50 });
const decimals = fc.constantFrom("0", "1.5", "-2.25", "100", "0.001", "12345678901234567890.5", "-7");
const lengths = fc.constantFrom("PT0S", "PT1M30S", "P1D", "-P3DT2H", "PT0.5S");
const moments = fc.constantFrom("2026-01-31T23:59:59.999Z", "2024-02-29T12:00:00.000Z", "1970-01-01T00:00:00.000Z");
const pairs = fc.record({ label: texts, amount: decimals, note: fc.option(texts, { nil: null }) });

/** What the fields of one side may hold. */
const held: { readonly [kind: string]: fc.Arbitrary<unknown> } = {
  text: texts,
  integer: integers,
  decimal: decimals,
  boolean: fc.boolean(),
  timestamp: moments,
  date: fc.constantFrom("2026-01-31", "2024-02-29", "2025-12-31"),
  duration: lengths,
  level: fc.constantFrom("low", "middle", "high"),
  pair: pairs,
  optionalText: fc.option(texts, { nil: null }),
  optionalInteger: fc.option(integers, { nil: null }),
  optionalDecimal: fc.option(decimals, { nil: null }),
  optionalPair: fc.option(pairs, { nil: null }),
  texts: fc.array(texts, { maxLength: 3 }),
  integers: fc.array(integers, { maxLength: 3 }),
  decimals: fc.array(decimals, { maxLength: 3 }),
  pairs: fc.array(pairs, { maxLength: 3 }),
};

export function worlds(names: { readonly [kind: string]: readonly string[] }): fc.Arbitrary<World> {
  const side = (which: number) =>
    fc.record(Object.fromEntries(Object.entries(names).map(([kind, both]) => [both[which] ?? "", held[kind] ?? fc.constant(null)])));
  return fc.record({ command: side(0), state: side(1), now: moments, elements: fc.constant([]) });
}
