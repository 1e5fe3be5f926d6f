/**
 * How a batch gets into the tables, in one call. `write_batch` writes what has been decided. `append_batch` decides by itself where there is nothing to decide:
 * it locks the head, so that appends happen one after the other, and looks whether every command is new, every aggregate is where it is
 * expected to be, and every value is free. If so it writes and says where the log ended before; if not it writes nothing and says nothing.
 *
 * Without sequential scans: a plan that was made while the tables were empty is kept, and has to be right when they are large.
 */
export const appendFunctions = `
  CREATE FUNCTION write_batch(
    start bigint,
    command_ids text[], digests text[], command_positions bigint[], command_revisions bigint[], command_events text[], problems text[],
    event_ids text[], contexts text[], aggregates text[], aggregate_ids text[], revisions bigint[], names text[], versions integer[], data text[],
    timestamps text[], user_ids text[], event_command_ids text[], correlation_ids text[], causation_ids text[],
    claim_contexts text[], claim_aggregates text[], claim_fields text[], claim_values text[], claim_aggregate_ids text[]
  ) RETURNS void LANGUAGE plpgsql SET enable_seqscan = off AS $$
  BEGIN
    INSERT INTO commands
    SELECT c.id, c.digest, start + c.at, c.revision, c.events::json, c.problem::json
    FROM unnest(command_ids, digests, command_positions, command_revisions, command_events, problems)
      AS c (id, digest, at, revision, events, problem);

    IF cardinality(event_ids) > 0 THEN
      INSERT INTO events
      SELECT start + e.at, e.id, e.context, e.aggregate, e.aggregate_id, e.revision, e.name, e.version, e.data::json,
        e.timestamp, e.user_id, e.command_id, e.correlation_id, e.causation_id
      FROM unnest(event_ids, contexts, aggregates, aggregate_ids, revisions, names, versions, data,
        timestamps, user_ids, event_command_ids, correlation_ids, causation_ids) WITH ORDINALITY
        AS e (id, context, aggregate, aggregate_id, revision, name, version, data,
          timestamp, user_id, command_id, correlation_id, causation_id, at);
    END IF;

    IF cardinality(claim_fields) > 0 THEN
      DELETE FROM claims AS held
      USING unnest(claim_contexts, claim_aggregates, claim_fields, claim_aggregate_ids) AS c (context, aggregate, field, aggregate_id)
      WHERE held.aggregate_id = c.aggregate_id AND held.aggregate = c.aggregate AND held.context = c.context AND held.field = c.field;

      INSERT INTO claims
      SELECT c.context, c.aggregate, c.field, c.value, sha256(convert_to(c.value, 'UTF8')), c.aggregate_id
      FROM unnest(claim_contexts, claim_aggregates, claim_fields, claim_values, claim_aggregate_ids)
        AS c (context, aggregate, field, value, aggregate_id)
      WHERE c.value IS NOT NULL;
    END IF;

    IF cardinality(event_ids) > 0 THEN
      UPDATE head SET position = start + cardinality(event_ids);
    END IF;
  END $$;

  CREATE FUNCTION append_batch(
    adopted text,
    standing_contexts text[], standing_aggregates text[], standing_ids text[], standing_revisions bigint[], based_on text[],
    command_ids text[], digests text[], command_positions bigint[], command_revisions bigint[], command_events text[], problems text[],
    event_ids text[], contexts text[], aggregates text[], aggregate_ids text[], revisions bigint[], names text[], versions integer[], data text[],
    timestamps text[], user_ids text[], event_command_ids text[], correlation_ids text[], causation_ids text[],
    claim_contexts text[], claim_aggregates text[], claim_fields text[], claim_values text[], claim_aggregate_ids text[]
  ) RETURNS bigint LANGUAGE plpgsql SET enable_seqscan = off AS $$
  DECLARE
    start bigint;
    in_force text;
  BEGIN
    SELECT position, rules INTO start, in_force FROM head FOR UPDATE;
    IF adopted <> in_force THEN RETURN NULL; END IF;

    IF EXISTS (SELECT FROM commands WHERE id = ANY (command_ids)) THEN RETURN NULL; END IF;

    IF EXISTS (
      SELECT FROM unnest(standing_contexts, standing_aggregates, standing_ids, standing_revisions, based_on)
        AS s (context, aggregate, id, revision, based_on)
      LEFT JOIN LATERAL (
        SELECT e.revision, e.command_id FROM events AS e
        WHERE e.aggregate_id = s.id AND e.aggregate = s.aggregate AND e.context = s.context
        ORDER BY e.revision DESC LIMIT 1
      ) AS last ON true
      WHERE coalesce(last.revision, 0) <> s.revision OR s.based_on <> coalesce(last.command_id, '')
    ) THEN RETURN NULL; END IF;

    IF cardinality(claim_fields) > 0 AND EXISTS (
      SELECT FROM unnest(claim_contexts, claim_aggregates, claim_fields, claim_values, claim_aggregate_ids)
        AS c (context, aggregate, field, value, aggregate_id)
      JOIN claims AS held
        ON held.hash = sha256(convert_to(c.value, 'UTF8')) AND held.field = c.field AND held.aggregate = c.aggregate AND held.context = c.context
      WHERE held.aggregate_id <> c.aggregate_id
    ) THEN RETURN NULL; END IF;

    PERFORM write_batch(start,
      command_ids, digests, command_positions, command_revisions, command_events, problems,
      event_ids, contexts, aggregates, aggregate_ids, revisions, names, versions, data,
      timestamps, user_ids, event_command_ids, correlation_ids, causation_ids,
      claim_contexts, claim_aggregates, claim_fields, claim_values, claim_aggregate_ids);
    RETURN start;
  END $$;
`;
