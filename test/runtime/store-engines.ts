import { join } from "node:path";
import type { EventLog } from "../../runtime/store/event-log.ts";
import { openMemoryLog } from "../../runtime/store/memory/log.ts";
import { openSqliteLog } from "../../runtime/store/sqlite/log.ts";

const world = { newId: () => "the incarnation" };

/** Every engine there is; what one promises, all promise. */
export const engines: Record<string, (folder: string) => Promise<EventLog>> = {
  memory: async () => openMemoryLog(world),
  sqlite: (folder) => openSqliteLog(join(folder, "log.db"), world),
};
