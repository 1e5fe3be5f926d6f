import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { messages } from "../../examples/chat/server/readModel/lists/messages.ts";
import { timeOrderedId } from "../../runtime/protocol/time-ordered-id.ts";
import { LocalReadModel } from "../../runtime/read/local-read-model.ts";
import type { AnyList } from "../../runtime/read/table.ts";
import type { Append } from "../../runtime/store/event-log.ts";
import { LogReader } from "../../runtime/store/sqlite/log-reader.ts";
import { openSqliteLog } from "../../runtime/store/sqlite/log.ts";
import { benchObservers } from "./fan-out.ts";
import { runEmmett } from "./run-emmett.ts";
import { inWords, median, type Row } from "./row.ts";

const events = 200_000;
/** As the runtime takes them where no list answers yet. */
const batch = 10_000;
const emmettEvents = 20_000;
const rounds = 3;
const newId = () => timeOrderedId();

/**
 * Events per second of which the chat's list is made anew, from the log on the disk: every other one adds a message, the others like one of
 * those there are. Beside it the goal, and bare prepared upserts of the same rows in batches of the same size.
 */
export async function benchLists(): Promise<readonly Row[]> {
  const folder = scratchFolder();
  try {
    const log = join(folder, "log.db");
    await fill(log);
    const ours: number[] = [];
    const bare: number[] = [];
    for (let round = 0; round < rounds; round++) {
      bare.push(bareUpserts(join(folder, `bare-${round}.db`)));
      ours.push(rebuild(log, join(folder, `lists-${round}.db`)));
    }
    const [value, upserts] = [median(ours), median(bare)];
    const row = { name: "a list is made anew", value, unit: "events per second" };

    return [
      { ...row, peer: { name: "the goal", value: 50_000 }, ratio: value / 50_000, limit: 1 },
      { ...row, peer: { name: "bare prepared upserts in batches", value: upserts }, ratio: value / upserts, limit: 0.3 },
      emmettRow(row, join(folder, "emmett.db")),
      ...(await benchObservers(folder)),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Emmett's consumer, with a processor for a projection that does the same; its log is as durable, and its table the same. */
function emmettRow(row: Pick<Row, "name" | "value" | "unit">, file: string): Row {
  const output = runEmmett("projected-per-second.mjs", file, String(emmettEvents));
  const { perSecond, missing } = JSON.parse(output) as { readonly perSecond: number; readonly missing: number };
  if (missing !== 0) throw new Error(`Emmett's projection does not know all events: ${output}`);

  return { ...row, peer: { name: "Emmett's projection on SQLite", value: perSecond }, ratio: row.value / perSecond, limit: 5 };
}

/** Beside this file rather than in the folder for temporary files, which is memory on some machines. */
function scratchFolder(): string {
  const data = join(import.meta.dirname, "data");
  mkdirSync(data, { recursive: true });

  return mkdtempSync(join(data, "lists-"));
}

/** One event of each pair adds a message, the other likes one at random. */
async function fill(file: string): Promise<void> {
  const log = await openSqliteLog(file, { newId });
  const known: { readonly id: string; revision: number }[] = [];
  const next = (number: number): Append => {
    const isNew = number % 2 === 0;
    const one = isNew ? { id: newId(), revision: 0 } : known[Math.floor(Math.random() * known.length)]!;
    if (isNew) known.push(one);
    const event = isNew ? { name: "sent", data: { text: `Hello, number ${number}` } } : { name: "liked", data: { likes: one.revision } };
    const command = newId();

    return {
      context: "communication",
      aggregate: "message",
      aggregateId: one.id,
      expectedRevision: one.revision++,
      events: [{ id: newId(), version: 1, ...event }],
      userId: null,
      timestamp: new Date().toISOString(),
      correlationId: command,
      causationId: command,
      command: { id: command, digest: "22-characters-of-digest", outcome: { kind: "handled" } },
    };
  };
  for (let number = 0; number < events; number += batch)
    await log.append(Array.from({ length: batch }, (_, index) => next(number + index)));
  await log.close();
}

function rebuild(log: string, file: string): number {
  const model = new LocalReadModel(file, [messages as unknown as AnyList]);
  const reader = new LogReader(log);
  model.attach({ incarnation: "one", position: events });
  const start = performance.now();
  for (let position = 0; position < events; position += batch) model.build(reader.read(position, batch), false);
  const [status] = model.build([], true).statuses;
  const seconds = (performance.now() - start) / 1000;
  reader.close();
  model.close();
  if (status?.position !== events || status.building) throw new Error("The list does not know all events.");

  return events / seconds;
}

/** The same rows in the same kind of table, by one statement. */
function bareUpserts(file: string): number {
  const database = new DatabaseSync(file);
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 4000");
  database.exec("CREATE TABLE messages (id TEXT PRIMARY KEY NOT NULL, text TEXT, likes INTEGER, timestamp TEXT) STRICT, WITHOUT ROWID");
  const upsert = database.prepare("INSERT OR REPLACE INTO messages VALUES (?, ?, ?, ?)");
  const known: string[] = [];
  const timestamp = new Date().toISOString();
  const start = performance.now();
  for (let number = 0; number < events; number += batch) {
    database.exec("BEGIN IMMEDIATE");
    for (let row = number; row < number + batch; row++) {
      const id = row % 2 === 0 ? newId() : known[Math.floor(Math.random() * known.length)]!;
      if (row % 2 === 0) known.push(id);
      upsert.run(id, `Hello, number ${row}`, row, timestamp);
    }
    database.exec("COMMIT");
  }
  const seconds = (performance.now() - start) / 1000;
  database.close();

  return events / seconds;
}

if (import.meta.main) {
  const rows = await benchLists();
  for (const row of rows) console.log(inWords(row));
}
