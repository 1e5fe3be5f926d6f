import { join } from "node:path";
import { ListsFile } from "../../../runtime/read/lists-file.ts";
import { openReadModel } from "../../../runtime/read/open-read-model.ts";
import { openPostgresReadModel } from "../../../runtime/read/postgres/read-model.ts";
import type { ReadModel } from "../../../runtime/read/read-model.ts";
import type { AnyList } from "../../../runtime/read/table.ts";
import type { EventLog } from "../../../runtime/store/event-log.ts";
import { logBeside } from "../store-engines.ts";

type Open = (lists: readonly AnyList[], log?: Pick<EventLog, "read">) => Promise<ReadModel>;

const nothing: Pick<EventLog, "read"> = { read: async () => [] };

/** Everywhere that lists are kept; what one place promises, all promise. The same folder is the same place. */
export const listEngines: Record<string, (folder: string) => Promise<Open>> = {
  SQLite: async (folder) => (lists, log = nothing) => openReadModel({ file: join(folder, "lists.db"), lists, log }),
  async PostgreSQL(folder) {
    const address = await logBeside(folder);
    return (lists, log = nothing) => openPostgresReadModel(address, lists, log);
  },
};

/** Has a list in a file made anew. */
export function replaceInFile(folder: string, list: string): boolean {
  const asked = new ListsFile(join(folder, "lists.db"));
  const isThere = asked.replace(list);
  asked.close();
  return isThere;
}
