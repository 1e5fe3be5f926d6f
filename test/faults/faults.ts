import type { PostgresServer } from "../postgres/server.ts";
import { cutFrames } from "./cut-frames.ts";
import type { FaultRow } from "./fault.ts";
import { flowsInTurn, killedFlows } from "./killed-flows.ts";
import { killedLists, sharedLists, sharedListsOnPostgres } from "./killed-readers.ts";
import { killedRebuild } from "./killed-rebuild.ts";
import { killedPostgres, killedServerOnPostgres, killedServerOnSqlite } from "./kills.ts";
import { duplicates, oneMessage } from "./storms.ts";
import { canMakeDisks, cutConnections, fullDisk, readOnly } from "./troubles.ts";

/** How often things are killed, and how many commands go through a storm. */
export interface Size {
  readonly cycles: number;
  readonly commands: number;
}

export type Fault = (size: Size, postgres: PostgresServer) => Promise<FaultRow>;

/** Everything that is done to a running application. */
export const faults: Readonly<Record<string, Fault>> = {
  "the server is killed, on SQLite": ({ cycles }) => killedServerOnSqlite(Math.ceil(cycles * 0.4)),
  "the server is killed, on PostgreSQL": ({ cycles }, postgres) => killedServerOnPostgres(Math.ceil(cycles * 0.4), postgres),
  "PostgreSQL is killed": ({ cycles }, postgres) => killedPostgres(Math.ceil(cycles * 0.2), postgres),
  "the server is killed, with lists and observers": ({ cycles }) => killedLists(atLeast(3, cycles * 0.1)),
  "two servers have the same lists, and one is killed": ({ cycles }) => sharedLists(atLeast(3, cycles * 0.1)),
  "two servers have the same lists in PostgreSQL, and one is killed": ({ cycles }, postgres) =>
    sharedListsOnPostgres(atLeast(4, cycles * 0.1), postgres),
  "a list is being made anew, and that is killed": ({ cycles }) => killedRebuild(atLeast(1, cycles * 0.03)),
  "observers are cut off": ({ commands }) => cutFrames(2 * commands),
  "flows are killed": ({ cycles }) => killedFlows(atLeast(6, cycles * 0.1)),
  "who runs the flows is killed beside another, on PostgreSQL": ({ cycles }, postgres) => flowsInTurn(atLeast(4, cycles * 0.1), postgres),
  "commands are sent again and again": ({ commands }, postgres) => duplicates(commands, postgres),
  "all like the same message": ({ commands }, postgres) => oneMessage(Math.ceil(commands / 2), postgres),
  "connections are cut": ({ commands }, postgres) => cutConnections(commands, postgres),
  "the database is read-only": ({ cycles }, postgres) => readOnly(Math.ceil(cycles / 20), postgres),
  ...(canMakeDisks && { "the disk is full": ({ cycles }: Size) => fullDisk(Math.ceil(cycles / 20)) }),
};

/** What takes long is done less often, yet never too seldom to tell something. */
function atLeast(least: number, times: number): number {
  return Math.max(least, Math.ceil(times));
}
