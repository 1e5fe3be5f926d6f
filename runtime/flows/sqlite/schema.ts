import type { DatabaseSync } from "node:sqlite";
import { StoreFailure } from "../../store/store-failure.ts";

/** "wkgf" in the header of the file: what tells the flows from any other database. */
const applicationId = 0x776b6766;

/** Each step leads from the version of its index to the next; steps are added, never changed. */
const migrations: readonly string[] = [
  `
  CREATE TABLE log (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    incarnation TEXT NOT NULL
  ) STRICT;

  CREATE TABLE flows (
    flow TEXT PRIMARY KEY,
    position INTEGER NOT NULL,
    revision INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE instances (
    flow TEXT NOT NULL,
    id TEXT NOT NULL,
    state TEXT,
    PRIMARY KEY (flow, id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE timers (
    flow TEXT NOT NULL,
    instance TEXT NOT NULL,
    name TEXT NOT NULL,
    id TEXT NOT NULL,
    due INTEGER NOT NULL,
    user_id TEXT,
    correlation_id TEXT NOT NULL,
    causation_id TEXT NOT NULL,
    PRIMARY KEY (flow, instance, name)
  ) STRICT, WITHOUT ROWID;

  CREATE INDEX due ON timers (flow, due);

  CREATE TABLE commands (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    flow TEXT NOT NULL,
    instance TEXT NOT NULL,
    id TEXT NOT NULL,
    context TEXT NOT NULL,
    aggregate TEXT NOT NULL,
    aggregate_id TEXT NOT NULL,
    name TEXT NOT NULL,
    data TEXT NOT NULL,
    user_id TEXT,
    correlation_id TEXT NOT NULL,
    causation_id TEXT NOT NULL,
    parked TEXT
  ) STRICT;

  CREATE INDEX parked ON commands (number) WHERE parked IS NOT NULL;
  `,
];

/** Brings a new or older file to the schema of this runtime, in one transaction. */
export function migrate(database: DatabaseSync, file: string): void {
  database.exec("BEGIN IMMEDIATE");
  const version = versionOf(database, file);
  for (const step of migrations.slice(version)) database.exec(step);
  if (version < migrations.length) database.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${migrations.length}`);
  database.exec("COMMIT");
}

function versionOf(database: DatabaseSync, file: string): number {
  if (numberIn(database, "SELECT count(*) FROM sqlite_schema") === 0) return 0;
  if (numberIn(database, "PRAGMA application_id") !== applicationId) {
    throw new StoreFailure("not-a-log", `${file} is a database of another application.`, "Move it away; the flows then begin anew.");
  }
  const version = numberIn(database, "PRAGMA user_version");
  if (version <= migrations.length) return version;
  throw new StoreFailure(
    "too-new",
    `${file} was written by a newer version of wkgen.`,
    "Update @wkgen/runtime to that version or a later one.",
  );
}

function numberIn(database: DatabaseSync, query: string): number {
  return Number(Object.values(database.prepare(query).get() ?? {})[0]);
}
