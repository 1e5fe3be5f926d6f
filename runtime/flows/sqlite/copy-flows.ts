import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { makeFolder } from "../../store/make-folder.ts";
import { storeFailureOf } from "../../store/sqlite/trouble.ts";
import { atOnce, beforeAll, columnsOf, keyOf, kinds, pageOf, valuesOf, type FlowRow, type FlowRows, type Kept } from "../flow-copy.ts";
import { migrate } from "./schema.ts";

const tables = { flow: "flows", instance: "instances", timer: "timers", command: "commands" } as const satisfies {
  readonly [K in Kept]: string;
};

export async function copySqliteFlows<Result>(file: string, use: (rows: FlowRows) => Promise<Result>): Promise<Result> {
  if (!existsSync(file)) return use(none());
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
    database.exec("BEGIN");
    // The first look is the moment that all others see.
    database.prepare("SELECT count(*) FROM flows").get();
    return await use(rowsIn(database));
  } catch (error) {
    throw storeFailureOf(error, file) ?? error;
  } finally {
    database?.close();
  }
}

export async function fillSqliteFlows(file: string, rows: FlowRows, incarnation: string): Promise<void> {
  let database: DatabaseSync | undefined;
  try {
    makeFolder(dirname(file));
    database = new DatabaseSync(file, { timeout: 5_000 });
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON");
    migrate(database, file);
    database.exec("BEGIN IMMEDIATE");
    database.prepare("INSERT INTO log VALUES (1, ?) ON CONFLICT DO UPDATE SET incarnation = excluded.incarnation").run(incarnation);
    await fill(database, rows);
    database.exec("COMMIT");
  } catch (error) {
    throw storeFailureOf(error, file) ?? error;
  } finally {
    // What is not committed is undone.
    database?.close();
  }
}

async function* none(): FlowRows {}

async function* rowsIn(database: DatabaseSync): FlowRows {
  for (const kept of kinds) {
    const page = database.prepare(pageOf(kept, tables[kept], () => "?"));
    let after: readonly (string | number)[] = beforeAll[kept];
    for (let count = atOnce; count === atOnce;) {
      const rows = page.all(...after).map((row) => ({ kept, ...row }) as unknown as FlowRow);
      yield rows;
      count = rows.length;
      if (count > 0) after = keyOf(rows.at(-1)!);
    }
  }
}

async function fill(database: DatabaseSync, rows: FlowRows): Promise<void> {
  const add = Object.fromEntries(
    kinds.map((kept) => {
      const columns = columnsOf[kept];
      return [kept, database.prepare(`INSERT INTO ${tables[kept]} (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`)];
    }),
  );
  for await (const some of rows) for (const row of some) add[row.kept]!.run(...valuesOf(row));
}
