import type { Field } from "../../model/field.ts";
import { fullName, type FormerNames } from "../../model/names.ts";
import type { Type } from "../../model/types/type.ts";
import { array, constant, object, openObject, regex, text, type Js } from "../javascript/syntax.ts";
import { notEmitted } from "../not-emitted.ts";
import { emitConstant } from "./constant.ts";

type Entries = readonly (readonly [name: string, value: Js])[];

/** Fields as the runtime checks them, one a line. */
export const emitFields = (fields: readonly Field[]): Js => openObject(fields.map((field) => [field.name, object(fieldEntries(field))]));

export function fieldEntries({ type, default: initially, was }: Field): Entries {
  const given: Entries = initially === undefined ? [] : [["default", emitConstant(initially)]];
  return [...typeEntries(type), ...given, ...formerNames(was)];
}

/** `was: ["sent", "posted"]` */
export const formerNames = (was: FormerNames | undefined): Entries => (was === undefined ? [] : [["was", array(was.map(text))]]);

/** `type: "text", maxLength: 280` */
export function typeEntries(type: Type): Entries {
  return (table[type.kind] as (type: Type) => Entries)(type);
}

type Table = { readonly [Kind in Type["kind"]]: (type: Extract<Type, { readonly kind: Kind }>) => Entries };

const simple = ({ kind }: Type): Entries => [["type", text(kind)]];
const numeric = (type: Extract<Type, { readonly kind: "integer" | "number" }>): Entries => [
  ...simple(type),
  ...amount("atLeast", type.atLeast),
  ...amount("atMost", type.atMost),
];

const table: Table = {
  boolean: simple,
  timestamp: simple,
  date: simple,
  duration: simple,
  id: simple,
  email: simple,
  url: simple,
  json: simple,
  integer: numeric,
  number: numeric,
  text: (type) => [
    ...simple(type),
    ...amount("minLength", type.minLength),
    ...amount("maxLength", type.maxLength),
    ...(type.matching === undefined ? [] : [["matching", regex(type.matching)] as const]),
  ],
  decimal: (type) => [...simple(type), ...digits("atLeast", type.atLeast), ...digits("atMost", type.atMost)],
  reference: (type) => [...simple(type), ["to", text(fullName(type.to))]],
  list: (type) => [
    ...simple(type),
    ["of", object(typeEntries(type.of))],
    ...amount("atLeast", type.atLeast),
    ...amount("atMost", type.atMost),
  ],
  map: (type) => [...simple(type), ["of", object(typeEntries(type.of))]],
  optional: (type) => [...typeEntries(type.of), ["optional", constant(true)]],
  choice: (type) => [
    ...simple(type),
    ["of", array(type.options.map(text))],
    ...(type.renamed === undefined
      ? []
      : [["renamed", object(Object.entries(type.renamed).map(([old, now]) => [old, text(now)]))] as const]),
  ],
  value: (type) => notEmitted(`value ${type.value.name}`),
  none: () => notEmitted("a field that is always none"),
};

const amount = (name: string, value: number | undefined): Entries => (value === undefined ? [] : [[name, constant(value)]]);
const digits = (name: string, value: string | undefined): Entries => (value === undefined ? [] : [[name, text(value)]]);
