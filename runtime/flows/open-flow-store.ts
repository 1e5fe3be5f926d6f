import type { StoreAddress } from "../store/store-address.ts";
import type { FlowStore } from "./flow-store.ts";

/** Opens what flows keep, by the engine that it is of; the other one is not loaded. Throws a `StoreFailure` where it cannot be used. */
export async function openFlowsAt(place: StoreAddress): Promise<FlowStore> {
  if (place.kind === "sqlite") return (await import("./sqlite/open-flow-store.ts")).openFlowStore(place.file);
  return (await import("./postgres/open-flow-store.ts")).openPostgresFlowStore(place.address);
}
