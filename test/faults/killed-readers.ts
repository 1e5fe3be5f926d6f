import { join } from "node:path";
import type { PostgresServer } from "../postgres/server.ts";
import type { FaultRow } from "./fault.ts";
import { killUnderLoad } from "./killed-under-load.ts";
import { inFolder } from "./kills.ts";
import { ledgersInFiles, ledgersInPostgres } from "./ledgers.ts";
import { Readers, type Ledgers } from "./readers.ts";
import { ServerProcess, talliedChat } from "./server-process.ts";
import { postgresTables, sqliteTables, type Tables } from "./tables.ts";

/** A server is killed while it is sent to and observed; each time the lists are looked at as they were left. */
export async function killedLists(cycles: number): Promise<FaultRow> {
  return underLoad("kill -9 of the server, its lists and observers", cycles, 1);
}

/** Two servers on one log, with one file of lists: each event is applied by both of them, and in turns one is killed. */
export async function sharedLists(cycles: number): Promise<FaultRow> {
  return underLoad("kill -9 of one of two servers with the same lists", cycles, 2);
}

/** Two servers on one PostgreSQL: whichever brings the lists up to date is killed, and the other goes on. */
export async function sharedListsOnPostgres(cycles: number, { url }: PostgresServer): Promise<FaultRow> {
  const schema = "shared_lists";
  return inFolder((folder) => {
    const servers = ["left", "right"].map((name) => new ServerProcess(`${url}?schema=${schema}`, join(folder, name), talliedChat));
    const tables = () => postgresTables(url, schema);
    return killReaders("kill -9 of one of two servers, lists in PostgreSQL", cycles, servers, ledgersInPostgres(url, schema), tables);
  });
}

async function underLoad(fault: string, cycles: number, count: number): Promise<FaultRow> {
  return inFolder((folder) => {
    const log = join(folder, "chat.db");
    const servers = Array.from({ length: count }, () => new ServerProcess(`sqlite:${log}`, folder, talliedChat));
    const ledgers = ledgersInFiles(log, join(folder, "chat.lists.db"));
    return killReaders(fault, cycles, servers, ledgers, async () => sqliteTables(log));
  });
}

async function killReaders(
  fault: string,
  cycles: number,
  servers: readonly ServerProcess[],
  ledgers: Ledgers,
  tables: () => Promise<Tables>,
): Promise<FaultRow> {
  let turn = 0;
  const readers = new Readers(ledgers, () => servers[turn++ % servers.length]!.url);
  readers.begin();
  try {
    return await killUnderLoad({
      ...{ fault, cycles, servers },
      async kill(cycle) {
        const server = servers[cycle % servers.length]!;
        await server.end("SIGKILL");
        await readers.lookIntoTables();
        await server.start();
      },
      tables,
      reading: () => readers.reading(),
    });
  } finally {
    readers.end();
  }
}
