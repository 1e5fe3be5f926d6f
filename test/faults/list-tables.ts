import { DatabaseSync } from "node:sqlite";
import pg from "pg";

export type ListRow = Readonly<Record<string, unknown>>;

/** One making of a list as its table says it, read past the runtime. */
export interface ListTable {
  readonly list: string;
  readonly number: number;
  /** Of the log, that its rows are of. */
  readonly position: number;
  readonly isComplete: boolean;
  readonly rows: readonly ListRow[];
}

/** All of them as of one moment, also while somebody writes. */
export function listTables(file: string): readonly ListTable[] {
  return reading(file, (database) =>
    generationsIn(database).map((generation) => ({
      ...generation,
      rows: database.prepare(`SELECT * FROM "list_${generation.list}_${generation.number}"`).all(),
    })),
  );
}

/** The same where they are in PostgreSQL. */
export async function postgresListTables(url: string, schema: string): Promise<readonly ListTable[]> {
  const client = new pg.Client({ connectionString: url, options: `-c search_path=${schema}`, types: { getTypeParser: parserOf } });
  await client.connect();
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ");
    const { rows: generations } = await client.query(
      `SELECT number, list, position, complete AS "isComplete" FROM list_generations WHERE digest <> 'replaced' ORDER BY number`,
    );
    const tables: ListTable[] = [];
    for (const generation of generations) {
      const { rows } = await client.query(`SELECT * FROM "list_${generation.number}_${generation.list}"`);
      tables.push({ ...generation, rows });
    }
    return tables;
  } finally {
    await client.end();
  }
}

/** Whole numbers of any size come as text otherwise. */
const parserOf: typeof pg.types.getTypeParser = (oid: number, format?: "text" | "binary") =>
  oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format as "text");

/** The same without the rows. */
export function generations(file: string): readonly Omit<ListTable, "rows">[] {
  return reading(file, generationsIn);
}

function generationsIn(database: DatabaseSync): readonly Omit<ListTable, "rows">[] {
  return database
    .prepare("SELECT number, list, position, complete FROM generations WHERE digest <> 'replaced' ORDER BY number")
    .all()
    .map(({ number, list, position, complete }) => ({
      list: String(list),
      number: Number(number),
      position: Number(position),
      isComplete: complete === 1,
    }));
}

function reading<Result>(file: string, work: (database: DatabaseSync) => Result): Result {
  const database = new DatabaseSync(file, { timeout: 5_000 });
  try {
    database.exec("BEGIN");
    return work(database);
  } finally {
    database.close();
  }
}
