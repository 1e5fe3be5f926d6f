import type { Event } from "../protocol/event.ts";
import type { Append } from "./event-log.ts";

/** The events of an append once the log has given them their place: the first at this position, the others behind it. */
export function eventsOf(append: Append, firstPosition: number): Event[] {
  const { context, aggregate, aggregateId, expectedRevision, userId, timestamp, correlationId, causationId, command } = append;

  return append.events.map(({ id, name, version, data }, index) => ({
    id,
    context: { name: context },
    aggregate: { name: aggregate, id: aggregateId },
    name,
    data,
    user: { id: userId },
    metadata: {
      timestamp,
      position: firstPosition + index,
      revision: expectedRevision + 1 + index,
      version,
      commandId: command.id,
      correlationId,
      causationId,
    },
  }));
}
