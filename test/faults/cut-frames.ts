import { join } from "node:path";
import { CuttingProxy } from "./cutting-proxy.ts";
import { Clients, whileSending } from "./clients.ts";
import { faultRow, type FaultRow, type Reading } from "./fault.ts";
import { inFolder } from "./kills.ts";
import { ledgersInFiles } from "./ledgers.ts";
import { Readers } from "./readers.ts";
import { ServerProcess, talliedChat } from "./server-process.ts";
import { sqliteTables } from "./tables.ts";

/** One of so many answers is cut off somewhere. */
const often = 8;

/** What observers are told breaks off in the middle of frames, again and again; each goes on by its token. */
export async function cutFrames(commands: number): Promise<FaultRow> {
  return inFolder(async (folder) => {
    const log = join(folder, "chat.db");
    const server = new ServerProcess(`sqlite:${log}`, folder, talliedChat);
    await server.start();
    const proxy = await CuttingProxy.before(Number(new URL(server.url!).port), often, { isInTheMiddle: true });
    const readers = new Readers(ledgersInFiles(log, join(folder, "chat.lists.db")), () => `http://127.0.0.1:${proxy.port}`);
    const clients = new Clients(() => server.url);
    let reading: Reading;
    readers.begin();
    try {
      await whileSending(clients, "frames", () => clients.untilMore(commands));
      reading = await readers.reading();
    } finally {
      readers.end();
      proxy.close();
      await server.end("SIGTERM");
    }
    return faultRow("observers cut off in the middle of frames", proxy.cuts, sqliteTables(log), clients.record, reading);
  });
}
