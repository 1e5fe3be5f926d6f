import type { PostgresAddress } from "../../store/postgres/address.ts";
import type { Connections, Query } from "../../store/postgres/connections.ts";
import { noLog } from "../../store/postgres/no-log.ts";
import { StoreFailure } from "../../store/store-failure.ts";
import { quoted } from "../columns.ts";

/** Bumped when these tables change; those of an older layout are thrown away, since the log has everything. */
const layout = 1;

const tables = `
  CREATE TABLE list_head (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    layout integer NOT NULL
  );

  CREATE TABLE list_generations (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    list text COLLATE "C" NOT NULL,
    digest text NOT NULL,
    incarnation text NOT NULL,
    position bigint NOT NULL,
    complete boolean NOT NULL,
    forgotten bigint NOT NULL,
    stopped text,
    fields text NOT NULL
  );

  CREATE INDEX list_generations_list ON list_generations (list, number);

  CREATE TABLE list_changes (
    generation bigint NOT NULL,
    position bigint NOT NULL,
    ids text,
    PRIMARY KEY (generation, position)
  );
`;

/** What keeps others from making or dropping tables at the same time; part of a transaction. */
export async function lockTables(query: Query, { schema }: PostgresAddress): Promise<void> {
  await query({ text: "SELECT pg_advisory_xact_lock(hashtext($1))", values: [`wkgen ${schema}`] });
}

/** Makes what the lists need beside their own tables, whoever else does so at the same time. Throws a `StoreFailure` where there is no log. */
export async function prepare(connections: Connections, address: PostgresAddress): Promise<void> {
  const read: Query = (statement) => connections.read(statement);
  if (!(await hasTable(read, address, "head"))) throw noLog(address);
  if ((await layoutOf(read, address)) === layout) return;

  await connections.transaction(async (query) => {
    await lockTables(query, address);
    const found = await layoutOf(query, address);
    if (found === layout) return;
    if (found > layout) throw tooNew(address);
    if (found > 0) await clear(query);
    await query({ text: tables });
    await query({ text: "INSERT INTO list_head (layout) VALUES ($1)", values: [layout] });
  });
}

/** 0 where there is nothing yet. */
async function layoutOf(query: Query, address: PostgresAddress): Promise<number> {
  if (!(await hasTable(query, address, "list_head"))) return 0;
  const [row] = await query({ text: "SELECT layout FROM list_head" });

  return Number(row?.[0]);
}

async function clear(query: Query): Promise<void> {
  const rows = await query({ text: "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename LIKE 'list\\_%'" });
  for (const [name] of rows) await query({ text: `DROP TABLE ${quoted(name!)}` });
}

async function hasTable(query: Query, { schema }: PostgresAddress, table: string): Promise<boolean> {
  const [row] = await query({ text: "SELECT to_regclass($1)", values: [`${schema}.${table}`] });

  return row?.[0] != null;
}

function tooNew({ schema, database }: PostgresAddress): StoreFailure {
  return new StoreFailure(
    "too-new",
    `The lists in the schema ${schema} of the database ${database} were written by a newer version of wkgen.`,
    "Update @wkgen/runtime to that version or a later one.",
  );
}
