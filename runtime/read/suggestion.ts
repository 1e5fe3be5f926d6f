import { nearestName } from "../protocol/validation/nearest-name.ts";

/** What to add to "is not known": the nearest name, or what there is. */
export function suggestion(unknown: string, known: readonly string[]): string {
  const nearest = nearestName(unknown, known);
  if (nearest !== undefined) return `Did you mean "${nearest}"?`;

  return known.length === 0 ? "There are none." : `There ${known.length === 1 ? "is" : "are"}: ${known.slice(0, 12).join(", ")}.`;
}
