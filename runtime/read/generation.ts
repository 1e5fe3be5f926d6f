import { createHash } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import { columnsOf, encode, isStructured, quoted, type Column, type SqlValue } from "./columns.ts";
import type { ListField } from "./list.ts";
import { Table, type AnyList } from "./table.ts";

/** One making of a list: where its rows are, and how far they have come. */
export interface Generation {
  readonly number: number;
  readonly table: Table;
  readonly position: number;
  /** Whether it has once known all that was in the log, so that it can answer. */
  readonly isComplete: boolean;
}

type Fields = { readonly [name: string]: ListField };

/** What tells a list from what it was before: its fields, its indexes, the text of its projections, the meaning of its events. */
export function digestOf(list: AnyList): string {
  const projections = Object.entries(list.when).map(([name, when]) => [name, String(when)]);

  return createHash("sha256")
    .update(JSON.stringify([3, list.fields, list.indexes, projections, list.meaning, (list.code ?? []).map(String)]))
    .digest("hex");
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

/**
 * An older generation as the table of a list that has other fields by now, for as long as the new one is being made. Undefined where it cannot
 * stand in: a field is missing of which nobody knows what it would hold, or by which a rule may decide who sees a row.
 */
export function standInTable(database: DatabaseSync, list: AnyList, number: number, fields: string): Table | undefined {
  const before = columnsOf(JSON.parse(fields) as Fields);
  const decides = list.isAuthorized.read.some(({ rows, where }) => rows ?? where);
  const columns = columnsOf(list.fields).map((column): Column | undefined => {
    const old = before.find((candidate) => candidate.field === column.field);
    if (old && isLike(old, column)) return { ...column, name: old.name };
    const isKnown = column.initialState !== null || column.definition.optional === true;

    return old || decides || !isKnown ? undefined : { ...column, name: literal(encode(column, column.initialState)) };
  });

  return columns.every((column) => column !== undefined) ? new Table(database, tableName(list, number), columns) : undefined;
}

/** Whether what lies in the old column can be read as what the new one holds. */
function isLike(old: Column, column: Column): boolean {
  const form = ({ definition: { initialState: _, ...rest } }: Column) => JSON.stringify(isStructured(column) ? rest : rest.type);

  return form(old) === form(column) && (column.definition.optional === true || old.definition.optional !== true);
}

/** A value as it stands in SQL. */
function literal(value: SqlValue): string {
  return typeof value === "string" ? `'${value.replaceAll("'", "''")}'` : String(value ?? "NULL");
}
