import { StoreFailure } from "../store-failure.ts";
import type { PostgresAddress } from "./address.ts";
import type { Connections, Query } from "./connections.ts";
import { migrations } from "./migrations.ts";

/** Brings a new or older schema to the state of this runtime, in one transaction, whoever else does so at the same time. */
export async function migrate(connections: Connections, address: PostgresAddress, incarnation: string): Promise<void> {
  if ((await versionOf((statement) => connections.read(statement), address)) === migrations.length) return;

  await connections.transaction(async (query) => {
    await query({ text: "SELECT pg_advisory_xact_lock(hashtext($1))", values: [`wkgen ${address.schema}`] });
    const version = await versionOf(query, address);
    if (version === 0) await query({ text: `CREATE SCHEMA IF NOT EXISTS ${address.schema}` });
    for (const step of migrations.slice(version)) await query({ text: step });
    await query({
      text: `INSERT INTO head (version, position, incarnation, rules) VALUES ($1, 0, $2, '') ON CONFLICT (one) DO UPDATE SET version = $1`,
      values: [migrations.length, incarnation],
    });
  });
}

/** 0 where there is nothing yet. */
async function versionOf(query: Query, address: PostgresAddress): Promise<number> {
  const { schema, database } = address;
  const tables = await query({ text: "SELECT tablename FROM pg_tables WHERE schemaname = $1", values: [schema] });
  if (tables.length === 0) return 0;
  if (!["head", "events", "commands"].every((name) => tables.some(([table]) => table === name))) {
    throw new StoreFailure(
      "not-a-log",
      `The schema ${schema} of the database ${database} has tables of another application.`,
      "Give the log a schema of its own: add ?schema=NAME to the address of the store.",
    );
  }
  const [row] = await query({ text: "SELECT version FROM head" });
  const version = Number(row?.[0]);
  if (version > migrations.length) {
    throw new StoreFailure(
      "too-new",
      `The schema ${schema} of the database ${database} was written by a newer version of wkgen.`,
      "Update @wkgen/runtime to that version or a later one.",
    );
  }
  return version;
}
