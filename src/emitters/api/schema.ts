import type { Domain, Value } from "../../model/domain.ts";
import type { Field } from "../../model/field.ts";
import { fullName, type SharedName } from "../../model/names.ts";
import type { Type } from "../../model/types/type.ts";
import { notEmitted } from "../not-emitted.ts";
import { pascal } from "../typescript/names.ts";
import { Components } from "./components.ts";
import { constantJson } from "./constant.ts";
import type { Json } from "./json.ts";

export type Schema = { readonly [keyword: string]: Json };

/**
 * Data on their way in may leave out what has a default or is optional, and write an instant as a number; data on their way out have every field,
 * in the one normal form.
 */
export type Way = "in" | "out";

type Table = { readonly [Kind in Type["kind"]]: (type: Extract<Type, { readonly kind: Kind }>, way: Way) => Schema };

/** Makes JSON Schemas (2020-12) of a model's types. */
export class Schemas {
  readonly #values: ReadonlyMap<string, Value>;
  /** What they, and all else in the document, refer to. */
  readonly components = new Components();

  constructor({ values }: Domain) {
    this.#values = new Map(values.map((value) => [fullName(value), value]));
  }

  /** A reference to a schema of this name, or of one like it where the name is taken. `key` tells what it is of. */
  component(key: string, name: string, make: () => Schema): Schema {
    return this.components.refer("schemas", key, () => name, make);
  }

  object(fields: readonly Field[], way: Way, more: { readonly [name: string]: Schema } = {}): Schema {
    const required = [...Object.keys(more), ...fields.filter((field) => way === "out" || !mayBeLeftOut(field)).map(({ name }) => name)];
    return {
      type: "object",
      ...(required.length === 0 ? {} : { required }),
      properties: { ...more, ...Object.fromEntries(fields.map((field) => [field.name, this.#field(field, way)])) },
      additionalProperties: false,
    };
  }

  type(type: Type, way: Way): Schema {
    return (this.#table[type.kind] as (type: Type, way: Way) => Schema)(type, way);
  }

  #field({ type, description, default: initially }: Field, way: Way): Schema {
    const schema = way === "in" && initially !== undefined ? nullable(this.type(type, way)) : this.type(type, way);
    return {
      ...schema,
      ...(description === undefined ? {} : { description }),
      ...(initially === undefined || way === "out" ? {} : { default: constantJson(initially, ({ type }) => this.#fieldsOf(type)) }),
    };
  }

  #fieldsOf(type: Type): readonly Field[] {
    return type.kind === "value" ? this.#find(type.value).fields : notEmitted(`fields of a ${type.kind}`);
  }

  #find(name: SharedName): Value {
    return this.#values.get(fullName(name)) ?? notEmitted(`the value ${name.name}`);
  }

  #value(name: SharedName, way: Way): Schema {
    const value = this.#find(name);
    const isOwn = way === "in" && this.#differs(value, new Set());
    return this.component(`value ${fullName(value)} ${isOwn ? way : ""}`, `${pascal(value.name)}${isOwn ? "Input" : ""}`, () => ({
      ...(value.description === undefined ? {} : { description: value.description }),
      ...this.object(value.fields, way),
    }));
  }

  /** Whether a value is written in more ways than it is read. */
  #differs(value: Value, above: Set<Value>): boolean {
    if (above.has(value)) return false;
    above.add(value);
    return value.fields.some((field) => mayBeLeftOut(field) || this.#differsIn(field.type, above));
  }

  #differsIn(type: Type, above: Set<Value>): boolean {
    if (type.kind === "list" || type.kind === "map" || type.kind === "optional") return this.#differsIn(type.of, above);
    return type.kind === "timestamp" || (type.kind === "value" && this.#differs(this.#find(type.value), above));
  }

  readonly #table: Table = {
    text: ({ minLength, maxLength, matching }) => ({ type: "string", ...given({ minLength, maxLength, pattern: matching }) }),
    boolean: () => ({ type: "boolean" }),
    integer: ({ atLeast, atMost }) => ({
      type: "integer",
      minimum: Math.max(Number.MIN_SAFE_INTEGER, atLeast ?? -Infinity),
      maximum: Math.min(Number.MAX_SAFE_INTEGER, atMost ?? Infinity),
    }),
    number: ({ atLeast, atMost }) => ({ type: "number", ...given({ minimum: atLeast, maximum: atMost }) }),
    decimal: ({ atLeast, atMost }) => ({
      type: "string",
      format: "decimal",
      pattern: "^-?\\d+(\\.\\d+)?$",
      ...(atLeast === undefined && atMost === undefined ? {} : { description: `An exact decimal number${inWords(atLeast, atMost)}.` }),
    }),
    timestamp: (_type, way) => (way === "out" ? timestamp : { anyOf: [timestamp, milliseconds] }),
    date: () => ({ type: "string", format: "date", pattern: "^\\d{4}-\\d\\d-\\d\\d$" }),
    duration: () => ({ type: "string", format: "duration", pattern: duration, maxLength: 60 }),
    id: () => id,
    reference: ({ to }) => ({ ...id, description: `The id of a ${to.aggregate}.` }),
    email: () => ({
      type: "string",
      format: "email",
      pattern: "^[^\\s@\\p{Cc}]{1,64}@[^\\s@.\\p{Cc}]+(\\.[^\\s@.\\p{Cc}]+)+$",
      maxLength: 254,
    }),
    url: () => ({ type: "string", format: "uri", pattern: "^[hH][tT][tT][pP][sS]?:\\/\\/[^\\s\\p{Cc}]+$" }),
    json: () => ({ type: ["object", "array", "string", "number", "boolean"], description: "Anything that JSON can carry." }),
    choice: ({ options }) => ({ type: "string", enum: options }),
    value: ({ value }, way) => this.#value(value, way),
    list: ({ of, atLeast, atMost }, way) => ({
      type: "array",
      items: this.type(of, way),
      ...given({ minItems: atLeast, maxItems: atMost }),
    }),
    map: ({ of }, way) => ({ type: "object", additionalProperties: this.type(of, way) }),
    optional: ({ of }, way) => nullable(this.type(of, way)),
    none: () => ({ type: "null" }),
  };
}

export const mayBeLeftOut = (field: Field): boolean => field.default !== undefined || field.type.kind === "optional";

export const id: Schema = { type: "string", minLength: 1, maxLength: 200, pattern: "^[^\\p{Cc}]*$" };

const milliseconds: Schema = {
  type: "integer",
  description: "Milliseconds since 1970.",
  minimum: Date.parse("0000-01-01T00:00:00.000Z"),
  maximum: Date.parse("9999-12-31T23:59:59.999Z"),
};

const timestamp: Schema = {
  type: "string",
  format: "date-time",
  pattern: "^\\d{4}-\\d\\d-\\d\\dT([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d(\\.\\d{1,9})?)?(Z|[+\\-]([01]\\d|2[0-3]):[0-5]\\d)$",
};

const duration = "^-?P(?=\\d|T\\d)(?:\\d+W)?(?:\\d+D)?(?:T(?=\\d)(?:\\d+H)?(?:\\d+M)?(?:\\d+(?:\\.\\d{1,3})?S)?)?$";

/** What one of these is; there is at least one. */
export const oneOf = ([first = {}, ...others]: readonly Schema[]): Schema => (others.length === 0 ? first : { anyOf: [first, ...others] });

/** The schema, or null. */
export function nullable(schema: Schema): Schema {
  const { type, enum: options, $ref, anyOf } = schema;
  if ($ref !== undefined) return { anyOf: [schema, { type: "null" }] };
  if (Array.isArray(anyOf)) return { ...schema, anyOf: isNullable(anyOf) ? anyOf : [...anyOf, { type: "null" }] };
  const types = Array.isArray(type) ? (type as readonly Json[]) : [type as Json];
  return {
    ...schema,
    type: [...new Set([...types, "null"])],
    ...(Array.isArray(options) ? { enum: [...new Set([...options, null])] } : {}),
  };
}

const isNullable = (schemas: readonly Json[]): boolean => schemas.some((one) => (one as Schema)["type"] === "null");

const given = (keywords: { readonly [keyword: string]: string | number | undefined }): Schema =>
  Object.fromEntries(Object.entries(keywords).flatMap(([keyword, value]) => (value === undefined ? [] : [[keyword, value] as const])));

function inWords(atLeast: string | undefined, atMost: string | undefined): string {
  if (atLeast !== undefined && atMost !== undefined) return ` from ${atLeast} to ${atMost}`;
  return atLeast === undefined ? ` of at most ${String(atMost)}` : ` of at least ${atLeast}`;
}
