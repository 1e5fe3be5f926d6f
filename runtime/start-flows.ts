import type { Application } from "./application.ts";
import { Flows, type FlowsWorld } from "./flows/flows.ts";
import { openFlowStore } from "./flows/sqlite/open-flow-store.ts";
import type { Journal } from "./journal.ts";

/** What flows find in a running application. */
export type FlowsSurroundings = Omit<FlowsWorld, "store" | "report">;

/** Starts the application's flows on what the file has of them, and tells the journal what becomes of them. */
export async function startFlows(
  { flows = [] }: Application,
  file: string,
  world: FlowsSurroundings,
  journal: Journal,
): Promise<Flows> {
  const store = await openFlowStore(file);
  const report: FlowsWorld["report"] = {
    stopped: (flow, position, { before, reason }) =>
      journal.error(`The flow ${flow} stopped at position ${position}, before ${before}: ${reason}`),
    parked: (flow, reason) => journal.error(`The flow ${flow} ran a command that cannot be carried out, which is parked until --retry-parked: ${reason}`),
    failed: (error) => journal.error("The flows cannot go on; trying again.", error),
  };
  try {
    return await Flows.start(flows, { ...world, store, report });
  } catch (error) {
    await store.close();
    throw error;
  }
}
