import { join } from "node:path";
import type { FaultRow } from "./fault.ts";
import { killUnderLoad } from "./killed-under-load.ts";
import { inFolder } from "./kills.ts";
import { Readers } from "./readers.ts";
import { ServerProcess, talliedChat } from "./server-process.ts";
import { sqliteTables } from "./tables.ts";

/** A server is killed while it is sent to and observed; each time the lists are looked at as they were left. */
export async function killedLists(cycles: number): Promise<FaultRow> {
  return underLoad("kill -9 of the server, its lists and observers", cycles, 1);
}

/** Two servers on one log, with one file of lists: each event is applied by both of them, and in turns one is killed. */
export async function sharedLists(cycles: number): Promise<FaultRow> {
  return underLoad("kill -9 of one of two servers with the same lists", cycles, 2);
}

async function underLoad(fault: string, cycles: number, count: number): Promise<FaultRow> {
  return inFolder(async (folder) => {
    const log = join(folder, "chat.db");
    const servers = Array.from({ length: count }, () => new ServerProcess(`sqlite:${log}`, folder, talliedChat));
    let turn = 0;
    const readers = new Readers(log, join(folder, "chat.lists.db"), () => servers[turn++ % count]!.url);
    readers.begin();
    try {
      return await killUnderLoad({
        ...{ fault, cycles, servers },
        async kill(cycle) {
          const server = servers[cycle % count]!;
          await server.end("SIGKILL");
          readers.lookIntoTables();
          await server.start();
        },
        tables: async () => sqliteTables(log),
        reading: () => readers.reading(),
      });
    } finally {
      readers.end();
    }
  });
}
