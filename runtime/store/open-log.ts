import type { EventLog } from "./event-log.ts";
import type { StoreAddress } from "./store-address.ts";
import type { LogPart, StoredLog } from "./stored-log.ts";

/** Opens the log at an address, by the engine that it is of; the other one is not loaded. Throws a `StoreFailure` where it cannot be used. */
export async function openLog(store: StoreAddress, world: { newId(): string }): Promise<EventLog> {
  if (store.kind === "sqlite") return (await import("./sqlite/log.ts")).openSqliteLog(store.file, world);
  return (await import("./postgres/log.ts")).openPostgresLog(store.address, world);
}

/** Opens the log at an address to look at it. Throws a `StoreFailure` where there is none. */
export async function openStoredLog(store: StoreAddress): Promise<StoredLog> {
  if (store.kind === "sqlite") return (await import("./sqlite/stored-log.ts")).openStoredSqlite(store.file);
  return (await import("./postgres/stored-log.ts")).openStoredPostgres(store.address);
}

/**
 * Fills an empty log, which is made where it is missing, with what another one held: all of it, or nothing. It is another incarnation: whoever remembers a
 * place in the other one begins anew. Throws a `StoreFailure` where the log is not empty.
 */
export async function fillLog(store: StoreAddress, parts: AsyncIterable<LogPart>, incarnation: string): Promise<void> {
  if (store.kind === "sqlite") return (await import("./sqlite/fill.ts")).fillSqlite(store.file, parts, incarnation);
  return (await import("./postgres/fill.ts")).fillPostgres(store.address, parts, incarnation);
}
