import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { currentLog } from "../../runtime/evolution/current-log.ts";
import { evolutionOf } from "../../runtime/evolution/evolution.ts";
import type { EvolvingKind } from "../../runtime/evolution/kind.ts";
import { currentFields } from "../../runtime/evolution/make-current.ts";
import { oldestFields } from "../../runtime/evolution/make-oldest.ts";
import { meaningOf } from "../../runtime/evolution/meaning.ts";
import type { Event } from "../../runtime/protocol/event.ts";
import type { Field, Fields, FieldType } from "../../runtime/protocol/field.ts";
import { openMemoryLog } from "../../runtime/store/memory/log.ts";

/** A type together with a value of it, as it is now and as it was stored once. */
interface Pair {
  readonly type: FieldType;
  readonly now: unknown;
  readonly then: unknown;
}

const plain = fc.oneof(
  fc.string().map((text): Pair => ({ type: { type: "text" }, now: text, then: text })),
  fc.integer().map((number): Pair => ({ type: { type: "integer" }, now: number, then: number })),
  fc.jsonValue().map((json): Pair => ({ type: { type: "json" }, now: json, then: json })),
);

const choice = fc.boolean().map((isRenamed): Pair => ({
  type: { type: "choice", of: ["low", "normal"], renamed: { medium: "normal" } },
  now: "normal",
  then: isRenamed ? "medium" : "normal",
}));

const { pair, record } = fc.letrec<{ pair: Pair; record: { readonly fields: Fields; readonly now: object; readonly then: object } }>(
  (tie) => ({
    pair: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      plain,
      choice,
      tie("record").map(({ fields, now, then }): Pair => ({ type: { type: "value", fields }, now, then })),
      fc.tuple(tie("pair"), fc.nat({ max: 3 })).map(([{ type, now, then }, count]): Pair => {
        const repeated = (value: unknown) => Array.from({ length: count }, () => value);
        return { type: { type: "list", of: type }, now: repeated(now), then: repeated(then) };
      }),
      tie("pair").map(({ type, now, then }): Pair => ({ type: { type: "map", of: type }, now: { key: now }, then: { key: then } })),
    ),
    record: fc
      .uniqueArray(
        fc.record({
          name: fc.stringMatching(/^[a-z]{1,5}$/),
          of: tie("pair"),
          fate: fc.constantFrom("stayed", "renamed", "added", "optional"),
        }),
        {
          selector: ({ name }) => name,
          maxLength: 4,
        },
      )
      .map((all) => ({
        fields: Object.fromEntries(all.map(({ name, of, fate }) => [name, fieldOf(name, of, fate)])),
        now: Object.fromEntries(all.map(({ name, of, fate }) => [name, fate === "optional" ? null : of.now])),
        then: Object.fromEntries(all.flatMap(({ name, of, fate }) => storedAs(name, of, fate))),
      })),
  }),
);

type Fate = "stayed" | "renamed" | "added" | "optional";

function fieldOf(name: string, { type, now }: Pair, fate: string): Field {
  const evolved = {
    stayed: {},
    renamed: { was: [`the ${name}`, `${name} of old`] },
    added: { default: now },
    optional: { optional: true },
  }[fate as Fate];
  return { ...type, ...evolved } as Field;
}

function storedAs(name: string, { then }: Pair, fate: string): readonly (readonly [string, unknown])[] {
  return { stayed: [[name, then]], renamed: [[`${name} of old`, then]], added: [], optional: [] }[fate as Fate] as [string, unknown][];
}

const current = (fields: Fields) => currentFields(fields) ?? ((data: unknown) => data);

describe("what was stored", () => {
  test("becomes what it would be if it were stored now, deeply", () => {
    fc.assert(fc.property(record, ({ fields, now, then }) => void expect(current(fields)(then)).toEqual(now)));
  });

  test("is read as what it is, by its oldest names, too", () => {
    const oldest = (fields: Fields) => oldestFields(fields) ?? ((data: unknown) => data);
    fc.assert(fc.property(record, ({ fields, now }) => void expect(current(fields)(oldest(fields)(now))).toEqual(now)));
  });

  test("stays the very same where it is current", () => {
    fc.assert(fc.property(record, ({ fields, now }) => void expect(current(fields)(now)).toBe(now)));
  });

  test("is never changed in place", () => {
    fc.assert(
      fc.property(record, ({ fields, then }) => {
        const before = structuredClone(then);
        current(fields)(then);
        expect(then).toEqual(before);
      }),
    );
  });

  test("is never refused, whatever it is", () => {
    fc.assert(fc.property(record, fc.jsonValue(), ({ fields }, data) => void current(fields)(data)));
    fc.assert(fc.property(pair, fc.jsonValue(), ({ type }, data) => void current({ a: type })({ a: data })));
  });

  test("costs nothing where nothing has changed", () => {
    const fields: Fields = {
      text: { type: "text", maxLength: 3 },
      tags: { type: "list", of: { type: "value", fields: { n: { type: "integer" } } } },
    };
    const kind: EvolvingKind = { context: "a", name: "b", events: { sent: { fields, version: 1 } } };
    const log = openMemoryLog({ newId: () => "incarnation" });
    expect(currentFields(fields)).toBeUndefined();
    expect(evolutionOf([kind])).toBeUndefined();
    expect(currentLog(log, evolutionOf([kind]))).toBe(log);
    expect(meaningOf(kind, "sent")).toBeUndefined();
  });

  test("may hold values that hold others of their kind", () => {
    const part: Record<string, Field> = { label: { type: "text", was: ["name"] } };
    part["parts"] = { type: "list", of: { type: "value", fields: part } };
    const old = { name: "a", parts: [{ name: "b", parts: [] }] };
    expect(current(part)(old)).toEqual({ label: "a", parts: [{ label: "b", parts: [] }] });
  });
});

describe("an event", () => {
  const step = (from: number) => (data: object) => ({ ...data, [`step ${String(from)}`]: true });
  const kind: EvolvingKind = {
    context: "now",
    contextWas: ["before"],
    name: "thing",
    was: ["object", "item"],
    events: { happened: { was: ["occurred"], fields: {}, version: 4, upgrades: { 1: step(1), 2: step(2), 3: step(3) } } },
  };
  const evolution = evolutionOf([kind])!;
  const event = (version: number, name = "occurred"): Event => ({
    id: "e",
    context: { name: "before" },
    aggregate: { name: "item", id: "a" },
    name,
    data: {},
    user: { id: null },
    metadata: { timestamp: "", position: 7, revision: 1, version, commandId: "c", correlationId: "c", causationId: "c" },
  });

  test.each([1, 2, 3, 4])("of version %i takes the steps from there on, in their order", (version) => {
    const { name, data, metadata } = evolution.current(event(version));
    expect(name).toBe("happened");
    expect(metadata.version).toBe(4);
    expect(Object.keys(data as object)).toEqual([1, 2, 3].filter((from) => from >= version).map((from) => `step ${String(from)}`));
  });

  test("that the model does not know stays as it is, but for its aggregate's name", () => {
    expect(evolution.current(event(1, "vanished"))).toMatchObject({
      name: "vanished",
      context: { name: "now" },
      aggregate: { name: "thing", id: "a" },
    });
  });

  test("lies under the oldest names", () => {
    expect(evolution.stored({ context: "now", aggregate: "thing" })).toEqual({ context: "before", aggregate: "item" });
    expect(evolution.named({ context: "before", aggregate: "item" })).toEqual({ context: "now", aggregate: "thing" });
  });

  test("means something else as soon as a default, a name or an upgrade is another", () => {
    const variants: EvolvingKind[] = [
      kind,
      { ...kind, was: ["object"] },
      { ...kind, events: { happened: { ...kind.events["happened"]!, upgrades: { 1: step(1), 2: step(2), 3: (data) => data } } } },
      { ...kind, events: { happened: { ...kind.events["happened"]!, fields: { a: { type: "text", default: "x" } } } } },
      { ...kind, events: { happened: { ...kind.events["happened"]!, fields: { a: { type: "text", default: "y" } } } } },
    ];
    expect(new Set(variants.map((variant) => meaningOf(variant, "happened"))).size).toBe(variants.length);
  });
});
