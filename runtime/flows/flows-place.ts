import { basename, join } from "node:path";
import type { StoreAddress } from "../store/store-address.ts";

/** Where the flows are kept: with the log, where that is in PostgreSQL; else in a file of the folder that an application keeps its data in. */
export function flowsPlace(store: StoreAddress, data: string): StoreAddress {
  return store.kind === "postgres" ? store : { kind: "sqlite", file: join(data, `${basename(store.file, ".db")}.flows.db`) };
}
