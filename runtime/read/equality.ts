import { encode, type SqlValue } from "./columns.ts";
import type { CheckedCondition } from "./condition.ts";

/** What one cell of a row has to be. */
export interface Equality {
  /** The place of the cell in a row. */
  readonly index: number;
  readonly cell: SqlValue;
}

/** Something that a row has to have if the condition holds for it; undefined where that is not about one cell. */
export function equalityOf(condition: CheckedCondition): Equality | undefined {
  if (condition.kind === "all") return condition.of.map(equalityOf).find((equality) => equality !== undefined);
  if (condition.kind !== "compare" || condition.operator !== "is") return undefined;

  return { index: condition.column.index, cell: encode(condition.column, condition.value) };
}
