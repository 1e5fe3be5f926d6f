import type { Domain } from "./domain.ts";

/**
 * The checked model as canonical JSON: keys in code point order, places left out, so that two texts which mean the same give the same bytes, wherever
 * and however they are written. Lists keep their order, for order means something in them.
 */
export function dump(domain: Domain): string {
  return `${JSON.stringify(canonical(domain), null, 2)}\n`;
}

const leftOut = new Set(["place", "span"]);

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value)
    .filter(([key, inner]) => !leftOut.has(key) && inner !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, canonical(inner)]));
}
