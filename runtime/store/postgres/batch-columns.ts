import type { Append } from "../event-log.ts";

/** What an append leaves in the tables: as it was asked for, or the rejection that took its place. */
export interface Written extends Pick<Append, "context" | "aggregate" | "aggregateId" | "expectedRevision" | "events" | "command"> {
  readonly userId: string | null;
  readonly timestamp: string;
  readonly correlationId: string;
  readonly causationId: string;
}

/** Where an aggregate has to stand for a batch to be appended: at this revision, which this command brought it to, if that is known. */
export interface Standing {
  readonly context: string;
  readonly aggregate: string;
  readonly id: string;
  readonly revision: number;
  readonly basedOn: string | null;
}

/** Who holds which value of a unique field from a batch on; null gives it up. */
export interface WrittenClaim {
  readonly context: string;
  readonly aggregate: string;
  readonly field: string;
  readonly value: string | null;
  readonly aggregateId: string;
}

export type Columns = readonly (readonly (string | number | null)[])[];

export function standingColumns(standings: readonly Standing[]): Columns {
  return [
    standings.map(({ context }) => context),
    standings.map(({ aggregate }) => aggregate),
    standings.map(({ id }) => id),
    standings.map(({ revision }) => revision),
    standings.map(({ basedOn }) => basedOn),
  ];
}

/** A batch column by column, in the order of the parameters of `write_batch`: its commands, then its events, then what it claims. */
export function batchColumns(batch: readonly Written[], claims: readonly WrittenClaim[]): Columns {
  return [...commandColumns(batch), ...eventColumns(batch), ...claimColumns(claims)];
}

function commandColumns(batch: readonly Written[]): Columns {
  let position = 0;
  return [
    batch.map(({ command }) => command.id),
    batch.map(({ command }) => command.digest),
    batch.map(({ events }) => (position += events.length)),
    batch.map(({ expectedRevision, events }) => expectedRevision + events.length),
    batch.map(({ events }) => JSON.stringify(events.map(({ name }) => name))),
    batch.map(({ command: { outcome } }) => (outcome.kind === "rejected" ? JSON.stringify(outcome.problem) : null)),
  ];
}

function eventColumns(batch: readonly Written[]): Columns {
  const events = batch.flatMap((append) =>
    append.events.map((event, index) => ({ append, event, revision: append.expectedRevision + 1 + index })),
  );
  return [
    events.map(({ event }) => event.id),
    events.map(({ append }) => append.context),
    events.map(({ append }) => append.aggregate),
    events.map(({ append }) => append.aggregateId),
    events.map(({ revision }) => revision),
    events.map(({ event }) => event.name),
    events.map(({ event }) => event.version),
    events.map(({ event }) => JSON.stringify(event.data)),
    events.map(({ append }) => append.timestamp),
    events.map(({ append }) => append.userId),
    events.map(({ append }) => append.command.id),
    events.map(({ append }) => append.correlationId),
    events.map(({ append }) => append.causationId),
  ];
}

function claimColumns(claims: readonly WrittenClaim[]): Columns {
  return [
    claims.map(({ context }) => context),
    claims.map(({ aggregate }) => aggregate),
    claims.map(({ field }) => field),
    claims.map(({ value }) => value),
    claims.map(({ aggregateId }) => aggregateId),
  ];
}
