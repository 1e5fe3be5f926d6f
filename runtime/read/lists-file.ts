import { DatabaseSync } from "node:sqlite";
import { explained } from "./lists-unavailable.ts";
import { Table, type AnyList } from "./table.ts";

interface Generation {
  readonly digest: string;
  readonly incarnation: string;
  readonly position: number;
}

/** Bumped when this file's own tables change; an older file is thrown away, since the log has everything. */
const layout = 1;

/** The file of the lists: a table each, and how far each has come. Only one thread uses it. */
export class ListsFile {
  readonly tables: ReadonlyMap<string, Table>;
  readonly #database: DatabaseSync;

  constructor(file: string, lists: readonly AnyList[]) {
    try {
      this.#database = open(file);
    } catch (error) {
      throw explained(file, error);
    }
    this.tables = new Map(lists.map((list) => [list.name, new Table(this.#database, list)]));
  }

  /** The position that a list has reached on this log; one whose rows come from another definition or log, or from beyond its end, begins anew. */
  resume(list: AnyList, incarnation: string, end: number): number {
    const digest = Table.digest(list);
    const known = this.#database.prepare("SELECT digest, incarnation, position FROM checkpoints WHERE list = ?").get(list.name) as
      Generation | undefined;
    if (known?.digest === digest && known.incarnation === incarnation && known.position <= end) return known.position;

    this.transaction(() => {
      this.tables.get(list.name)!.recreate();
      this.#database.prepare("INSERT OR REPLACE INTO checkpoints VALUES (?, ?, ?, 0)").run(list.name, digest, incarnation);
    });

    return 0;
  }

  /** Moves a checkpoint; throws where it is not where it should be, because somebody else moved it. */
  advance(list: string, incarnation: string, from: number, to: number): void {
    const { changes } = this.#database
      .prepare("UPDATE checkpoints SET position = ? WHERE list = ? AND position = ? AND incarnation = ?")
      .run(to, list, from, incarnation);
    if (changes !== 1) throw new Error(`Another process has moved the list ${list} on; only one may use this file.`);
  }

  transaction<Result>(work: () => Result): Result {
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      const result = work();
      this.#database.exec("COMMIT");

      return result;
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
      throw error;
    }
  }

  /** Part of a transaction: what it did is undone where it throws, and the transaction goes on. */
  attempt(work: () => void): unknown {
    this.#database.exec("SAVEPOINT attempt");
    try {
      work();
      this.#database.exec("RELEASE attempt");

      return undefined;
    } catch (error) {
      if (!this.#database.isTransaction) throw error;
      this.#database.exec("ROLLBACK TO attempt; RELEASE attempt");

      return error;
    }
  }

  close(): void {
    this.#database.close();
  }
}

function open(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: 5_000 });
  // NORMAL, not FULL: after a power cut the file may lack its last transactions, and catches up from the log.
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 4000; BEGIN IMMEDIATE");
  const { user_version: version } = database.prepare("PRAGMA user_version").get() as { user_version: number };
  if (version !== layout) database.exec(`DROP TABLE IF EXISTS checkpoints; PRAGMA user_version = ${layout}`);
  database.exec(`
    CREATE TABLE IF NOT EXISTS checkpoints (
      list TEXT PRIMARY KEY NOT NULL,
      digest TEXT NOT NULL,
      incarnation TEXT NOT NULL,
      position INTEGER NOT NULL
    ) STRICT;
    COMMIT;
  `);

  return database;
}
