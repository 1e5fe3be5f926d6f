import type { Type } from "./type.ts";

/** What a field holds before anything was said; undefined for a type that has no such value. Lists and maps have the empty one. */
export function zeroOf(type: Type): { readonly value: string | number | boolean | null | "empty" } | undefined {
  switch (type.kind) {
    case "text":
      return (type.minLength ?? 0) === 0 && (type.matching === undefined || new RegExp(type.matching, "u").test(""))
        ? { value: "" }
        : undefined;
    case "integer":
    case "number":
      return (type.atLeast ?? 0) <= 0 && (type.atMost ?? 0) >= 0 ? { value: 0 } : undefined;
    case "decimal":
      return Number(type.atLeast ?? 0) <= 0 && Number(type.atMost ?? 0) >= 0 ? { value: "0" } : undefined;
    case "boolean":
      return { value: false };
    case "list":
      return (type.atLeast ?? 0) === 0 ? { value: "empty" } : undefined;
    case "map":
      return { value: "empty" };
    case "optional":
    case "none":
    case "json":
      return { value: null };
    case "timestamp":
    case "date":
    case "duration":
    case "id":
    case "email":
    case "url":
    case "reference":
    case "choice":
    case "value":
      return undefined;
  }
}
