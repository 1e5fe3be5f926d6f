import { fullName } from "../names.ts";
import type { Type } from "./type.ts";

/** How a value of one type becomes one of another: as it is, by conversion, or not at all. */
export type Fit = "as it is" | "converted" | "no";

export function fit(from: Type, to: Type): Fit {
  if (to.kind === "optional") return from.kind === "none" ? "as it is" : fit(withoutOptional(from), to.of);
  if (from.kind === "optional" || from.kind === "none") return "no";
  if (to.kind === "json") return "as it is";
  if (from.kind === "integer")
    return to.kind === "integer" || to.kind === "number" ? "as it is" : to.kind === "decimal" ? "converted" : "no";
  if (to.kind === "text") return ["text", "email", "url"].includes(from.kind) ? "as it is" : "no";
  return isSame(from, to) ? "as it is" : "no";
}

/** Whether two types are the same, whatever their restrictions. */
export function isSame(a: Type, b: Type): boolean {
  if (a.kind === "reference" && b.kind === "reference") return fullName(a.to) === fullName(b.to);
  if (a.kind === "choice" && b.kind === "choice") return fullName(a.choice) === fullName(b.choice);
  if (a.kind === "value" && b.kind === "value") return fullName(a.value) === fullName(b.value);
  if (a.kind === "list" || a.kind === "map" || a.kind === "optional") return a.kind === b.kind && isSame(a.of, b.of);
  return a.kind === b.kind;
}

export const withoutOptional = (type: Type): Type => (type.kind === "optional" ? type.of : type);

/** What may have no answer; an optional of an optional is one. */
export const optional = (type: Type): Type => (type.kind === "optional" || type.kind === "none" ? type : { kind: "optional", of: type });

export type NumberKind = "integer" | "number" | "decimal";

export const isNumber = (type: Type): type is Type & { readonly kind: NumberKind } =>
  type.kind === "integer" || type.kind === "number" || type.kind === "decimal";

export const isText = (type: Type): boolean => type.kind === "text" || type.kind === "email" || type.kind === "url";
