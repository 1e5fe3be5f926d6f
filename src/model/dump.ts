import type { Domain } from "./domain.ts";

/**
 * The checked model as canonical JSON: keys in code point order, places left out, so that two texts which mean the same give the same bytes, wherever
 * and however they are written. Lists keep their order, for order means something in them.
 */
export function dump(domain: Domain): string {
  return `${JSON.stringify({ $schema: modelSchema, version: 1, ...(canonical(domain) as object) }, null, 2)}\n`;
}

/** What names the form: the `$id` of model.schema.json. A change that a reader of the old form would not survive gets the next number. */
export const modelSchema = "urn:wkgen:model:1";

const leftOut = new Set(["place", "span"]);

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value)
    .filter(([key, inner]) => !leftOut.has(key) && inner !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, canonical(inner)]));
}
