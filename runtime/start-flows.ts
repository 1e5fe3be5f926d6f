import { existsSync } from "node:fs";
import type { Application } from "./application.ts";
import { Flows, type FlowsAtWork, type FlowsWorld } from "./flows/flows.ts";
import type { Turn } from "./flows/flows-in-turn.ts";
import { openFlowsAt } from "./flows/open-flow-store.ts";
import type { Journal } from "./journal.ts";
import type { PostgresAddress } from "./store/postgres/address.ts";
import type { StoreAddress } from "./store/store-address.ts";

/** What flows find in a running application. */
export type FlowsSurroundings = Omit<FlowsWorld, "store" | "report">;

/**
 * Starts the application's flows on what there is of them, and tells the journal what becomes of them. Where other processes may serve the same
 * application, one of them runs its flows, and the others stand by.
 */
export async function startFlows(
  { flows = [] }: Application,
  place: StoreAddress,
  surroundings: FlowsSurroundings,
  journal: Journal,
): Promise<FlowsAtWork> {
  await tellWhereLost(place, surroundings, journal);
  const world = { ...surroundings, store: await openFlowsAt(place), report: reportTo(journal) };
  if (place.kind === "sqlite" && place.file === ":memory:") return Flows.start(flows, world).catch(afterwards(() => world.store.close()));

  const [turn, { FlowsInTurn }] = await Promise.all([turnAt(place, journal), import("./flows/flows-in-turn.ts")]);
  return FlowsInTurn.start(flows, world, turn).catch(afterwards(() => Promise.all([turn.end(), world.store.close()])));
}

/** A log is often copied without what is kept beside it. */
async function tellWhereLost(place: StoreAddress, { log }: FlowsSurroundings, journal: Journal): Promise<void> {
  if (place.kind !== "sqlite" || place.file === ":memory:" || existsSync(place.file)) return;
  const { position } = await log.head();
  if (position > 0)
    journal.info(
      `There is no ${place.file}, though the log is at position ${position}: the flows begin anew. Where they ran before, their timers and what they remembered are gone; put that file back, or restore a backup.`,
    );
}

function reportTo(journal: Journal): FlowsWorld["report"] {
  return {
    stopped: (flow, position, { before, reason }) =>
      journal.error(`The flow ${flow} stopped at position ${position}, before ${before}: ${reason}`),
    parked: (flow, reason) =>
      journal.error(`The flow ${flow} ran a command that cannot be carried out, which is parked until --retry-parked: ${reason}`),
    failed: (error) => journal.error("The flows cannot go on; trying again.", error),
  };
}

/** One server on SQLite is the rule, and needs no words. */
async function turnAt(place: StoreAddress, journal: Journal): Promise<Turn> {
  if (place.kind === "postgres")
    return toldOf(await postgresTurn(place.address), journal, "Another process runs the flows, or the database cannot be reached");
  const { turnBeside } = await import("./flows/sqlite/turn.ts");

  return toldOf(turnBeside(place.file), journal, "Another process runs the flows", true);
}

async function postgresTurn(address: PostgresAddress): Promise<Turn> {
  const { Locks } = await import("./store/postgres/locks.ts");
  const locks = new Locks(address);

  return {
    take: () => locks.take(`wkgen ${address.schema} flows`),
    onLost: (listener) => void locks.onLost(listener),
    end: () => locks.close(),
  };
}

/** Says whose turn it is, whenever that changes. */
function toldOf(turn: Turn, journal: Journal, otherwise: string, wasOurs?: boolean): Turn {
  return {
    ...turn,
    async take() {
      const isOurs = await turn.take();
      if (isOurs !== wasOurs) journal.info(isOurs ? "This process runs the flows." : `${otherwise}; this one stands by.`);
      wasOurs = isOurs;
      return isOurs;
    },
  };
}

function afterwards(clean: () => Promise<unknown>): (error: unknown) => Promise<never> {
  return async (error) => {
    await clean();
    throw error;
  };
}
