import type { StoreAddress } from "../store/store-address.ts";
import type { FlowRows } from "./flow-copy.ts";

/**
 * Hands over what flows keep at a place as it is at one moment, while they may go on. That moment is before `use` is called: whatever `use` reads of the log
 * afterwards knows all that the flows knew. Nothing is made where there are no flows.
 */
export async function copyFlows<Result>(place: StoreAddress, use: (rows: FlowRows) => Promise<Result>): Promise<Result> {
  if (place.kind === "sqlite") return (await import("./sqlite/copy-flows.ts")).copySqliteFlows(place.file, use);
  return (await import("./postgres/copy-flows.ts")).copyPostgresFlows(place.address, use);
}

/** Whether flows keep anything at a place. */
export const hasFlows = (place: StoreAddress): Promise<boolean> =>
  copyFlows(place, async (rows) => {
    for await (const some of rows) if (some.length > 0) return true;
    return false;
  });

/** Fills a place where flows keep nothing, for the log of this incarnation: with all of it, or with nothing. */
export async function fillFlows(place: StoreAddress, rows: FlowRows, incarnation: string): Promise<void> {
  if (place.kind === "sqlite") return (await import("./sqlite/copy-flows.ts")).fillSqliteFlows(place.file, rows, incarnation);
  return (await import("./postgres/copy-flows.ts")).fillPostgresFlows(place.address, rows, incarnation);
}
