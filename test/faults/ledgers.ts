import { listTables, postgresListTables } from "./list-tables.ts";
import type { Ledgers } from "./readers.ts";
import { postgresTables, sqliteTables } from "./tables.ts";

/** Where a log and its lists are in files. */
export function ledgersInFiles(log: string, lists: string): Ledgers {
  return { events: async () => sqliteTables(log).events, lists: async () => listTables(lists) };
}

/** Where both are in one schema of PostgreSQL. */
export function ledgersInPostgres(url: string, schema: string): Ledgers {
  return { events: async () => (await postgresTables(url, schema)).events, lists: () => postgresListTables(url, schema) };
}
