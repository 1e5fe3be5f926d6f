import fc from "fast-check";
import * as exact from "./exact.ts";
import { content, type Spoken, type World } from "./spoken.ts";

/** Expressions of every type there is, as people would write them, only wilder. */
export type Kind = keyof typeof fields | "number";

/** What a command of the frame can name: fields of its own (`c…`) and of the state (`s…`). */
export const fields = {
  text: ["cText", "sText"],
  integer: ["cInteger", "sInteger"],
  decimal: ["cDecimal", "sDecimal"],
  boolean: ["cFlag", "sFlag"],
  timestamp: ["cMoment", "sMoment"],
  date: ["cDay", "sDay"],
  duration: ["cLength", "sLength"],
  level: ["cLevel", "sLevel"],
  pair: ["cPair", "sPair"],
  optionalText: ["cNote", "sNote"],
  optionalInteger: ["cCount", "sCount"],
  optionalDecimal: ["cShare", "sShare"],
  optionalPair: ["cOther", "sOther"],
  texts: ["cTexts", "sTexts"],
  integers: ["cIntegers", "sIntegers"],
  decimals: ["cDecimals", "sDecimals"],
  pairs: ["cPairs", "sPairs"],
} as const;

type Element = "text" | "integer" | "decimal" | "pair" | undefined;
type Arbitrary = fc.Arbitrary<Spoken>;

const lists = { texts: "text", integers: "integer", decimals: "decimal", pairs: "pair" } as const;
const optionals = { optionalText: "text", optionalInteger: "integer", optionalDecimal: "decimal", optionalPair: "pair" } as const;
const equal: readonly Kind[] = ["text", "integer", "number", "decimal", "timestamp", "date", "duration", "level", "pair", "texts", "pairs"];
const ordered: readonly Kind[] = ["integer", "number", "decimal", "timestamp", "date", "duration"];

const plain = (text: string, means: Spoken["means"]): Spoken => ({ text, means, isPlain: true });
const name = (field: string): Spoken => plain(field, ({ state, command }) => (field.startsWith("c") ? command : state)[field]);

function combine(
  parts: readonly Arbitrary[],
  write: (...texts: string[]) => string,
  means: (world: World, ...parts: Spoken[]) => unknown,
): Arbitrary {
  return fc
    .tuple(...parts)
    .map((spoken) => ({ text: `(${write(...spoken.map(({ text }) => text))})`, means: (world) => means(world, ...spoken) }));
}

const values =
  (calculate: (...values: never[]) => unknown) =>
  (world: World, ...parts: Spoken[]): unknown =>
    (calculate as (...values: unknown[]) => unknown)(...parts.map((part) => part.means(world)));

const literals: { readonly [Each in Kind]?: Arbitrary } = {
  text: fc.constantFrom("", "a", "ab", " Ba ", "ß", "👍a", "ABC").map((text) => plain(JSON.stringify(text), () => text)),
  integer: fc.integer({ min: 0, max: 20 }).map((value) => plain(String(value), () => value)),
  number: fc.constantFrom(0.5, 1.25, 2.5, 10.75).map((value) => plain(String(value), () => value)),
  boolean: fc.boolean().map((value) => plain(String(value), () => value)),
  date: fc.constantFrom("2026-01-31", "2024-02-29").map((value) => plain(value, () => value)),
  duration: fc
    .constantFrom(["90 seconds", 90_000], ["24 hours", 86_400_000], ["3 days", 259_200_000], ["2 weeks", 1_209_600_000])
    .map(([text, length]) => plain(text as string, () => exact.writeLength(length as number))),
};
/** Only where another side says that decimals are meant. */
const decimalLiteral = fc
  .constantFrom("1.50", "0.001", "20", "007.5", "3.333")
  .map((text) => plain(text, () => exact.write(exact.parse(text))));
const level = fc.constantFrom("low", "middle", "high").map((option) => plain(option, () => option));

const known = new Map<string, Arbitrary>();

/** An expression of the kind, so deep at most, where `it` is an element of that kind. */
export function any(kind: Kind, depth: number, element?: Element): Arbitrary {
  const key = `${kind} ${String(depth)} ${element ?? ""}`;
  const made = known.get(key) ?? fc.oneof(...leaves(kind, element), ...(depth === 0 ? [] : branches(kind, depth - 1, element)));
  known.set(key, made);
  return made;
}

const it: Spoken = plain("it", ({ elements }) => elements.at(-1));

const half: Spoken = { text: "(cInteger / 2)", means: ({ command }) => (command["cInteger"] as number) / 2 };

function leaves(kind: Kind, element: Element): Arbitrary[] {
  const named = kind === "number" ? [fc.constant(half)] : fields[kind].map((field) => fc.constant(name(field)));
  const ofElement = kind === element ? [fc.constant(it)] : [];
  const member = element === "pair" ? { text: "label", decimal: "amount", optionalText: "note" }[kind as string] : undefined;
  const memberOf =
    member === undefined ? [] : [fc.constant(plain(`it.${member}`, (world) => (it.means(world) as Record<string, unknown>)[member]))];
  const literal = literals[kind];
  return [...named, ...ofElement, ...memberOf, ...(literal === undefined ? [] : [literal])];
}

function branches(kind: Kind, depth: number, element: Element): Arbitrary[] {
  const of = (other: Kind) => any(other, depth, element);
  const choose = combine(
    [of("boolean"), of(kind), of(kind)],
    (condition, then, otherwise) => `if ${condition} then ${then} else ${otherwise}`,
    (world, condition, then, otherwise) => (condition!.means(world) === true ? then! : otherwise!).means(world),
  );
  return [choose, ...(ofKind[kind]?.(of, depth, element) ?? []), ...unwrapped(kind, of), ...collections(kind, of, depth, element)];
}

type Of = (kind: Kind) => Arbitrary;

/** `x otherwise y`, for what may be none. */
function unwrapped(kind: Kind, of: Of): Arbitrary[] {
  const optional = Object.entries(optionals).find(([, inner]) => inner === kind)?.[0] as Kind | undefined;
  if (optional === undefined) return [];
  return [
    combine(
      [of(optional), of(kind)],
      (value, fallback) => `${value} otherwise ${fallback}`,
      values((value: unknown, fallback: unknown) => value ?? fallback),
    ),
  ];
}

const infix = (operator: string, left: Arbitrary, right: Arbitrary, calculate: (left: never, right: never) => unknown) =>
  combine([left, right], (a, b) => `${a} ${operator} ${b}`, values(calculate as (...values: never[]) => unknown));

/** Without comparing a thing with itself. */
const compared = (operator: string, left: Arbitrary, right: Arbitrary, calculate: (left: never, right: never) => unknown) =>
  fc
    .tuple(left, right)
    .filter(([a, b]) => a.text !== b.text && !(isLiteral(a) && isLiteral(b)))
    .map(([a, b]): Spoken => ({
      text: `(${a.text} ${operator} ${b.text})`,
      means: (world) => (calculate as (left: unknown, right: unknown) => unknown)(a.means(world), b.means(world)),
    }));

const isLiteral = ({ text, isPlain }: Spoken) => isPlain === true && !/^[a-z]/i.test(text);

const length = (text: string) => [...text].length;
const days = (text: string) => Math.trunc(exact.readLength(text) / 86_400_000) * 86_400_000;
const moment = (text: string) => Date.parse(text);
const dayText = (milliseconds: number) => exact.writeMoment(milliseconds).slice(0, 10);

const ofKind: { readonly [Each in Kind]?: (of: Of, depth: number, element: Element) => Arbitrary[] } = {
  text: (of) => [
    infix("+", of("text"), of("text"), (a: string, b: string) => a + b),
    combine(
      [of("text")],
      (a) => `lowercase of ${a}`,
      values((a: string) => a.toLowerCase()),
    ),
    combine(
      [of("text")],
      (a) => `trimmed of ${a}`,
      values((a: string) => a.trim()),
    ),
  ],
  integer: (of) => [
    infix("+", of("integer"), of("integer"), (a: number, b: number) => a + b),
    infix("-", of("integer"), of("integer"), (a: number, b: number) => a - b),
    infix("*", of("integer"), of("integer"), (a: number, b: number) => a * b),
    infix("mod", of("integer"), fc.constant(plain("7", () => 7)), (a: number, b: number) => a % b),
    combine([of("text")], (a) => `length of ${a}`, values(length)),
    combine(
      [of("integer")],
      (a) => `-${a}`,
      values((a: number) => 0 - a),
    ),
  ],
  number: (of) => [
    infix("/", of("integer"), fc.constant(plain("4", () => 4)), (a: number, b: number) => a / b),
    infix("+", of("integer"), of("number"), (a: number, b: number) => a + b),
    infix("*", of("number"), of("number"), (a: number, b: number) => a * b),
  ],
  decimal: (of) => [
    infix("+", of("decimal"), of("decimal"), exact.add),
    infix("-", of("decimal"), decimalLiteral, exact.subtract),
    infix("*", of("decimal"), of("decimal"), exact.multiply),
    infix("*", of("decimal"), of("integer"), (a: string, b: number) => exact.multiply(a, String(BigInt(b)))),
    infix("/", of("decimal"), decimalLiteral, exact.divide),
    combine(
      [of("decimal")],
      (a) => `round(${a}, 2)`,
      values((a: string) => exact.round(a, 2)),
    ),
    combine([of("decimal")], (a) => `-${a}`, values(exact.negate)),
  ],
  timestamp: (of) => [
    fc.constant(plain("now", ({ now }) => now)),
    infix("+", of("timestamp"), of("duration"), (a: string, b: string) => exact.writeMoment(moment(a) + exact.readLength(b))),
    infix("-", of("timestamp"), of("duration"), (a: string, b: string) => exact.writeMoment(moment(a) - exact.readLength(b))),
  ],
  date: (of) => [
    combine(
      [of("timestamp")],
      (a) => `date of ${a}`,
      values((a: string) => a.slice(0, 10)),
    ),
    fc.constant(plain("today", ({ now }) => now.slice(0, 10))),
    infix("+", of("date"), of("duration"), (a: string, b: string) => dayText(moment(a) + days(b))),
    infix("-", of("date"), of("duration"), (a: string, b: string) => dayText(moment(a) - days(b))),
  ],
  duration: (of) => [
    infix("-", of("timestamp"), of("timestamp"), (a: string, b: string) => exact.writeLength(moment(a) - moment(b))),
    infix("-", of("date"), of("date"), (a: string, b: string) => exact.writeLength(moment(a) - moment(b))),
    infix("+", of("duration"), of("duration"), (a: string, b: string) => exact.writeLength(exact.readLength(a) + exact.readLength(b))),
    infix("*", of("duration"), of("integer"), (a: string, b: number) => exact.writeLength(exact.readLength(a) * b)),
    combine(
      [of("duration")],
      (a) => `-${a}`,
      values((a: string) => exact.writeLength(0 - exact.readLength(a))),
    ),
  ],
  optionalDecimal: (of) => [
    infix("/", of("decimal"), of("decimal"), exact.divide),
    infix("mod", of("decimal"), of("decimal"), exact.remainder),
    combine(
      [of("optionalPair")],
      (a) => `${a}.amount`,
      values((a: { amount: string } | null) => a?.amount ?? null),
    ),
  ],
  optionalText: (of) => [
    combine(
      [of("optionalPair")],
      (a) => `${a}.note`,
      values((a: { note: string | null } | null) => a?.note ?? null),
    ),
    combine(
      [of("pair")],
      (a) => `${a}.note`,
      values((a: { note: string | null }) => a.note),
    ),
  ],
  pair: (of) => [
    combine(
      [of("text"), of("decimal")],
      (label, amount) => `pair(label = ${label}, amount = ${amount})`,
      values((label: string, amount: string) => ({ label, amount, note: null })),
    ),
    combine(
      [of("text"), of("decimal"), of("optionalText")],
      (label, amount, note) => `pair(amount = ${amount}, note = ${note}, label = ${label})`,
      values((label: string, amount: string, note: string | null) => ({ label, amount, note })),
    ),
  ],
  boolean: (of, depth, element) => [
    infix("and", of("boolean"), of("boolean"), (a: boolean, b: boolean) => a && b),
    infix("or", of("boolean"), of("boolean"), (a: boolean, b: boolean) => a || b),
    combine(
      [of("boolean")],
      (a) => `not ${a}`,
      values((a: boolean) => !a),
    ),
    fc.constantFrom(...equal).chain((kind) => compared("is", sided(kind, of), of(kind), (a, b) => content(a) === content(b))),
    fc.constantFrom(...equal).chain((kind) => compared("is not", sided(kind, of), of(kind), (a, b) => content(a) !== content(b))),
    ...(Object.entries(optionals) as [Kind, Kind][]).map(([optional, kind]) =>
      compared("is", of(optional), of(kind), (a, b) => content(a) === content(b)),
    ),
    fc.constantFrom(...fields.level).chain((field) => compared("is", fc.constant(name(field)), level, (a, b) => a === b)),
    fc.constantFrom(...fields.level).chain((field) => compared("is not", fc.constant(name(field)), level, (a, b) => a !== b)),
    ...(["<", "<=", ">", ">="] as const).map((operator) =>
      fc.constantFrom(...ordered).chain((kind) => compared(operator, of(kind), of(kind), (a, b) => inOrder(kind, operator, a, b))),
    ),
    compared(">", of("decimal"), decimalLiteral, (a, b) => exact.compare(a, b) > 0),
    ...["contains", "starts with", "ends with"].map((operator) =>
      infix(operator, of("text"), of("text"), (a: string, b: string) =>
        operator === "contains" ? a.includes(b) : operator === "starts with" ? a.startsWith(b) : a.endsWith(b),
      ),
    ),
    combine(
      [of("text")],
      (a) => `${a} is empty`,
      values((a: string) => a === ""),
    ),
    combine(
      [of("text")],
      (a) => `${a} matches /^[a-c]+$/`,
      values((a: string) => /^[a-c]+$/u.test(a)),
    ),
    ...Object.keys(optionals).map((kind) =>
      combine(
        [of(kind as Kind)],
        (a) => `${a} is none`,
        values((a: unknown) => a === null),
      ),
    ),
    ...whereKnown(element, depth),
  ],
};

const sided = (kind: Kind, of: Of): Arbitrary => (kind === "level" ? fc.constantFrom(...fields.level).map(name) : of(kind));

/** What has been checked to be there is used: beside the check, and in a condition on elements. */
function whereKnown(element: Element, depth: number): Arbitrary[] {
  return fields.optionalInteger.flatMap((field) => {
    const value = name(field);
    const present = (world: World) => value.means(world) as number;
    return [
      any("integer", depth, element).map((other): Spoken => ({
        text: `(${field} is not none and ${field} > ${other.text})`,
        means: (world) => value.means(world) !== null && present(world) > (other.means(world) as number),
      })),
      any("integers", depth, element).map((list): Spoken => ({
        text: `(${field} is not none and any of ${list.text} where (it + ${field}) > 3)`,
        means: (world) => value.means(world) !== null && (list.means(world) as number[]).some((item) => item + present(world) > 3),
      })),
    ];
  });
}

function inOrder(kind: Kind, operator: "<" | "<=" | ">" | ">=", a: unknown, b: unknown): boolean {
  const difference =
    kind === "decimal"
      ? exact.compare(a as string, b as string)
      : kind === "duration"
        ? exact.readLength(a as string) - exact.readLength(b as string)
        : (a as number) < (b as number)
          ? -1
          : Number((a as number) > (b as number));
  return operator === "<" ? difference < 0 : operator === "<=" ? difference <= 0 : operator === ">" ? difference > 0 : difference >= 0;
}

const inside = (world: World, element: unknown): World => ({ ...world, elements: [...world.elements, element] });

/** What is asked of lists, by the kind of the answer. */
function collections(kind: Kind, of: Of, depth: number, element: Element): Arbitrary[] {
  const made = (Object.entries(lists) as [keyof typeof lists, NonNullable<Element>][]).flatMap(([list, item]) => {
    const where = any("boolean", depth, item);
    const holding = (world: World, items: Spoken, condition: Spoken) =>
      (items.means(world) as unknown[]).filter((each) => condition.means(inside(world, each)) === true);
    const asked = (word: string, means: (found: unknown[], all: unknown[]) => unknown) =>
      combine(
        [of(list), where],
        (items, condition) => `${word}${items} where ${condition}`,
        (world, items, condition) => means(holding(world, items!, condition!), items!.means(world) as unknown[]),
      );
    if (kind === list)
      return [
        asked("", (found) => found),
        combine(
          [of(list)],
          (items) => `unique of ${items}`,
          values((items: unknown[]) => unique(items)),
        ),
        combine(
          [of(item), of(item)],
          (a, b) => `[${a}, ${b}]`,
          values((a: unknown, b: unknown) => [a, b]),
        ),
      ].slice(0, list === "decimals" ? 2 : 3);
    if (kind === "boolean")
      return [
        asked("any of ", (found) => found.length > 0),
        asked("all of ", (found, all) => found.length === all.length),
        asked("none of ", (found) => found.length === 0),
        infix("is in", of(item), of(list), (a: unknown, items: unknown[]) => items.some((each) => content(each) === content(a))),
      ];
    if (kind === "integer")
      return [
        asked("count of ", (found) => found.length),
        combine(
          [of(list)],
          (items) => `count of ${items}`,
          values((items: unknown[]) => items.length),
        ),
      ];
    if (optionals[kind as keyof typeof optionals] === item)
      return [
        asked("first of ", (found) => found[0] ?? null),
        asked("last of ", (found) => found.at(-1) ?? null),
        combine(
          [of(list)],
          (items) => `first of ${items}`,
          values((items: unknown[]) => items[0] ?? null),
        ),
      ];
    return [];
  });
  return [...made, ...aggregations(kind, of, depth, element)];
}

function unique(items: readonly unknown[]): unknown[] {
  const seen = new Set<string>();
  return items.filter((item) => !seen.has(content(item)) && seen.add(content(item)));
}

/** `sum of … over …` */
function aggregations(kind: Kind, of: Of, depth: number, _element: Element): Arbitrary[] {
  const over = (word: string, each: Kind, means: (values: never[]) => unknown) =>
    combine(
      [any(each, depth, "pair"), of("pairs")],
      (value, items) => `${word} of ${value} over ${items}`,
      (world, value, items) => means((items!.means(world) as unknown[]).map((item) => value!.means(inside(world, item))) as never[]),
    );
  if (kind === "integer") return [over("sum", "integer", (all: number[]) => all.reduce((a, b) => a + b, 0))];
  if (kind === "decimal") return [over("sum", "decimal", (all: string[]) => all.reduce(exact.add, "0"))];
  if (kind === "duration")
    return [over("sum", "duration", (all: string[]) => exact.writeLength(all.map(exact.readLength).reduce((a, b) => a + b, 0)))];
  if (kind === "optionalInteger") return [over("largest", "integer", (all: number[]) => (all.length === 0 ? null : Math.max(...all)))];
  if (kind === "optionalDecimal")
    return [
      over("smallest", "decimal", (all: string[]) => all.toSorted(exact.compare)[0] ?? null),
      over("average", "decimal", (all: string[]) =>
        all.length === 0 ? null : exact.divide(all.reduce(exact.add, "0"), String(all.length)),
      ),
    ];
  return [];
}
