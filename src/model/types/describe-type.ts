import { fullName } from "../names.ts";
import type { Type } from "./type.ts";

/** A type in the words of the language, without its restrictions: `list of text`, `optional id`, `order` (the id of one). */
export function describeType(type: Type): string {
  switch (type.kind) {
    case "list":
    case "map":
    case "optional":
      return `${type.kind === "optional" ? "optional" : `${type.kind} of`} ${describeType(type.of)}`;
    case "reference":
      return `${type.to.aggregate} id`;
    case "choice":
      return lastOf(fullName(type.choice));
    case "value":
      return lastOf(fullName(type.value));
    default:
      return type.kind;
  }
}

const lastOf = (name: string) => name.slice(name.lastIndexOf(".") + 1);
