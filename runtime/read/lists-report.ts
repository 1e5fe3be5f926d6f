import type { ListStatus } from "./read-model.ts";

/** What the lists tell of themselves while they follow the log. */
export interface ListsReport {
  stopped(status: ListStatus): void;
  /** A list that is being made anew, on its way. */
  building(list: string, position: number, head: number): void;
  /** It answers from now on. */
  built(list: string): void;
  /** Lists that are far behind, on their way. */
  progress(position: number, head: number): void;
  /** What would make questions cheaper. */
  advice(sentence: string): void;
  /** The read model itself failed; it is tried again. */
  failed(error: unknown): void;
}
