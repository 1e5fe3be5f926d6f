import { DatabaseSync } from "node:sqlite";
import { createTable, dropTable, standInTable, tableOf, type Generation } from "./generation.ts";
import { digestOf } from "./list-digest.ts";
import { explained } from "./lists-unavailable.ts";
import type { LogHead } from "./read-model.ts";
import type { Table, AnyList } from "./table.ts";

interface Known {
  readonly number: number;
  readonly digest: string;
  readonly incarnation: string;
  readonly position: number;
  readonly complete: 0 | 1;
  readonly fields: string;
}

/** The generation that a list is in or will be in, and the one before, which answers until then. */
export interface Opened {
  readonly own: Generation;
  readonly standIn?: { readonly table: Table; readonly position: number };
}

/** Bumped when this file's own tables change; an older file is thrown away, since the log has everything. */
const layout = 2;
/** So many KiB of the file are kept in memory: rows are changed in no order, so with less each change would read its page anew. */
const cache = 64 * 1024;

/** The file of the lists: a table for each generation of each, and how far it has come. Several processes may share it. */
export class ListsFile {
  readonly #database: DatabaseSync;
  #version = 0;

  constructor(file: string) {
    try {
      this.#database = open(file);
    } catch (error) {
      throw explained(file, error);
    }
  }

  /**
   * Within a transaction, where a list stands on this log. One whose rows come from another definition or log, or from beyond its end, is made anew in a table of its own;
   * until that is complete, what it was before may answer.
   */
  open(list: AnyList, log: LogHead): Opened {
    return this.#open(list, log);
  }

  /** How far the furthest of these lists has come on a log. */
  furthest(lists: readonly AnyList[], { incarnation }: LogHead): number {
    const known = lists.flatMap((list) => this.#known(list)).filter((generation) => generation.incarnation === incarnation);

    return Math.max(0, ...known.map(({ position }) => position));
  }

  /** Within a transaction, for a list that somebody wants to have made anew; undefined where it belongs to another definition by now. */
  reopen(list: AnyList, log: LogHead): Opened | undefined {
    const digest = digestOf(list);
    const known = this.#known(list);

    return known.some((generation) => generation.digest === replaced || generation.digest === digest) ? this.#open(list, log) : undefined;
  }

  /** How far a generation has come by now, by this process or another; undefined where it is no more, or is to be made anew. */
  progressOf(number: number): { readonly position: number; readonly isComplete: boolean } | undefined {
    const found = this.#database.prepare("SELECT digest, position, complete FROM generations WHERE number = ?").get(number) as
      Pick<Known, "digest" | "position" | "complete"> | undefined;

    return found && found.digest !== replaced ? { position: found.position, isComplete: found.complete === 1 } : undefined;
  }

  advance(number: number, position: number): void {
    this.#database.prepare("UPDATE generations SET position = ? WHERE number = ?").run(position, number);
  }

  /**
   * From now on this generation answers: part of the transaction that brought it up to date. The one before it is dropped when the list is opened
   * the next time, for other processes may still be reading it.
   */
  complete(number: number): void {
    this.#database.prepare("UPDATE generations SET complete = 1 WHERE number = ?").run(number);
  }

  /** Whether another process has written to the file since this was asked last. */
  wasChangedElsewhere(): boolean {
    const { data_version: version } = this.#database.prepare("PRAGMA data_version").get() as { data_version: number };
    const isOther = version !== this.#version;
    this.#version = version;

    return isOther;
  }

  /** Has a list made anew the next time that it is opened, or by whoever has it open. */
  replace(list: string): boolean {
    return this.#database.prepare("UPDATE generations SET digest = ? WHERE list = ?").run(replaced, list).changes > 0;
  }

  transaction<Result>(work: () => Result): Result {
    return this.#within("BEGIN IMMEDIATE", work);
  }

  /** Everything that is read is of one moment, whoever writes meanwhile. */
  snapshot<Result>(work: () => Result): Result {
    return this.#within("BEGIN", work);
  }

  #within<Result>(begin: string, work: () => Result): Result {
    this.#database.exec(begin);
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

  #open(list: AnyList, { incarnation, position: end }: LogHead): Opened {
    const digest = digestOf(list);
    const known = this.#known(list).filter((generation) => generation.incarnation === incarnation && generation.position <= end);
    const own = known.findLast((generation) => generation.digest === digest) ?? this.#begin(list, digest, incarnation, end);
    const before = own.complete === 1 ? undefined : known.findLast(({ complete, number }) => complete && number !== own.number);
    this.#dropOthers(list, [own.number, ...(before ? [before.number] : [])]);
    const table = before && standInTable(this.#database, list, before.number, before.fields);

    return {
      own: { number: own.number, table: tableOf(this.#database, list, own.number), position: own.position, isComplete: own.complete === 1 },
      ...(table && { standIn: { table, position: before.position } }),
    };
  }

  #known(list: AnyList): readonly Known[] {
    return this.#database
      .prepare("SELECT number, digest, incarnation, position, complete, fields FROM generations WHERE list = ? ORDER BY number")
      .all(list.name) as unknown as readonly Known[];
  }

  /** On an empty log there is nothing to make. */
  #begin(list: AnyList, digest: string, incarnation: string, end: number): Known {
    const complete = end === 0 ? 1 : 0;
    const fields = JSON.stringify(list.fields);
    const { lastInsertRowid } = this.#database
      .prepare("INSERT INTO generations (list, digest, incarnation, position, complete, fields) VALUES (?, ?, ?, 0, ?, ?)")
      .run(list.name, digest, incarnation, complete, fields);
    const number = Number(lastInsertRowid);
    createTable(this.#database, list, number);

    return { number, digest, incarnation, position: 0, complete, fields };
  }

  #dropOthers(list: AnyList, kept: readonly number[]): void {
    for (const { number } of this.#known(list)) {
      if (kept.includes(number)) continue;
      dropTable(this.#database, list, number);
      this.#database.prepare("DELETE FROM generations WHERE number = ?").run(number);
    }
  }
}

/** In the place of a digest: no definition of a list has it. */
const replaced = "replaced";

function open(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: 5_000 });
  // NORMAL, not FULL: after a power cut the file may lack its last transactions, and catches up from the log.
  const settings = `journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -${cache}`;
  database.exec(`PRAGMA ${settings}; BEGIN IMMEDIATE`);
  const { user_version: version } = database.prepare("PRAGMA user_version").get() as { user_version: number };
  if (version !== layout) clear(database);
  database.exec(`
    CREATE TABLE IF NOT EXISTS generations (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      list TEXT NOT NULL,
      digest TEXT NOT NULL,
      incarnation TEXT NOT NULL,
      position INTEGER NOT NULL,
      complete INTEGER NOT NULL,
      fields TEXT NOT NULL
    ) STRICT;
    PRAGMA user_version = ${layout};
    COMMIT;
  `);

  return database;
}

/** Nothing of another layout is of use. */
function clear(database: DatabaseSync): void {
  const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").all();
  for (const { name } of tables) database.exec(`DROP TABLE IF EXISTS "${String(name).replaceAll('"', '""')}"`);
}
