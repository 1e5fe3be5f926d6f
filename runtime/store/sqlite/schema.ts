import type { DatabaseSync } from "node:sqlite";
import { StoreFailure } from "../store-failure.ts";

/** "wkgn" in the header of the file: what tells an event log from any other database. */
const applicationId = 0x776b676e;

/** Each step leads from the version of its index to the next; steps are added, never changed. */
const migrations: readonly string[] = [
  `
  CREATE TABLE head (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    position INTEGER NOT NULL,
    incarnation TEXT NOT NULL
  ) STRICT;

  CREATE TABLE events (
    position INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    context TEXT NOT NULL,
    aggregate TEXT NOT NULL,
    aggregate_id TEXT NOT NULL,
    revision INTEGER NOT NULL,
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    data TEXT NOT NULL,
    timestamp TEXT NOT NULL,
    user_id TEXT,
    command_id TEXT NOT NULL,
    correlation_id TEXT NOT NULL,
    causation_id TEXT NOT NULL
  ) STRICT;

  CREATE UNIQUE INDEX history ON events (aggregate_id, aggregate, context, revision);

  CREATE TABLE commands (
    id TEXT PRIMARY KEY,
    digest TEXT NOT NULL,
    position INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    events TEXT NOT NULL,
    problem TEXT
  ) STRICT, WITHOUT ROWID;
  `,
  `
  CREATE TABLE claims (
    context TEXT NOT NULL,
    aggregate TEXT NOT NULL,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    aggregate_id TEXT NOT NULL,
    PRIMARY KEY (value, field, aggregate, context)
  ) STRICT, WITHOUT ROWID;

  CREATE UNIQUE INDEX claimed ON claims (aggregate_id, aggregate, context, field);

  ALTER TABLE head ADD COLUMN rules TEXT NOT NULL DEFAULT '';
  `,
  `
  CREATE TABLE snapshots (
    context TEXT NOT NULL,
    aggregate TEXT NOT NULL,
    aggregate_id TEXT NOT NULL,
    shape TEXT NOT NULL,
    revision INTEGER NOT NULL,
    state TEXT NOT NULL,
    PRIMARY KEY (aggregate_id, aggregate, context)
  ) STRICT;
  `,
];

/** Brings a new or older file to the schema of this runtime, in one transaction, whoever else opens it at the same time. */
export function migrate(database: DatabaseSync, file: string, incarnation: string): void {
  database.exec("BEGIN IMMEDIATE");
  const version = versionOf(database, file);

  for (const step of migrations.slice(version)) database.exec(step);
  if (version < migrations.length) database.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${migrations.length}`);
  database.prepare("INSERT INTO head (only, position, incarnation) VALUES (1, 0, ?) ON CONFLICT DO NOTHING").run(incarnation);

  database.exec("COMMIT");
}

function versionOf(database: DatabaseSync, file: string): number {
  const tables = numberIn(database, "SELECT count(*) FROM sqlite_schema");
  if (tables === 0) return 0;

  if (numberIn(database, "PRAGMA application_id") !== applicationId) {
    throw new StoreFailure("not-a-log", `${file} is a database of another application.`, "Move it away, or give the log another file.");
  }
  const version = numberIn(database, "PRAGMA user_version");
  if (version > migrations.length) {
    throw new StoreFailure(
      "too-new",
      `${file} was written by a newer version of wkgen.`,
      "Update @wkgen/runtime to that version or a later one.",
    );
  }
  return version;
}

function numberIn(database: DatabaseSync, query: string): number {
  return Number(Object.values(database.prepare(query).get() ?? {})[0]);
}
