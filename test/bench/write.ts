import { randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { timeOrderedId } from "../../runtime/protocol/time-ordered-id.ts";
import { openSqliteLog } from "../../runtime/store/sqlite/log.ts";
import { migrate } from "../../runtime/store/sqlite/schema.ts";
import { manyMessages, type Figures, type Load } from "./chat-load.ts";
import { cpuRow, inWords, latencyRow, median, type Row } from "./row.ts";
import { runEmmett } from "./run-emmett.ts";

const commandsPerRound = 40_000;
const commandsSingle = 2_000;
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
    const ours: Figures[] = [];
    const single: Figures[] = [];
    const bare: number[] = [];
    for (let round = 0; round < rounds; round++) {
      bare.push(bareInserts(join(folder, `bare-${round}.db`), newId));
      ours.push(await commands(join(folder, `log-${round}.db`), { commands: commandsPerRound, inFlight }));
      single.push(await commands(join(folder, `single-${round}.db`), { commands: commandsSingle, inFlight: 1 }));
    }
    const random = bareInserts(join(folder, "random.db"), randomUUID);
    const peers = { bare: median(bare), random, ...emmett(join(folder, "emmett.db")) };
    return rowsOf(middle(ours), middle(single), peers);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The round that was neither the fastest nor the slowest. */
const middle = (figures: readonly Figures[]): Figures =>
  figures.toSorted((left, right) => left.perSecond - right.perSecond)[Math.floor(figures.length / 2)]!;

type Peers = EmmettFigures & { readonly bare: number; readonly random: number };

function rowsOf(many: Figures, single: Figures, peers: Peers): readonly Row[] {
  const against = (name: string, value: number, peer: string, figure: number, limit: number | null): Row => ({
    name,
    value,
    unit: "per second",
    peer: { name: peer, value: figure },
    ratio: value / figure,
    limit,
  });
  const name = `commands in process, ${inFlight} in flight`;

  return [
    against(name, many.perSecond, "Emmett on SQLite", peers.documented, 20),
    against(name, many.perSecond, "Emmett on one open connection", peers.connected, null),
    against(name, many.perSecond, "bare inserts of the same rows", peers.bare, 0.5),
    against(name, many.perSecond, "bare inserts with random ids", peers.random, null),
    latencyRow(name, many),
    cpuRow(name, many),
    against("commands in process, 1 in flight", single.perSecond, "Emmett on SQLite", peers.documented, 3),
    latencyRow("commands in process, 1 in flight", single),
  ];
}

/** Beside this file rather than in the folder for temporary files, which is memory on some machines. */
function scratchFolder(): string {
  const data = join(import.meta.dirname, "data");
  mkdirSync(data, { recursive: true });
  return mkdtempSync(join(data, "write-"));
}

async function commands(file: string, load: Load): Promise<Figures> {
  const log = await openSqliteLog(file, { newId });
  const figures = await manyMessages(log, load);
  await log.close();
  return figures;
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

function emmett(file: string): EmmettFigures {
  const output = runEmmett("commands-per-second.mjs", file, String(emmettSeconds));
  const { journal, synchronous, lost, ...figures } = JSON.parse(output);
  if (journal !== "wal" || synchronous !== 2 || lost !== 0) throw new Error(`Emmett did not run as durably as we do: ${output}`);
  return figures;
}

if (import.meta.main) {
  const rows = await benchWrite();
  for (const row of rows) console.log(inWords(row));
  if (rows.some(({ ratio, limit }) => limit !== null && ratio < limit)) process.exitCode = 1;
}
