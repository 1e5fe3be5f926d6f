import type { DatabaseSync } from "node:sqlite";
import { columnsOf, encode, quoted, type Column } from "./columns.ts";
import { standInColumns } from "./stand-in.ts";
import { Table, type AnyList } from "./table.ts";

/** One making of a list: where its rows are, and how far they have come. */
export interface Generation {
  readonly number: number;
  readonly table: Table;
  readonly position: number;
  /** Whether it has once known all that was in the log, so that it can answer. */
  readonly isComplete: boolean;
}

const tableName = (list: AnyList, number: number): string => `list_${list.name}_${number}`;

export const tableOf = (database: DatabaseSync, list: AnyList, number: number): Table =>
  new Table(database, tableName(list, number), columnsOf(list.fields));

export function createTable(database: DatabaseSync, list: AnyList, number: number): void {
  const name = tableName(list, number);
  const columns = columnsOf(list.fields);
  const cells = columns.map((column, index) => `${column.name} ${index === 0 ? "TEXT PRIMARY KEY NOT NULL" : column.storage}`);
  database.exec(`CREATE TABLE ${quoted(name)} (${cells.join(", ")}) STRICT, WITHOUT ROWID`);
  for (const [index, fields] of list.indexes.entries()) {
    const names = fields.map((field) => columns.find((column) => column.field === field)!.name);
    database.exec(`CREATE INDEX ${quoted(`${name}_${index}`)} ON ${quoted(name)} (${names.join(", ")})`);
  }
}

export function dropTable(database: DatabaseSync, list: AnyList, number: number): void {
  database.exec(`DROP TABLE IF EXISTS ${quoted(tableName(list, number))}`);
}

/** An older generation as the table of a list that has other fields by now, for as long as the new one is being made; undefined where it cannot stand in. */
export function standInTable(database: DatabaseSync, list: AnyList, number: number, fields: string): Table | undefined {
  const columns = standInColumns(list, columnsOf(JSON.parse(fields)), columnsOf(list.fields), literal);

  return columns && new Table(database, tableName(list, number), columns);
}

/** A value as it stands in SQL. */
function literal(column: Column, value: unknown): string {
  const cell = encode(column, value);

  return typeof cell === "string" ? `'${cell.replaceAll("'", "''")}'` : String(cell ?? "NULL");
}
