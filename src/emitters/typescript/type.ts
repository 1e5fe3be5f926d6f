import { builders } from "prettier/doc";
import type { Doc } from "prettier";
import type { Type } from "../../model/types/type.ts";
import { quote } from "../javascript/quote.ts";
import { notEmitted } from "../not-emitted.ts";

const { group, ifBreak, indent, join, line, softline } = builders;

type Table = { readonly [Kind in Type["kind"]]: (type: Extract<Type, { readonly kind: Kind }>) => readonly Doc[] };

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
  list: (type) => [["readonly ", element(type.of), "[]"]],
  map: (type) => [["{ readonly [key: string]: ", ...joined(members(type.of)), " }"]],
  optional: (type) => [...members(type.of), "null"],
  choice: (type) => type.options.map(quote),
  value: (type) => notEmitted(`value ${type.value.name}`),
};

/** What a type of the language is in TypeScript, its wire form: the members of a union, most often of one. */
const members = (type: Type): readonly Doc[] => (table[type.kind] as (type: Type) => readonly Doc[])(type);

const joined = (parts: readonly Doc[]): Doc[] => join(" | ", [...parts]);

function element(type: Type): Doc {
  const parts = members(type);
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

/** `readonly name: type` */
export function propertyDoc({ name, type, optional = false }: Member): Doc {
  const union = members(type);
  const head = ["readonly ", name, optional ? "?: " : ": "];
  if (union.length === 1) return [...head, union[0] ?? ""];
  return [head.slice(0, 2), optional ? "?:" : ":", group(indent([" ", ifBreak([softline, "| "]), join([line, "| "], [...union])]))];
}

/** `{ readonly a: string; readonly b: number }`, on one line where it fits. */
export function dataDoc(fields: readonly Member[]): Doc {
  if (fields.length === 0) return "{}";
  return group(["{", indent([line, join([";", line], fields.map(propertyDoc))]), ifBreak(";"), line, "}"]);
}

/** `Generic<A, B | C>`: each argument is a union of at least one member. */
export function typeArguments(generic: string, unions: readonly (readonly Doc[])[]): Doc {
  const [first] = unions;
  if (unions.length === 1 && first?.length === 1) return [generic, "<", first[0] ?? "", ">"];
  return group([generic, "<", indent([softline, join([",", line], unions.map(unionDoc))]), softline, ">"]);
}

const unionDoc = (members: readonly Doc[]): Doc =>
  members.length === 1 ? (members[0] ?? "") : group([ifBreak("| "), join([line, "| "], [...members])]);
