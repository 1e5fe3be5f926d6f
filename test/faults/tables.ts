import { DatabaseSync } from "node:sqlite";
import pg from "pg";

/** A log as its tables say it, read past the runtime. */
export interface Tables {
  readonly head: number;
  readonly events: readonly EventRow[];
  readonly commands: readonly { readonly id: string; readonly position: number }[];
}

export interface EventRow {
  readonly position: number;
  readonly aggregateId: string;
  readonly revision: number;
  readonly name: string;
  readonly data: { readonly text?: string; readonly likes?: number };
  readonly timestamp: string;
  readonly commandId: string;
}

const columns = `position, aggregate_id AS "aggregateId", revision, name, data, timestamp, command_id AS "commandId"`;
const queries = {
  head: "SELECT position FROM head",
  events: `SELECT ${columns} FROM events ORDER BY position`,
  commands: "SELECT id, position FROM commands",
};

export function sqliteTables(file: string): Tables {
  const database = new DatabaseSync(file);
  try {
    return tablesFrom((query) => database.prepare(query).all());
  } finally {
    database.close();
  }
}

export async function postgresTables(url: string, schema: string): Promise<Tables> {
  const client = new pg.Client({ connectionString: url, options: `-c search_path=${schema}` });
  await client.connect();
  try {
    const [head, events, commands] = [
      await client.query(queries.head),
      await client.query(queries.events),
      await client.query(queries.commands),
    ];
    const rows = new Map<string, object[]>([
      [queries.head, head.rows],
      [queries.events, events.rows],
      [queries.commands, commands.rows],
    ]);
    return tablesFrom((query) => rows.get(query)!);
  } finally {
    await client.end();
  }
}

type Row = Readonly<Record<string, unknown>>;

function tablesFrom(rowsOf: (query: string) => readonly object[]): Tables {
  const rows = (query: string) => rowsOf(query) as readonly Row[];
  return {
    head: Number(rows(queries.head)[0]?.["position"]),
    events: rows(queries.events).map((row) => ({
      position: Number(row["position"]),
      aggregateId: String(row["aggregateId"]),
      revision: Number(row["revision"]),
      name: String(row["name"]),
      data: typeof row["data"] === "string" ? JSON.parse(row["data"]) : row["data"],
      timestamp: String(row["timestamp"]),
      commandId: String(row["commandId"]),
    })),
    commands: rows(queries.commands).map(({ id, position }) => ({ id: String(id), position: Number(position) })),
  };
}
