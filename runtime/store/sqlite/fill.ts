import { dirname } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { makeFolder } from "../make-folder.ts";
import { notEmpty } from "../not-empty.ts";
import type { LogPart } from "../stored-log.ts";
import { migrate } from "./schema.ts";
import { storeFailureOf } from "./trouble.ts";

export async function fillSqlite(file: string, parts: AsyncIterable<LogPart>, incarnation: string): Promise<void> {
  let database: DatabaseSync | undefined;
  try {
    makeFolder(dirname(file));
    database = new DatabaseSync(file, { timeout: 5_000 });
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON");
    migrate(database, file, incarnation);
    database.exec("BEGIN IMMEDIATE");
    const { count } = database.prepare("SELECT (SELECT count(*) FROM events) + (SELECT count(*) FROM commands) AS count").get()!;
    if (count !== 0) throw notEmpty(file);
    await fill(database, parts);
    database.prepare("UPDATE head SET incarnation = ?, position = (SELECT count(*) FROM events)").run(incarnation);
    database.exec("COMMIT");
  } catch (error) {
    throw storeFailureOf(error, file) ?? error;
  } finally {
    // What is not committed is undone.
    database?.close();
  }
}

async function fill(database: DatabaseSync, parts: AsyncIterable<LogPart>): Promise<void> {
  const addEvent = database.prepare("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  const addCommand = database.prepare("INSERT INTO commands VALUES (?, ?, ?, ?, ?, ?)");
  for await (const part of parts) addAll(part, addEvent, addCommand);
}

function addAll({ events, commands }: LogPart, addEvent: StatementSync, addCommand: StatementSync): void {
  for (const { id, context, aggregate, name, data, user, metadata } of events) {
    const { position, revision, version, timestamp, commandId, correlationId, causationId } = metadata;
    const place = [position, id, context.name, aggregate.name, aggregate.id, revision] as const;
    addEvent.run(...place, name, version, JSON.stringify(data), timestamp, user.id, commandId, correlationId, causationId);
  }
  for (const { id, digest, position, revision, events: names, problem } of commands) {
    addCommand.run(id, digest, position, revision, JSON.stringify(names), problem === null ? null : JSON.stringify(problem));
  }
}
