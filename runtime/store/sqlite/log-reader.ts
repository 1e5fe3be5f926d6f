import { DatabaseSync, type StatementSync } from "node:sqlite";
import type { Event } from "../../protocol/event.ts";
import { eventFrom, type EventRow } from "./event-row.ts";

/** Reads a log that some other connection has opened: for a thread that follows it without going through the one that appends. */
export class LogReader {
  readonly #database: DatabaseSync;
  readonly #read: StatementSync;

  constructor(file: string) {
    this.#database = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
    this.#read = this.#database.prepare("SELECT * FROM events WHERE position > ? ORDER BY position LIMIT ?");
    this.#read.setReturnArrays(true);
  }

  /** Events after a position, oldest first, at most `limit`. Whatever it sees is durable: SQLite shows a commit once the disk has it. */
  read(after: number, limit: number): Event[] {
    return (this.#read.all(after, limit) as unknown as EventRow[]).map(eventFrom);
  }

  close(): void {
    this.#database.close();
  }
}
