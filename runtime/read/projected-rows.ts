import type { Row } from "../protocol/query.ts";
import type { Column } from "./columns.ts";
import type { CheckedCondition, SqlText } from "./condition.ts";

/** The rows of a list as its projections change them, wherever they are kept. */
export interface ProjectedRows {
  readonly columns: readonly Column[];
  /** A row as it begins. */
  readonly initial: Readonly<Record<string, unknown>>;
  /** Throws where there is none of this name. */
  column(field: string): Column;
  /** In the place of the row with the same id. */
  put(row: Row): void;
  /** Changes these fields of the rows that match, and says how many there were. */
  set(changes: Readonly<Record<string, unknown>>, where: CheckedCondition): number;
  remove(where: CheckedCondition): number;
  /** The rows that match; `rest` may say that the first of them is enough. */
  all(where: CheckedCondition, rest?: SqlText): readonly { readonly row: Row }[];
}
