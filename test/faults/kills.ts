import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PostgresServer } from "../postgres/server.ts";
import type { FaultRow } from "./fault.ts";
import { killUnderLoad } from "./killed-under-load.ts";
import { ServerProcess } from "./server-process.ts";
import { postgresTables, sqliteTables } from "./tables.ts";

export async function killedServerOnSqlite(cycles: number): Promise<FaultRow> {
  return inFolder((folder) => {
    const file = join(folder, "chat.db");
    const server = new ServerProcess(`sqlite:${file}`, folder);
    return killUnderLoad({
      fault: "kill -9 of the server, SQLite",
      cycles,
      servers: [server],
      kill: () => killAndStart(server),
      tables: async () => sqliteTables(file),
    });
  });
}

/** Two servers on one database; in turns one of them is killed while the other goes on. */
export async function killedServerOnPostgres(cycles: number, { url }: PostgresServer): Promise<FaultRow> {
  return inFolder((folder) => {
    const servers = ["left", "right"].map((name) => new ServerProcess(`${url}?schema=killed_server`, join(folder, name)));
    return killUnderLoad({
      fault: "kill -9 of a server, PostgreSQL",
      cycles,
      servers,
      kill: (cycle) => killAndStart(servers[cycle % 2]!),
      tables: () => postgresTables(url, "killed_server"),
    });
  });
}

export async function killedPostgres(cycles: number, postgres: PostgresServer): Promise<FaultRow> {
  return inFolder((folder) =>
    killUnderLoad({
      fault: "kill -9 of PostgreSQL",
      cycles,
      servers: [new ServerProcess(`${postgres.url}?schema=killed_postgres`, folder)],
      async kill() {
        await postgres.kill();
        await postgres.start();
      },
      tables: () => postgresTables(postgres.url, "killed_postgres"),
    }),
  );
}

async function killAndStart(server: ServerProcess): Promise<void> {
  await server.end("SIGKILL");
  await server.start();
}

export async function inFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), "wkgen-faults-"));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
