import { DatabaseSync } from "node:sqlite";
import { storeFailureOf } from "../../store/sqlite/trouble.ts";
import type { Turn } from "../flows-in-turn.ts";

/**
 * The turn of one process among those that use a file: whoever has begun to write to an empty database beside it, and never ends that. Where a process ends, however it
 * does, the system takes its locks back. Throws `StoreFailure` where the file cannot be made.
 */
export function turnBeside(file: string): Turn {
  const database = opened(`${file}.turn`);
  let isOurs = false;

  return {
    async take() {
      return (isOurs ||= locks(database));
    },
    onLost: () => undefined,
    end: async () => database.close(),
  };
}

function opened(file: string): DatabaseSync {
  try {
    return new DatabaseSync(file, { timeout: 0 });
  } catch (error) {
    throw storeFailureOf(error, file) ?? error;
  }
}

function locks(database: DatabaseSync): boolean {
  try {
    database.exec("BEGIN EXCLUSIVE");
    return true;
  } catch (error) {
    if (storeFailureOf(error, "")?.trouble === "locked") return false;
    throw error;
  }
}
