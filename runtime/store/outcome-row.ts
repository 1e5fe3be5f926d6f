import type { Append, Appended } from "./event-log.ts";

/** What a table of commands knows of one. */
export interface OutcomeRow {
  readonly digest: string;
  readonly position: number;
  readonly revision: number;
  /** The names of its events, as JSON. */
  readonly events: string;
  /** As JSON; null where it was handled. */
  readonly problem: string | null;
}

export function repeatedFrom(row: OutcomeRow): Appended & { readonly kind: "repeated" } {
  const { digest, position, revision } = row;
  const answer =
    row.problem === null ? { handled: { position, revision, events: JSON.parse(row.events) } } : { problem: JSON.parse(row.problem) };
  return { kind: "repeated", digest, answer };
}

/** The answer to an append that was stored: the position is that of its last event, or of the log where it has none. */
export function appendedAt(position: number, { command, expectedRevision, events }: Append): Appended {
  if (command.outcome.kind === "rejected") return command.outcome;
  return {
    kind: "appended",
    handled: { position, revision: expectedRevision + events.length, events: events.map(({ name }) => name) },
  };
}
