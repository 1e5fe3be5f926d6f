import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { StoreFailure } from "../store-failure.ts";
import type { StoredCommand, StoredLog } from "../stored-log.ts";
import { eventFrom, type EventRow } from "./event-row.ts";
import { storeFailureOf } from "./trouble.ts";

export async function openStoredSqlite(file: string): Promise<StoredLog> {
  if (!existsSync(file))
    throw new StoreFailure("missing", `There is no log ${file}.`, "Name another one with --store, or start the application once.");
  try {
    return reading(file, new DatabaseSync(file, { readOnly: true, timeout: 5_000 }));
  } catch (error) {
    throw storeFailureOf(error, file) ?? error;
  }
}

function reading(file: string, database: DatabaseSync): StoredLog {
  const events = database.prepare("SELECT * FROM events WHERE position > ? ORDER BY position LIMIT ?");
  const commands = database.prepare("SELECT * FROM commands WHERE id > ? AND position <= ? ORDER BY id LIMIT ?");
  const head = database.prepare("SELECT position, incarnation FROM head");
  events.setReturnArrays(true);

  async function explained<Result>(work: () => Result): Promise<Result> {
    try {
      return work();
    } catch (error) {
      throw storeFailureOf(error, file) ?? error;
    }
  }

  return {
    head: () => explained(() => ({ ...(head.get() as { position: number; incarnation: string }) })),
    events: (after, limit) => explained(() => (events.all(after, limit) as unknown as EventRow[]).map(eventFrom)),
    commands: (after, upTo, limit) => explained(() => commands.all(after, upTo, limit).map(commandFrom)),
    close: async () => database.close(),
  };
}

function commandFrom(row: Readonly<Record<string, unknown>>): StoredCommand {
  const { events, problem, ...rest } = row as { readonly events: string; readonly problem: string | null } & Omit<
    StoredCommand,
    "events" | "problem"
  >;
  return { ...rest, events: JSON.parse(events), problem: problem === null ? null : JSON.parse(problem) };
}
