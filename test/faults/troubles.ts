import { execFileSync } from "node:child_process";
import { join } from "node:path";
import pg from "pg";
import { startPostgres, type PostgresServer } from "../postgres/server.ts";
import { Clients, whileSending } from "./clients.ts";
import { CuttingProxy } from "./cutting-proxy.ts";
import { faultRow, type FaultRow } from "./fault.ts";
import { inFolder } from "./kills.ts";
import { ServerProcess } from "./server-process.ts";
import { postgresTables } from "./tables.ts";

/** The database may only be read for a while, under load, again and again. */
export async function readOnly(cycles: number, { url }: PostgresServer): Promise<FaultRow> {
  const schema = "read_only";
  return inFolder(async (folder) => {
    const server = new ServerProcess(`${url}?schema=${schema}`, folder);
    await server.start();
    const clients = new Clients(() => server.url);
    await whileSending(clients, "read-only", async () => {
      for (let cycle = 0; cycle < cycles; cycle++) {
        await clients.untilMore(50);
        await administrate(url, "ALTER SYSTEM SET default_transaction_read_only = on", "SELECT pg_reload_conf()");
        await clients.untilRefused(5);
        await administrate(
          url,
          "SET default_transaction_read_only = off",
          "ALTER SYSTEM RESET default_transaction_read_only",
          "SELECT pg_reload_conf()",
        );
      }
      await clients.untilMore(50);
    });
    await server.end("SIGTERM");
    return faultRow("PostgreSQL is read-only for a while", cycles, await postgresTables(url, schema), clients.record);
  });
}

/** Answers of the database, and answers of the server, are swallowed, and their connections cut. */
export async function cutConnections(commands: number, { url, port }: PostgresServer): Promise<FaultRow> {
  const schema = "cut_connections";
  return inFolder(async (folder) => {
    const beforeDatabase = await CuttingProxy.before(port, 50);
    const server = new ServerProcess(`${url.replace(`:${port}/`, `:${beforeDatabase.port}/`)}?schema=${schema}`, folder);
    await server.start();
    const beforeServer = await CuttingProxy.before(Number(new URL(server.url!).port), 50);
    const clients = new Clients(() => `http://127.0.0.1:${beforeServer.port}`);
    await whileSending(clients, "cut", () => clients.untilMore(commands));
    await server.end("SIGTERM");
    for (const proxy of [beforeDatabase, beforeServer]) proxy.close();
    const cuts = beforeDatabase.cuts + beforeServer.cuts;
    return faultRow("connections cut between commit and reply", cuts, await postgresTables(url, schema), clients.record);
  });
}

/** Whether a file system of any size can be made for the tables: only as root, in a container that allows it. */
export const canMakeDisks = process.getuid?.() === 0 && isPossible("unshare", ["--mount", "sh", "-c", "mount -t tmpfs tmpfs /mnt"]);

/** The disk that the tables are on takes no more, and some time later it does again. */
export async function fullDisk(cycles: number): Promise<FaultRow> {
  const schema = "full_disk";
  const postgres = await startPostgres({ tinyDisk: "16m" });
  const { url, tinyDisk } = postgres;
  const ballast = join(tinyDisk!, "ballast");
  const asServer = (command: string) => administrate(url, `COPY (SELECT 1) TO PROGRAM '${command}'`);
  try {
    return await inFolder(async (folder) => {
      await administrate(url, `CREATE TABLESPACE tiny LOCATION '${join(tinyDisk!, "tables")}'`);
      const server = new ServerProcess(`${url}?schema=${schema}&options=-c default_tablespace=tiny`, folder);
      await server.start();
      const clients = new Clients(() => server.url);
      await whileSending(clients, "full", async () => {
        for (let cycle = 0; cycle < cycles; cycle++) {
          await clients.untilMore(50);
          await asServer(`head -c 64m /dev/zero > ${ballast} || true`);
          await clients.untilRefused(5);
          await asServer(`rm ${ballast}`);
        }
        await clients.untilMore(50);
      });
      await server.end("SIGTERM");
      return faultRow("the disk of PostgreSQL is full for a while", cycles, await postgresTables(url, schema), clients.record);
    });
  } finally {
    await postgres.dispose();
  }
}

async function administrate(url: string, ...statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

function isPossible(command: string, args: readonly string[]): boolean {
  try {
    execFileSync(command, args, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
