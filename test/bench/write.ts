import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { message } from "../../examples/chat/server/writeModel/communication/message.ts";
import { timeOrderedId } from "../../runtime/protocol/time-ordered-id.ts";
import { anonymous } from "../../runtime/protocol/user.ts";
import { openSqliteLog } from "../../runtime/store/sqlite/log.ts";
import { migrate } from "../../runtime/store/sqlite/schema.ts";
import { createWriteModel } from "../../runtime/write/write-model.ts";
import { inWords, median, type Row } from "./row.ts";

const commandsPerRound = 40_000;
const rounds = 5;
const inFlight = 64;
const newId = () => timeOrderedId();
const emmettSeconds = 5;

/**
 * Commands per second in process: the chat's message, every other command begins a new one, the others like one of those there are; 64 in flight,
 * SQLite, acknowledged when durable. Beside it Emmett, and the bare disk: the same rows in batches of 64 by one thread that does nothing else.
 * What shares a disk is measured in turns, and the medians are compared.
 */
export async function benchWrite(): Promise<readonly Row[]> {
  const folder = scratchFolder();
  try {
    const ours: number[] = [];
    const bare: number[] = [];
    for (let round = 0; round < rounds; round++) {
      bare.push(bareInserts(join(folder, `bare-${round}.db`), newId));
      ours.push(await commands(join(folder, `log-${round}.db`)));
    }
    const random = bareInserts(join(folder, "random.db"), randomUUID);
    return rowsOf(median(ours), { bare: median(bare), random, ...emmett(join(folder, "emmett.db")) });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function rowsOf(value: number, peers: EmmettFigures & { readonly bare: number; readonly random: number }): readonly Row[] {
  const against = (peer: string, figure: number, limit: number | null): Row => ({
    name: `commands in process, ${inFlight} in flight`,
    value,
    unit: "per second",
    peer: { name: peer, value: figure },
    ratio: value / figure,
    limit,
  });

  return [
    against("Emmett on SQLite", peers.documented, 15),
    against("Emmett on one open connection", peers.connected, null),
    against("bare inserts of the same rows", peers.bare, 0.5),
    against("bare inserts with random ids", peers.random, null),
  ];
}

/** Beside this file rather than in the folder for temporary files, which is memory on some machines. */
function scratchFolder(): string {
  const data = join(import.meta.dirname, "data");
  mkdirSync(data, { recursive: true });
  return mkdtempSync(join(data, "write-"));
}

async function commands(file: string): Promise<number> {
  const log = await openSqliteLog(file, { newId });
  const world = { now: Date.now, newId, report: (fault: unknown) => console.error(fault) };
  const model = createWriteModel([message], log, world);
  const known: string[] = [];
  let next = 0;

  async function sender(): Promise<void> {
    while (next < commandsPerRound) {
      const number = next++;
      const isNew = number % 2 === 0 || known.length === 0;
      const aggregateId = isNew ? newId() : known[Math.floor(Math.random() * known.length)]!;
      const [name, data] = isNew ? ["send", { text: `Hello, number ${number}` }] : ["like", {}];
      const request = { id: newId(), context: "communication", aggregate: "message", aggregateId, name, data };
      const answer = await model.handle(request, anonymous);
      if (answer.kind !== "handled") throw new Error(answer.problem.detail);
      if (isNew) known.push(aggregateId);
    }
  }

  const perSecond = await rate(() => Promise.all(Array.from({ length: inFlight }, sender)));
  const { position } = await log.head();
  await log.close();
  if (position !== commandsPerRound) throw new Error(`${commandsPerRound} commands were acknowledged, ${position} events are in the log.`);
  return perSecond;
}

async function rate(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return commandsPerRound / ((performance.now() - start) / 1000);
}

/** The rows that the commands above would leave behind, in the same tables with the same settings. */
function bareInserts(file: string, newId: () => string): number {
  const database = new DatabaseSync(file);
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000");
  migrate(database, file, newId());
  const addEvent = database.prepare("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  const addCommand = database.prepare("INSERT INTO commands VALUES (?, ?, ?, ?, ?, ?)");
  const known: { readonly id: string; revision: number }[] = [];
  const timestamp = new Date().toISOString();

  function insert(position: number): void {
    const isNew = position % 2 === 1;
    const one = isNew ? { id: newId(), revision: 0 } : known[Math.floor(Math.random() * known.length)]!;
    if (isNew) known.push(one);
    one.revision++;
    const name = isNew ? "sent" : "liked";
    const data = JSON.stringify(isNew ? { text: `Hello, number ${position}` } : { likes: one.revision - 1 });
    const command = newId();
    addCommand.run(command, "22-characters-of-digest", position, one.revision, JSON.stringify([name]), null);
    const place = [position, newId(), "communication", "message", one.id, one.revision] as const;
    addEvent.run(...place, name, 1, data, timestamp, null, command, command, command);
  }

  const start = performance.now();
  for (let position = 1; position <= commandsPerRound;) {
    database.exec("BEGIN IMMEDIATE");
    for (let row = 0; row < inFlight && position <= commandsPerRound; row++) insert(position++);
    database.exec("COMMIT");
  }
  const seconds = (performance.now() - start) / 1000;
  database.close();
  return commandsPerRound / seconds;
}

interface EmmettFigures {
  readonly documented: number;
  readonly connected: number;
}

/** In a process of its own. It is installed, and its driver compiled, when it is needed first. */
function emmett(file: string): EmmettFigures {
  const folder = join(import.meta.dirname, "emmett");
  if (!existsSync(join(folder, "node_modules/sqlite3/build/Release/node_sqlite3.node"))) {
    console.error("Installing Emmett and compiling its driver, once; this takes some minutes.");
    execFileSync("npm", ["ci", "--ignore-scripts"], { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
    execFileSync("npx", ["--yes", "node-gyp", "rebuild"], { cwd: join(folder, "node_modules/sqlite3"), stdio: "ignore" });
  }
  const output = execFileSync(process.execPath, ["commands-per-second.mjs", file, String(emmettSeconds)], {
    cwd: folder,
    encoding: "utf8",
  });
  const { journal, synchronous, lost, ...figures } = JSON.parse(output);
  if (journal !== "wal" || synchronous !== 2 || lost !== 0) throw new Error(`Emmett did not run as durably as we do: ${output}`);
  return figures;
}

if (import.meta.main) {
  const rows = await benchWrite();
  for (const row of rows) console.log(inWords(row));
  if (rows.some(({ ratio, limit }) => limit !== null && ratio < limit)) process.exitCode = 1;
}
