import type { EventLog } from "./event-log.ts";
import type { StoreAddress } from "./store-address.ts";

/** Opens the log at an address, by the engine that it is of; the other one is not loaded. Throws a `StoreFailure` where it cannot be used. */
export async function openLog(store: StoreAddress, world: { newId(): string }): Promise<EventLog> {
  if (store.kind === "sqlite") return (await import("./sqlite/log.ts")).openSqliteLog(store.file, world);
  return (await import("./postgres/log.ts")).openPostgresLog(store.address, world);
}
