import { hash } from "node:crypto";
import { join } from "node:path";
import { inject } from "vitest";
import type { EventLog } from "../../runtime/store/event-log.ts";
import { openMemoryLog } from "../../runtime/store/memory/log.ts";
import { readPostgresAddress, type PostgresAddress } from "../../runtime/store/postgres/address.ts";
import { openPostgresLog } from "../../runtime/store/postgres/log.ts";
import { openSqliteLog } from "../../runtime/store/sqlite/log.ts";

const world = { newId: () => "the incarnation" };

/** Every engine there is; what one promises, all promise. */
export const engines: Record<string, (folder: string) => Promise<EventLog>> = {
  memory: async () => openMemoryLog(world),
  sqlite: (folder) => openSqliteLog(join(folder, "log.db"), world),
  postgres: (folder) => openPostgresLog(postgresAddress(folder), world),
};

/** Makes the log in that schema, for what is kept beside it. */
export async function logBeside(folder: string): Promise<PostgresAddress> {
  const address = postgresAddress(folder);
  await (await openPostgresLog(address, world)).close();
  return address;
}

/** A schema of the run's PostgreSQL for each folder. */
export function postgresAddress(folder: string): PostgresAddress {
  return readPostgresAddress(`${inject("postgres")}?schema=t_${hash("sha256", folder).slice(0, 20)}`)!;
}
