import { builders } from "prettier/doc";
import type { Doc } from "prettier";
import type { Type } from "../../model/types/type.ts";
import { assignment } from "../javascript/lay-out-assignment.ts";
import { textAt } from "../javascript/lay-out-statements.ts";
import { docComment } from "./doc-comment.ts";
import { key } from "../javascript/quote.ts";
import { propertyDoc } from "./type.ts";

const { group, indent, join, line, softline } = builders;

interface Documented {
  readonly name: string;
  readonly description?: string;
}

type MemberOf = Documented & ({ readonly type: Type } | { readonly doc: Doc });

/** The braces of an interface, one member a line, each below what the model says about it. */
export function membersText(members: readonly MemberOf[], fixed: readonly string[] = []): string {
  if (members.length + fixed.length === 0) return "{}";
  const lines = members.map((member) => docComment(1, member.description) + textAt(1, [memberDoc(member), ";"]));
  return ["{", ...fixed.map((text) => `  ${text}`), ...lines, "}"].join("\n");
}

function memberDoc(member: MemberOf): Doc {
  return "type" in member ? propertyDoc(member) : ["readonly ", key(member.name), ": ", member.doc];
}

/** `type Definition = Generic<A, B>;` */
export function definitionDoc(generic: string, args: readonly string[]): Doc {
  const type = group([generic, "<", indent([softline, join([",", line], [...args])]), softline, ">"]);
  return [assignment("type Definition =", type), ";"];
}
