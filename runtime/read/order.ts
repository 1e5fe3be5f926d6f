import type { Direction } from "../protocol/query.ts";
import type { Column } from "./columns.ts";

/** By what rows are sorted first, second, and so on. */
export interface Order {
  readonly column: Column;
  readonly direction: Direction;
}
