/** A question to a list. Field names are those of the list, and `id`. */
export interface Query {
  readonly where?: Condition;
  readonly orderBy?: { readonly [field: string]: Direction };
  /** At most so many rows; 100 by default. */
  readonly take?: number;
  readonly skip?: number;
  /** As an answer to the same question gave it: goes on where that one ended. */
  readonly cursor?: string;
}

/** What a question that has a name is asked with. */
export interface NamedAsk {
  readonly parameters: unknown;
  readonly cursor?: string;
}

export type Direction = "ascending" | "descending";

export type Scalar = string | number | boolean | null;

/** Fields are joined by `and`; a plain value means `is`. `and`, `or` and `not` are never names of fields. */
export interface Condition {
  readonly [field: string]: Scalar | Comparison | Condition | readonly Condition[];
}

export interface Comparison {
  readonly is?: Scalar;
  readonly isNot?: Scalar;
  readonly lessThan?: Scalar;
  readonly atMost?: Scalar;
  readonly moreThan?: Scalar;
  readonly atLeast?: Scalar;
  readonly in?: readonly Scalar[];
  readonly contains?: Scalar;
  readonly startsWith?: string;
}

/** One row of a list: its id and the list's fields. */
export interface Row {
  readonly id: string;
  readonly [field: string]: unknown;
}

/**
 * From one answer to the next: take out `removed` (and every row that `put` brings anew), then put each row at its index, in order.
 * Indexes are those of the new answer, ascending.
 */
export interface Changes<R extends Row = Row> {
  readonly removed: readonly string[];
  readonly put: readonly { readonly index: number; readonly row: R }[];
}
