import type { Append } from "../event-log.ts";
import type { Statement } from "./connections.ts";

/**
 * What `append_batch` does, for one command that published one event and claims nothing: most of what is appended where little is going on. Plain
 * values instead of columns take the server a fifth of the time, which is then most of what a command waits for besides the disk.
 */
export const appendEventFunction = `
  CREATE FUNCTION append_event(
    adopted text, of_context text, of_aggregate text, of_id text, standing bigint, based_on text, of_command text, digest text, names json,
    event_id text, name text, version integer, data json, happened_at text, user_id text, correlation_id text, causation_id text
  ) RETURNS bigint LANGUAGE plpgsql SET enable_seqscan = off AS $$
  DECLARE
    start bigint;
    in_force text;
    last bigint;
    last_command text;
  BEGIN
    SELECT position, rules INTO start, in_force FROM head FOR UPDATE;
    IF adopted <> in_force THEN RETURN NULL; END IF;

    SELECT e.revision, e.command_id INTO last, last_command FROM events AS e
    WHERE e.aggregate_id = of_id AND e.aggregate = of_aggregate AND e.context = of_context
    ORDER BY e.revision DESC LIMIT 1;
    IF coalesce(last, 0) <> standing OR based_on <> coalesce(last_command, '') THEN RETURN NULL; END IF;

    INSERT INTO commands VALUES (of_command, digest, start + 1, standing + 1, names, NULL) ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN RETURN NULL; END IF;
    INSERT INTO events VALUES (start + 1, event_id, of_context, of_aggregate, of_id, standing + 1, name, version, data,
      happened_at, user_id, of_command, correlation_id, causation_id);
    UPDATE head SET position = start + 1;
    RETURN start;
  END $$;
`;

/** Undefined where the batch is something else. */
export function appendEvent(batch: readonly Append[], rules: string | null): Statement | undefined {
  const [append] = batch;
  const event = append?.events[0];
  if (batch.length > 1 || !append || !event || append.events.length > 1 || (append.claims ?? []).length > 0) return undefined;
  const { context, aggregate, aggregateId, expectedRevision, basedOn = null, command, timestamp, userId, correlationId, causationId } = append;

  return {
    ...call,
    values: [
      ...[rules, context, aggregate, aggregateId, expectedRevision, basedOn, command.id, command.digest, JSON.stringify([event.name])],
      ...[event.id, event.name, event.version, JSON.stringify(event.data), timestamp, userId, correlationId, causationId],
    ],
  };
}

const call = { name: "append_event", text: `SELECT append_event(${Array.from({ length: 17 }, (_, index) => `$${index + 1}`).join(", ")})` };
