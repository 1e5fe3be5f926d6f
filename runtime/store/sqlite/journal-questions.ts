import type { Replaced } from "../claim.ts";
import type { StoredName } from "../event-log.ts";
import type { OutcomeRow } from "../outcome-row.ts";
import type { Snapshot } from "../snapshot.ts";
import type { ClaimRow } from "./claim-table.ts";
import type { EventRow } from "./event-row.ts";
import type { Packed, Settled } from "./packed-append.ts";

/** What the thread of the journal is asked, and what it answers to each. */
export type JournalQuestions = {
  readonly append: {
    readonly ask: readonly [batch: Packed];
    readonly answer: { readonly settled: readonly Settled[]; readonly flush: number };
  };
  readonly history: {
    readonly ask: readonly [context: string, aggregate: string, aggregateId: string, after: number];
    readonly answer: readonly EventRow[];
  };
  readonly recall: {
    readonly ask: readonly [context: string, aggregate: string, aggregateId: string, shape: string];
    readonly answer: { readonly snapshot: Snapshot | undefined; readonly events: readonly EventRow[] };
  };
  readonly keepSnapshot: {
    readonly ask: readonly [context: string, aggregate: string, aggregateId: string, shape: string, revision: number, state: string];
    readonly answer: void;
  };
  readonly histories: {
    readonly ask: readonly [context: string, aggregate: string, afterId: string, afterRevision: number, limit: number];
    readonly answer: readonly EventRow[];
  };
  readonly read: { readonly ask: readonly [after: number, limit: number]; readonly answer: readonly EventRow[] };
  readonly names: { readonly ask: readonly [after: number, to: number]; readonly answer: readonly StoredName[] };
  readonly outcome: { readonly ask: readonly [commandId: string]; readonly answer: OutcomeRow | undefined };
  readonly head: { readonly ask: readonly []; readonly answer: { readonly position: number; readonly incarnation: string } };
  readonly adoptClaims: { readonly ask: readonly [rules: string]; readonly answer: boolean };
  readonly beginClaims: { readonly ask: readonly []; readonly answer: void };
  readonly addClaims: { readonly ask: readonly [rows: readonly ClaimRow[]]; readonly answer: void };
  readonly finishClaims: { readonly ask: readonly [rules: string]; readonly answer: Replaced };
  readonly close: { readonly ask: readonly []; readonly answer: void };
};

/** What it needs to open the file. */
export interface JournalData {
  readonly file: string;
  readonly incarnation: string;
  readonly patience: number;
}
