import type { Doc } from "prettier";
import { assignment } from "../javascript/lay-out-assignment.ts";
import { textAt } from "../javascript/lay-out-statements.ts";
import { docComment } from "./doc-comment.ts";
import { key } from "../javascript/quote.ts";
import { propertyDoc, typeArguments, type Member, type NameValue } from "./type.ts";

interface Documented {
  readonly name: string;
  readonly description?: string;
}

/** The braces of an interface, one member a line, each below what the model says about it. */
export const membersText = (members: readonly (Documented & { readonly doc: Doc })[]): string =>
  braces(members, ({ name, doc }) => ["readonly ", key(name), ": ", doc]);

/** The same for fields of the model, below those that are there without having been declared. */
export const fieldsText = (fields: readonly (Documented & Member)[], nameValue: NameValue, fixed: readonly string[] = []): string =>
  braces(fields, (field) => propertyDoc(field, nameValue), fixed);

function braces<M extends Documented>(members: readonly M[], docOf: (member: M) => Doc, fixed: readonly string[] = []): string {
  if (members.length + fixed.length === 0) return "{}";
  const lines = members.map((member) => docComment(1, member.description) + textAt(1, [docOf(member), ";"]));
  return ["{", ...fixed.map((text) => `  ${text}`), ...lines, "}"].join("\n");
}

/** `type Definition = Generic<A, B | C>;` */
export function definitionDoc(generic: string, args: readonly (string | readonly string[])[]): Doc {
  const unions = args.map((arg) => (typeof arg === "string" ? [arg] : arg));
  return [assignment("type Definition =", typeArguments(generic, unions)), ";"];
}
