import type { StoreTrouble } from "../store-failure.ts";
import type { EventRow, OutcomeRow } from "./journal.ts";
import type { Packed, Settled } from "./packed-append.ts";

/** What the worker is asked, and what it answers to each, in the order of the questions. */
export interface Questions {
  readonly append: {
    readonly ask: readonly [batch: Packed];
    readonly answer: { readonly settled: readonly Settled[]; readonly flush: number };
  };
  readonly history: {
    readonly ask: readonly [context: string, aggregate: string, aggregateId: string, after: number];
    readonly answer: readonly EventRow[];
  };
  readonly read: { readonly ask: readonly [after: number, limit: number]; readonly answer: readonly EventRow[] };
  readonly outcome: { readonly ask: readonly [commandId: string]; readonly answer: OutcomeRow | undefined };
  readonly head: { readonly ask: readonly []; readonly answer: { readonly position: number; readonly incarnation: string } };
  readonly close: { readonly ask: readonly []; readonly answer: void };
}

export type Question = { [Kind in keyof Questions]: { readonly kind: Kind; readonly ask: Questions[Kind]["ask"] } }[keyof Questions];

export type Reply =
  | { readonly kind: "answer"; readonly answer: unknown }
  | { readonly kind: "trouble"; readonly trouble: StoreTrouble; readonly sentence: string; readonly cure: string };

export interface WorkerData {
  readonly file: string;
  readonly incarnation: string;
  readonly patience: number;
}
