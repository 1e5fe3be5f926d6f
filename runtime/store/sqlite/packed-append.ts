import type { Append, Appended } from "../event-log.ts";
import { appendedAt, repeatedFrom, type OutcomeRow } from "../outcome-row.ts";

/**
 * A batch on its way to the worker: one flat array of plain values, because a structured clone of objects costs several times as much.
 * Per append the 14 values of its head, the last of which are the numbers of events and claims, then 4 values for each event and 3 for each claim.
 */
export type Packed = readonly (string | number | null)[];

export const headLength = 14;
export const eventLength = 4;
export const claimLength = 3;

/** Where the claims of the append at this place begin. */
export function claimsAt(batch: Packed, at: number): number {
  return at + headLength + (batch[at + 12] as number) * eventLength;
}

/** What became of one append: the position of its last event (or of the log), or why it was not taken. */
export type Settled =
  | number
  | { readonly conflict: number }
  /** The index of the claim whose value another aggregate holds. */
  | { readonly taken: number }
  | OutcomeRow;

export function pack(append: Append, into: (string | number | null)[]): void {
  const { command, events, claims = [] } = append;
  into.push(append.context, append.aggregate, append.aggregateId, append.expectedRevision, append.basedOn ?? null);
  into.push(append.userId, append.timestamp, append.correlationId, append.causationId, command.id, command.digest);
  into.push(command.outcome.kind === "rejected" ? JSON.stringify(command.outcome.problem) : null, events.length, claims.length);
  for (const event of events) into.push(event.id, event.name, event.version, JSON.stringify(event.data));
  for (const { field, value, taken } of claims) into.push(field, value, JSON.stringify(taken));
}

export function unpackSettled(settled: Settled, append: Append): Appended {
  if (typeof settled === "number") return appendedAt(settled, append);
  if ("conflict" in settled) return { kind: "conflict", revision: settled.conflict };
  if ("taken" in settled) return { kind: "rejected", problem: append.claims![settled.taken]!.taken };
  return repeatedFrom(settled);
}
