import type { Event } from "../../protocol/event.ts";

/** The columns of an event in the order of the table. */
export type EventRow = readonly [
  position: number,
  id: string,
  context: string,
  aggregate: string,
  aggregateId: string,
  revision: number,
  name: string,
  version: number,
  data: string,
  timestamp: string,
  userId: string | null,
  commandId: string,
  correlationId: string,
  causationId: string,
];

export function eventFrom(row: EventRow): Event {
  const [
    position,
    id,
    context,
    aggregate,
    aggregateId,
    revision,
    name,
    version,
    data,
    timestamp,
    userId,
    commandId,
    correlationId,
    causationId,
  ] = row;

  return {
    id,
    context: { name: context },
    aggregate: { name: aggregate, id: aggregateId },
    name,
    data: JSON.parse(data),
    user: { id: userId },
    metadata: { timestamp, position, revision, version, commandId, correlationId, causationId },
  };
}
