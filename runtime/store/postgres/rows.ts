import type { Event } from "../../protocol/event.ts";
import type { OutcomeRow } from "../outcome-row.ts";
import type { TextRow } from "./connections.ts";

export const eventColumns =
  "position, id, context, aggregate, aggregate_id, revision, name, version, data, timestamp, user_id, command_id, correlation_id, causation_id";

/** An event from the columns above. */
export function eventFrom(row: TextRow): Event {
  const [position, id, context, aggregate, aggregateId, revision, name, version, data, timestamp, userId, ...ids] =
    row as readonly string[];
  const [commandId, correlationId, causationId] = ids as [string, string, string];
  return {
    id: id!,
    context: { name: context! },
    aggregate: { name: aggregate!, id: aggregateId! },
    name: name!,
    data: JSON.parse(data!),
    user: { id: userId ?? null },
    metadata: {
      timestamp: timestamp!,
      position: Number(position),
      revision: Number(revision),
      version: Number(version),
      commandId,
      correlationId,
      causationId,
    },
  };
}

export const outcomeColumns = "digest, position, revision, events, problem";

export function outcomeFrom([digest, position, revision, events, problem]: TextRow): OutcomeRow {
  return { digest: digest!, position: Number(position), revision: Number(revision), events: events!, problem: problem ?? null };
}
