import { builders } from "prettier/doc";
import type { Doc } from "prettier";
import type { Type } from "../../model/types/type.ts";
import { quote } from "../javascript/quote.ts";
import type { SharedName } from "../../model/names.ts";

const { group, ifBreak, indent, join, line, softline } = builders;

/** What the interface of a value is called. */
export type NameValue = (value: SharedName) => string;

type Table = { readonly [Kind in Type["kind"]]: (type: Extract<Type, { readonly kind: Kind }>, nameValue: NameValue) => readonly Doc[] };

const text = () => ["string"];
const number = () => ["number"];

const table: Table = {
  text,
  decimal: text,
  timestamp: text,
  date: text,
  duration: text,
  id: text,
  email: text,
  url: text,
  reference: text,
  integer: number,
  number,
  boolean: () => ["boolean"],
  json: () => ["unknown"],
  none: () => ["null"],
  list: (type, nameValue) => [["readonly ", element(type.of, nameValue), "[]"]],
  map: (type, nameValue) => [["{ readonly [key: string]: ", ...joined(members(type.of, nameValue)), " }"]],
  optional: (type, nameValue) => [...members(type.of, nameValue), "null"],
  choice: (type) => type.options.map(quote),
  value: (type, nameValue) => [nameValue(type.value)],
};

/** What a type of the language is in TypeScript, its wire form: the members of a union, most often of one. */
const members = (type: Type, nameValue: NameValue): readonly Doc[] =>
  (table[type.kind] as (type: Type, nameValue: NameValue) => readonly Doc[])(type, nameValue);

const joined = (parts: readonly Doc[]): Doc[] => join(" | ", [...parts]);

function element(type: Type, nameValue: NameValue): Doc {
  const parts = members(type, nameValue);
  if (parts.length === 1 && type.kind !== "list") return parts[0] ?? "";
  const union: Doc = [ifBreak([softline, "| "]), join([line, "| "], [...parts])];
  return ["(", parts.length === 1 ? [...parts] : group([indent(union), softline]), ")"];
}

export interface Member {
  readonly name: string;
  readonly type: Type;
  /** May be left out. */
  readonly optional?: boolean;
}

/** What every object has in TypeScript's eyes; where one of these may be left out, having inherited it is leaving it out. */
const inheritedTypes: ReadonlySet<string> = new Set(
  "constructor hasOwnProperty isPrototypeOf propertyIsEnumerable toLocaleString toString valueOf".split(" "),
);

/** `readonly name: type` */
export function propertyDoc({ name, type, optional = false }: Member, nameValue: NameValue): Doc {
  const union = [...members(type, nameValue), ...(optional && inheritedTypes.has(name) ? [`Object[${quote(name)}]`] : [])];
  const head = ["readonly ", name, optional ? "?: " : ": "];
  if (union.length === 1) return [...head, union[0] ?? ""];
  return [head.slice(0, 2), optional ? "?:" : ":", group(indent([" ", ifBreak([softline, "| "]), join([line, "| "], [...union])]))];
}

/** A type as it stands, a union in one line or below. */
export const typeDoc = (type: Type, nameValue: NameValue): Doc => unionDoc(members(type, nameValue));

/** `name: type` */
export const parameterDoc = (name: string, type: Type, nameValue: NameValue): Doc => [name, ": ", typeDoc(type, nameValue)];

/** `{ readonly a: string; readonly b: number }`, on one line where it fits. */
export function dataDoc(fields: readonly Member[], nameValue: NameValue): Doc {
  if (fields.length === 0) return "{}";
  return group([
    "{",
    indent([
      line,
      join(
        [";", line],
        fields.map((field) => propertyDoc(field, nameValue)),
      ),
    ]),
    ifBreak(";"),
    line,
    "}",
  ]);
}

/** `Generic<A, B | C>`: each argument is a union of at least one member. */
export function typeArguments(generic: string, unions: readonly (readonly Doc[])[]): Doc {
  const [first] = unions;
  if (unions.length === 1 && first?.length === 1) return [generic, "<", first[0] ?? "", ">"];
  return group([generic, "<", indent([softline, join([",", line], unions.map(unionDoc))]), softline, ">"]);
}

const unionDoc = (members: readonly Doc[]): Doc =>
  members.length === 1 ? (members[0] ?? "") : group([ifBreak("| "), join([line, "| "], [...members])]);
