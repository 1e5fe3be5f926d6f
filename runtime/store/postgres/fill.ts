import type { Event } from "../../protocol/event.ts";
import { notEmpty } from "../not-empty.ts";
import type { LogPart, StoredCommand } from "../stored-log.ts";
import type { PostgresAddress } from "./address.ts";
import type { Columns } from "./batch-columns.ts";
import { Connections, type Query } from "./connections.ts";
import { migrate } from "./schema.ts";

const patience = 5_000;

export async function fillPostgres(address: PostgresAddress, parts: AsyncIterable<LogPart>, incarnation: string): Promise<void> {
  const connections = new Connections(address, patience);
  try {
    await migrate(connections, address, incarnation);
    await connections.transactionOnce(async (query) => {
      const [head] = await query({ text: "SELECT position, (SELECT count(*) FROM commands) FROM head FOR UPDATE" });
      if (head?.some((count) => count !== "0")) throw notEmpty(`the schema ${address.schema} of the database ${address.database}`);
      for await (const part of parts) await addAll(query, part);
      await query({
        text: "UPDATE head SET incarnation = $1, position = (SELECT coalesce(max(position), 0) FROM events)",
        values: [incarnation],
      });
    });
  } finally {
    await connections.close();
  }
}

async function addAll(query: Query, { events, commands }: LogPart): Promise<void> {
  await Promise.all([query({ ...addEvents, values: columnsOf(events) }), query({ ...addCommands, values: columnsOfCommands(commands) })]);
}

const addEvents = {
  name: "add_events",
  text: `INSERT INTO events
    SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::text[], $8::integer[], $9::json[],
      $10::text[], $11::text[], $12::text[], $13::text[], $14::text[])`,
};

const addCommands = {
  name: "add_commands",
  text: "INSERT INTO commands SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::json[], $6::json[])",
};

function columnsOf(events: readonly Event[]): Columns {
  return [
    events.map(({ metadata }) => metadata.position),
    events.map(({ id }) => id),
    events.map(({ context }) => context.name),
    events.map(({ aggregate }) => aggregate.name),
    events.map(({ aggregate }) => aggregate.id),
    events.map(({ metadata }) => metadata.revision),
    events.map(({ name }) => name),
    events.map(({ metadata }) => metadata.version),
    events.map(({ data }) => JSON.stringify(data)),
    events.map(({ metadata }) => metadata.timestamp),
    events.map(({ user }) => user.id),
    events.map(({ metadata }) => metadata.commandId),
    events.map(({ metadata }) => metadata.correlationId),
    events.map(({ metadata }) => metadata.causationId),
  ];
}

function columnsOfCommands(commands: readonly StoredCommand[]): Columns {
  return [
    commands.map(({ id }) => id),
    commands.map(({ digest }) => digest),
    commands.map(({ position }) => position),
    commands.map(({ revision }) => revision),
    commands.map(({ events }) => JSON.stringify(events)),
    commands.map(({ problem }) => (problem === null ? null : JSON.stringify(problem))),
  ];
}
