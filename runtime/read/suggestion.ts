import { nearestName } from "../protocol/validation/nearest-name.ts";
import type { Column } from "./columns.ts";

/** What to add to "is not known": the nearest name, or what there is. */
export function suggestion(unknown: string, known: readonly string[]): string {
  const nearest = nearestName(unknown, known);
  if (nearest !== undefined) return `Did you mean "${nearest}"?`;

  return known.length === 0 ? "There are none." : `There ${known.length === 1 ? "is" : "are"}: ${known.slice(0, 12).join(", ")}.`;
}

/** What is wrong with a field that the list does not have, or has not any more. */
export function unknownField(field: string, columns: readonly Column[]): string {
  const renamed = columns.find(({ definition }) => definition.was?.includes(field));
  if (renamed !== undefined) return `is called "${renamed.field}" now`;

  return `is not a field of the list. ${suggestion(
    field,
    columns.map((column) => column.field),
  )}`;
}
