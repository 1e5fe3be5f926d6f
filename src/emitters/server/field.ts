import type { Field } from "../../model/field.ts";
import { fullName, type FormerNames, type SharedName } from "../../model/names.ts";
import type { Type } from "../../model/types/type.ts";
import { array, constant, object, openObject, regex, text, type Js } from "../javascript/syntax.ts";
import { notEmitted } from "../not-emitted.ts";
import { emitConstant } from "./constant.ts";
import type { Imports } from "./imports.ts";

type Entries = readonly (readonly [name: string, value: Js])[];

/** Fields as the runtime checks them, one a line. */
export const emitFields = (fields: readonly Field[], imports: Imports, fieldsOf: FieldsOf = imports.fields): Js =>
  openObject(fields.map((field) => [field.name, object(fieldEntries(field, imports, fieldsOf))]));

export function fieldEntries({ type, default: initially, was }: Field, imports: Imports, fieldsOf: FieldsOf = imports.fields): Entries {
  const given: Entries = initially === undefined ? [] : [["default", emitConstant(initially, imports)]];
  return [...typeEntries(type, fieldsOf), ...given, ...formerNames(was)];
}

/** `was: ["sent", "posted"]` */
export const formerNames = (was: FormerNames | undefined): Entries => (was === undefined ? [] : [["was", array(was.map(text))]]);

/** What the fields of a value are called. */
type FieldsOf = (name: SharedName) => Js;

/** `type: "text", maxLength: 280` */
function typeEntries(type: Type, fieldsOf: FieldsOf): Entries {
  return (table[type.kind] as (type: Type, fieldsOf: FieldsOf) => Entries)(type, fieldsOf);
}

type Table = { readonly [Kind in Type["kind"]]: (type: Extract<Type, { readonly kind: Kind }>, fieldsOf: FieldsOf) => Entries };

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
  list: (type, fieldsOf) => [
    ...simple(type),
    ["of", object(typeEntries(type.of, fieldsOf))],
    ...amount("atLeast", type.atLeast),
    ...amount("atMost", type.atMost),
  ],
  map: (type, fieldsOf) => [...simple(type), ["of", object(typeEntries(type.of, fieldsOf))]],
  optional: (type, fieldsOf) => [...typeEntries(type.of, fieldsOf), ["optional", constant(true)]],
  choice: (type) => [
    ...simple(type),
    ["of", array(type.options.map(text))],
    ...(type.renamed === undefined
      ? []
      : [["renamed", object(Object.entries(type.renamed).map(([old, now]) => [old, text(now)]))] as const]),
  ],
  value: (type, fieldsOf) => [...simple(type), ["fields", fieldsOf(type.value)]],
  none: () => notEmitted("a field that is always none"),
};

const amount = (name: string, value: number | undefined): Entries => (value === undefined ? [] : [[name, constant(value)]]);
const digits = (name: string, value: string | undefined): Entries => (value === undefined ? [] : [[name, text(value)]]);
