import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Field, Fields } from "../../runtime/protocol/field.ts";
import { decimal } from "../../runtime/protocol/calculation/decimal.ts";
import { nearestName } from "../../runtime/protocol/validation/nearest-name.ts";
import { validator } from "../../runtime/protocol/validation/validate.ts";

/** What a field makes of a value, or the rule that the value breaks. */
function read(field: Field, value: unknown): unknown {
  const validated = validator({ it: field }, "send")({ it: value });
  return validated.ok
    ? validated.data["it"]
    : validated.faults.map((fault) => (fault.field === "it" ? fault.rule : `${fault.field}: ${fault.rule}`)).join("; ");
}

const whole = "must be a whole number";
const moment = "must be a moment with its offset, like 2026-01-31T09:30:00Z";
const day = "must be a day like 2026-01-31";
const length = "must be a length of time like P3D or PT90S";
const email = "must be an e-mail address like jane@example.com";
const address = "must be a web address like https://example.com";
const id = "must be an id: 1 to 200 characters, no control characters";

const cases: readonly [field: Field, value: unknown, answer: unknown][] = [
  [{ type: "text" }, "hey", "hey"],
  [{ type: "text" }, "", ""],
  [{ type: "text" }, 5, "must be text"],
  [{ type: "text" }, null, "is missing"],
  [{ type: "text" }, undefined, "is missing"],
  [{ type: "text" }, "\ud83c", "must not contain half of a character (a lone surrogate)"],
  [{ type: "text" }, "a\0", "must not contain the character NUL"],
  [{ type: "text", optional: true }, null, null],
  [{ type: "text", optional: true }, undefined, null],
  [{ type: "text", minLength: 1, maxLength: 280 }, "", "must be 1 to 280 characters long"],
  [{ type: "text", maxLength: 3 }, "🎉🎉🎉", "🎉🎉🎉"],
  [{ type: "text", maxLength: 3 }, "🎉🎉🎉🎉", "must be at most 3 characters long"],
  [{ type: "text", minLength: 3 }, "🎉🎉", "must be at least 3 characters long"],
  [{ type: "text", minLength: 1 }, "", "must be at least 1 character long"],
  [{ type: "text", minLength: 2, maxLength: 2 }, "abc", "must be 2 characters long"],
  [{ type: "text", matching: /^[A-Z]{3}$/g }, "ABC", "ABC"],
  [{ type: "text", matching: /^[A-Z]{3}$/ }, "abc", "must match /^[A-Z]{3}$/"],
  [{ type: "boolean" }, false, false],
  [{ type: "boolean" }, "false", "must be true or false"],
  [{ type: "integer" }, 5, 5],
  [{ type: "integer" }, -0, 0],
  [{ type: "integer" }, 1.5, whole],
  [{ type: "integer" }, "5", whole],
  [{ type: "integer" }, NaN, whole],
  [{ type: "integer" }, Infinity, whole],
  [{ type: "integer" }, 2 ** 53, "must be a whole number from -9007199254740991 to 9007199254740991"],
  [{ type: "integer", atLeast: 0 }, -1, "must be a whole number of at least 0"],
  [{ type: "integer", atMost: 9 }, 10, "must be a whole number of at most 9"],
  [{ type: "number", atLeast: 0, atMost: 1 }, 0.5, 0.5],
  [{ type: "number", atLeast: 0, atMost: 1 }, 1.1, "must be a number from 0 to 1"],
  [{ type: "number" }, NaN, "must be a number"],
  [{ type: "decimal" }, "007.50", "7.5"],
  [{ type: "decimal" }, "-0.00", "0"],
  [{ type: "decimal" }, "100", "100"],
  [{ type: "decimal" }, "0.1", "0.1"],
  [{ type: "decimal" }, 12.5, 'must be a decimal number, written as text like "12.5"'],
  [{ type: "decimal" }, "1e3", 'must be a decimal number, written as text like "12.5"'],
  [{ type: "decimal" }, ".5", 'must be a decimal number, written as text like "12.5"'],
  [{ type: "decimal" }, "1".repeat(35), "must have at most 34 digits"],
  [{ type: "decimal", atLeast: "0.01" }, "0.009", 'must be a decimal number of at least 0.01, written as text like "12.5"'],
  [{ type: "timestamp" }, "2026-01-31T10:30:00+01:00", "2026-01-31T09:30:00.000Z"],
  [{ type: "timestamp" }, "2026-01-31T09:30Z", "2026-01-31T09:30:00.000Z"],
  [{ type: "timestamp" }, "2026-01-31T09:30:00.123456Z", "2026-01-31T09:30:00.123Z"],
  [{ type: "timestamp" }, 0, "1970-01-01T00:00:00.000Z"],
  [{ type: "timestamp" }, "2026-01-31T09:30:00", moment],
  [{ type: "timestamp" }, "2026-02-30T09:30:00Z", moment],
  [{ type: "timestamp" }, "2026-01-31T24:00:00Z", moment],
  [{ type: "timestamp" }, "yesterday", moment],
  [{ type: "timestamp" }, 1.5, moment],
  [{ type: "timestamp" }, 8.7e15, moment],
  [{ type: "date" }, "2024-02-29", "2024-02-29"],
  [{ type: "date" }, "2026-02-29", day],
  [{ type: "date" }, "2026-1-1", day],
  [{ type: "duration" }, "P1W", "P7D"],
  [{ type: "duration" }, "PT90S", "PT1M30S"],
  [{ type: "duration" }, "PT0.5S", "PT0.5S"],
  [{ type: "duration" }, "-PT36H", "-P1DT12H"],
  [{ type: "duration" }, "P0D", "PT0S"],
  [{ type: "duration" }, "P", length],
  [{ type: "duration" }, "P1DT", length],
  [{ type: "duration" }, "P1M", length],
  [{ type: "id" }, "a-1", "a-1"],
  [{ type: "id" }, "", id],
  [{ type: "reference", to: "message" }, "a\n", id],
  [{ type: "email" }, "jane@example.com", "jane@example.com"],
  [{ type: "email" }, "jane@example", email],
  [{ type: "email" }, "jane doe@example.com", email],
  [{ type: "url" }, "https://example.com/a?b=c#d", "https://example.com/a?b=c#d"],
  [{ type: "url" }, "javascript:alert(1)", address],
  [{ type: "url" }, "https://", address],
  [{ type: "choice", of: ["low", "normal", "high"] }, "high", "high"],
  [{ type: "choice", of: ["low", "normal", "high"] }, "hi", "must be low, normal or high"],
  [{ type: "choice", of: ["on"] }, "off", "must be on"],
  [{ type: "list", of: { type: "integer" } }, [1, 2], [1, 2]],
  [{ type: "list", of: { type: "integer" } }, { 0: 1 }, "must be a list"],
  [{ type: "list", of: { type: "integer" } }, [1, "2", 3.5], `it[1]: ${whole}; it[2]: ${whole}`],
  [{ type: "list", of: { type: "integer" }, atMost: 1 }, [1, 2], "must have at most 1 item"],
  [{ type: "list", of: { type: "list", of: { type: "text" } } }, [["a"], [null]], "it[1][0]: must be text"],
  [{ type: "map", of: { type: "boolean" } }, { a: true }, { a: true }],
  [{ type: "map", of: { type: "boolean" } }, { a: 1 }, "it.a: must be true or false"],
  [{ type: "map", of: { type: "boolean" } }, JSON.parse('{"__proto__": true}'), "it.__proto__: is not allowed as a key"],
  [{ type: "map", of: { type: "boolean" } }, [], "must be a map"],
  [{ type: "json" }, { a: [1, null, "x"] }, { a: [1, null, "x"] }],
  [{ type: "json" }, { a: [NaN] }, "it.a[0]: must be something that JSON can carry"],
  [{ type: "json" }, { a: new Date(0) }, "it.a: must be something that JSON can carry"],
  [{ type: "json" }, JSON.parse('{"a": {"__proto__": {}}}'), "it.a.__proto__: is not allowed as a key"],
  [{ type: "value", fields: { street: { type: "text" }, zip: { type: "text" } } }, "x", "must be an object with street, zip"],
];

test.each(cases)("%j reads %j as %j", (field, value, answer) => {
  expect(read(field, value)).toEqual(answer);
});

describe("an order", () => {
  const order: Fields = {
    note: { type: "text", optional: true },
    items: {
      type: "list",
      of: { type: "value", fields: { sku: { type: "text", matching: /^[A-Z]+$/ }, quantity: { type: "integer", atLeast: 1 } } },
    },
  };
  const validate = validator(order, "place order");

  test("is copied into normal form, in the order of the model", () => {
    const given = { items: [{ quantity: 1, sku: "A" }] };
    const validated = validate(given);
    expect(JSON.stringify(validated)).toBe('{"ok":true,"data":{"note":null,"items":[{"sku":"A","quantity":1}]}}');
    expect(given).toEqual({ items: [{ quantity: 1, sku: "A" }] });
  });

  test("is told all that is wrong at once, each by its path", () => {
    const items = [{ sku: "A", quantity: 1 }, { sku: "b", quantity: 0 }, { quantity: 1, skus: "C" }, 5];
    expect(validate({ items, notes: "x" })).toEqual({
      ok: false,
      faults: [
        { field: "items[1].sku", rule: "must match /^[A-Z]+$/" },
        { field: "items[1].quantity", rule: "must be a whole number of at least 1" },
        { field: "items[2].sku", rule: "is missing" },
        { field: "items[2].skus", rule: "is not a field of this value; did you mean sku?" },
        { field: "items[3]", rule: "must be an object with sku, quantity" },
        { field: "notes", rule: "is not a field of place order; did you mean note?" },
      ],
    });
  });

  test.each([[[]], ["text"], [5], [new Map()]])("%j instead of the data is refused", (data) => {
    expect(validate(data)).toEqual({ ok: false, faults: [{ field: "data", rule: "must be an object with note, items" }] });
  });

  test("no data at all is read as no fields", () => {
    expect(validate(undefined)).toEqual({ ok: false, faults: [{ field: "items", rule: "is missing" }] });
    expect(validator({}, "like")(undefined)).toEqual({ ok: true, data: {} });
  });

  test.each(["__proto__", "constructor", "toString", "hasOwnProperty"])(
    "the key %s is as unknown as any other, and never inherited",
    (key) => {
      expect(validator({}, "like")(JSON.parse(`{"${key}": 1}`))).toEqual({
        ok: false,
        faults: [{ field: key, rule: "is not a field of like" }],
      });
      expect(validator({ constructor: { type: "text" } } as Fields, "like")({}).ok).toBe(false);
    },
  );
});

test("whatever is accepted is its own wire form, and accepted again as it is", () => {
  const fields = Object.fromEntries(cases.map(([field], index) => [`f${index}`, { ...field, optional: true } as Field]));
  const validate = validator(fields, "send");
  const values = fc.oneof(
    fc.constantFrom(...cases.map(([, value]) => value)),
    fc.jsonValue(),
    fc.string({ unit: "binary" }),
    fc.double(),
    fc.date({ noInvalidDate: true }).map(Number),
  );
  const data = fc.dictionary(fc.constantFrom(...Object.keys(fields)), values, { maxKeys: 3 });

  let accepted = 0;
  fc.assert(
    fc.property(data, (given) => {
      const before = structuredClone(given);
      const validated = validate(given);
      expect(given).toEqual(before);
      if (!validated.ok) return;
      accepted++;
      const wire = JSON.parse(JSON.stringify(validated.data));
      expect(wire).toEqual(validated.data);
      expect(validate(wire)).toEqual(validated);
    }),
    { numRuns: 500 },
  );
  expect(accepted).toBeGreaterThan(50);
});

test("decimals are compared as numbers, not as text", () => {
  expect(decimal.compare("9", "10")).toBe(-1);
  expect(decimal.compare("-9", "-10")).toBe(1);
  expect(decimal.compare("0.10", "0.1")).toBe(0);
  expect(decimal.compare("0.3", "0.30000000000000000000000000000001")).toBe(-1);
});

test.each([
  ["txt", ["text", "likes"], "text"],
  ["lieks", ["text", "likes"], "likes"],
  ["Text", ["text"], "text"],
  ["colour", ["text", "likes"], undefined],
  ["x".repeat(1000), ["text"], undefined],
])("%s of %j is probably %s", (name, candidates, nearest) => {
  expect(nearestName(name, candidates)).toBe(nearest);
});

test("what is left out means its default, and nothing else does", () => {
  const check = validator({ stars: { type: "integer", atMost: 5, default: 3 }, note: { type: "text", optional: true } }, "rate");
  expect(check({})).toEqual({ ok: true, data: { stars: 3, note: null } });
  expect(check({ stars: 0 })).toEqual({ ok: true, data: { stars: 0, note: null } });
  expect(check({ stars: 6 })).toMatchObject({ ok: false, faults: [{ field: "stars" }] });
});
