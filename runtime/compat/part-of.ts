import type { Json } from "../protocol/is-record.ts";

/** Whether all that the part says, at any depth, the whole says, too. Items of arrays go by their index. */
export function partOf(part: object, whole: unknown): boolean {
  if (typeof whole !== "object" || whole === null) return false;

  return Object.entries(part).every(([name, value]: [string, unknown]) => {
    const said = Object.hasOwn(whole, name) ? (whole as Json)[name] : undefined;

    return typeof value === "object" && value !== null ? partOf(value, said) : value === said;
  });
}
