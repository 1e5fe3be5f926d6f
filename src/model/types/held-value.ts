import { fullName } from "../names.ts";
import type { Type } from "./type.ts";

/** The full name of the value that a type is, or is made of. */
export function heldValue(type: Type): string | undefined {
  if (type.kind === "value") return fullName(type.value);
  return type.kind === "list" || type.kind === "map" || type.kind === "optional" ? heldValue(type.of) : undefined;
}
