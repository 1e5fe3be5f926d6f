/** What is wrong with a query: where in it, and the rule that it breaks. */
export interface Fault {
  readonly field: string;
  readonly rule: string;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
