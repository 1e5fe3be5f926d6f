import type { PostgresAddress } from "../../store/postgres/address.ts";
import type { Connections, Query } from "../../store/postgres/connections.ts";
import { noLog } from "../../store/postgres/no-log.ts";
import { StoreFailure } from "../../store/store-failure.ts";

/** Each step leads from the version of its index to the next; steps are added, never changed. The tables are in the schema of the log. */
const migrations: readonly string[] = [
  `
  CREATE TABLE flow_head (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    version integer NOT NULL,
    incarnation text,
    commands bigint NOT NULL DEFAULT 0
  );

  CREATE TABLE flows (
    flow text COLLATE "C" PRIMARY KEY,
    position bigint NOT NULL,
    revision bigint NOT NULL
  );

  CREATE TABLE flow_instances (
    flow text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    state text,
    PRIMARY KEY (flow, id)
  );

  CREATE TABLE flow_timers (
    flow text COLLATE "C" NOT NULL,
    instance text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    id text NOT NULL,
    due bigint NOT NULL,
    user_id text,
    correlation_id text NOT NULL,
    causation_id text NOT NULL,
    PRIMARY KEY (flow, instance, name)
  );

  CREATE INDEX flow_timers_due ON flow_timers (flow, due);

  CREATE TABLE flow_commands (
    number bigint PRIMARY KEY,
    flow text COLLATE "C" NOT NULL,
    instance text NOT NULL,
    id text NOT NULL,
    context text NOT NULL,
    aggregate text NOT NULL,
    aggregate_id text NOT NULL,
    name text NOT NULL,
    data text NOT NULL,
    user_id text,
    correlation_id text NOT NULL,
    causation_id text NOT NULL,
    parked text
  );

  CREATE INDEX flow_commands_parked ON flow_commands (number) WHERE parked IS NOT NULL;
  `,
];

/**
 * Makes the tables of the flows, or brings older ones to the state of this runtime, in one transaction, whoever else does so at the same time. Throws a
 * `StoreFailure` where there is no log.
 */
export async function migrate(connections: Connections, address: PostgresAddress): Promise<void> {
  const read: Query = (statement) => connections.read(statement);
  if (!(await hasTable(read, address, "head"))) throw noLog(address);
  if ((await versionOf(read, address)) === migrations.length) return;

  await connections.transaction(async (query) => {
    await query({ text: "SELECT pg_advisory_xact_lock(hashtext($1))", values: [`wkgen ${address.schema}`] });
    const version = await versionOf(query, address);
    for (const step of migrations.slice(version)) await query({ text: step });
    await query({
      text: "INSERT INTO flow_head (version) VALUES ($1) ON CONFLICT (one) DO UPDATE SET version = $1",
      values: [migrations.length],
    });
  });
}

/** 0 where there is nothing yet. */
async function versionOf(query: Query, address: PostgresAddress): Promise<number> {
  if (!(await hasTable(query, address, "flow_head"))) return 0;
  const [row] = await query({ text: "SELECT version FROM flow_head" });
  const version = Number(row?.[0]);
  if (version <= migrations.length) return version;
  throw new StoreFailure(
    "too-new",
    `The flows in the schema ${address.schema} of the database ${address.database} were written by a newer version of wkgen.`,
    "Update @wkgen/runtime to that version or a later one.",
  );
}

async function hasTable(query: Query, { schema }: PostgresAddress, table: string): Promise<boolean> {
  const [row] = await query({ text: "SELECT to_regclass($1)", values: [`${schema}.${table}`] });
  return row?.[0] != null;
}
