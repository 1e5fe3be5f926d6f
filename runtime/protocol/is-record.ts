export type Json = Readonly<Record<string, unknown>>;

/** Whether a value is an object with fields: neither a list, nor null. */
export function isRecord(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
