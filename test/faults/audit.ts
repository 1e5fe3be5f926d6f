import type { EventRow, Tables } from "./tables.ts";

/** What a client was told of a command that it sent: that it was handled, and where its event is. */
export interface Acknowledged {
  readonly commandId: string;
  readonly aggregateId: string;
  readonly position: number;
}

/** Everything that is wrong with a log of the chat's messages, each as a sentence. */
export interface Findings {
  /** Acknowledged, and not where it was said to be. */
  readonly lost: readonly string[];
  /** Commands that took effect more than once. */
  readonly doubled: readonly string[];
  /** Positions and revisions that are missing, and states that no order of events explains. */
  readonly holes: readonly string[];
}

/** Holds the tables against the clients' own record, and against themselves. Every command of the record publishes one event. */
export function audit(tables: Tables, record: readonly Acknowledged[]): Findings {
  const byCommand = Map.groupBy(tables.events, ({ commandId }) => commandId);
  return {
    lost: record.filter((told) => !isThere(told, byCommand.get(told.commandId)?.[0])).map(({ commandId }) => `${commandId} is lost`),
    doubled: [...byCommand].filter(([, { length }]) => length > 1).map(([id, { length }]) => `${id} took effect ${length} times`),
    holes: [...holesInPositions(tables), ...holesInHistories(tables), ...commandsWithoutEvents(tables, byCommand)],
  };
}

function isThere({ aggregateId, position }: Acknowledged, event: EventRow | undefined): boolean {
  return event?.position === position && event.aggregateId === aggregateId;
}

function* holesInPositions({ head, events }: Tables): Iterable<string> {
  for (const [index, { position }] of events.entries()) if (position !== index + 1) yield `${position} stands where ${index + 1} belongs`;
  if (head !== events.length) yield `the head says ${head}, there are ${events.length} events`;
}

function* holesInHistories({ events }: Tables): Iterable<string> {
  for (const [id, history] of Map.groupBy(events, ({ aggregateId }) => aggregateId)) {
    for (const [index, { revision, name, data }] of history.entries()) {
      if (revision !== index + 1) yield `${id} has revision ${revision} instead of ${index + 1}`;
      if (name === "liked" && data.likes !== index) yield `${id} counts ${data.likes} likes at its like ${index}`;
    }
  }
}

function* commandsWithoutEvents({ commands }: Tables, byCommand: ReadonlyMap<string, readonly EventRow[]>): Iterable<string> {
  const known = new Set(commands.map(({ id }) => id));
  for (const [id] of byCommand) if (!known.has(id)) yield `the outcome of ${id} is missing`;
  for (const { id } of commands) if (!byCommand.has(id)) yield `${id} has an outcome, and no event`;
}

/** Tables that are wrong in one place, each with what the auditor has to find there. */
export function spoilt(tables: Tables, record: readonly Acknowledged[]): readonly (readonly [keyof Findings, Tables])[] {
  const { commandId } = record[Math.floor(record.length / 2)]!;
  const at = tables.events.findIndex((event) => event.commandId === commandId);
  const event = tables.events[at]!;
  const without = tables.events.toSpliced(at, 1);
  const last = { ...event, position: tables.head + 1 };
  return [
    ["lost", { ...tables, events: without }],
    ["lost", { ...tables, events: tables.events.with(at, { ...event, position: event.position + 1 }) }],
    ["doubled", { ...tables, head: tables.head + 1, events: [...tables.events, last] }],
    ["holes", { ...tables, events: without }],
    ["holes", { ...tables, events: tables.events.with(at, { ...event, revision: event.revision + 1 }) }],
    ["holes", { ...tables, head: tables.head + 1 }],
    ["holes", { ...tables, commands: tables.commands.filter(({ id }) => id !== commandId) }],
  ];
}
