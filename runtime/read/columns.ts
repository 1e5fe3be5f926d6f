import type { ListField } from "./list.ts";
import { decimalOf, durationOf, sortableDecimal, sortableDuration } from "./sortable.ts";

type Storage = "INTEGER" | "REAL" | "TEXT";

/** How one field of a list lies in its table. */
export interface Column {
  readonly field: string;
  /** Its place in the row. */
  readonly index: number;
  /** The column's name, quoted for SQL; where the table has no such column, what stands for it. */
  readonly name: string;
  readonly storage: Storage;
  readonly type: ListField["type"];
  readonly definition: ListField;
  readonly initialState: unknown;
}

export type SqlValue = string | number | null;

const storages: { readonly [Type in ListField["type"]]: Storage } = {
  text: "TEXT",
  boolean: "INTEGER",
  integer: "INTEGER",
  number: "REAL",
  decimal: "TEXT",
  timestamp: "TEXT",
  date: "TEXT",
  duration: "INTEGER",
  id: "TEXT",
  email: "TEXT",
  url: "TEXT",
  json: "TEXT",
  reference: "TEXT",
  choice: "TEXT",
  value: "TEXT",
  list: "TEXT",
  map: "TEXT",
};

const structured: ReadonlySet<ListField["type"]> = new Set(["json", "value", "list", "map"]);

/** The columns of a list: its id, then its fields. SQLite does not tell upper from lower case in names, so a second spelling gets a number. */
export function columnsOf(fields: { readonly [name: string]: ListField }): readonly Column[] {
  const taken = new Set<string>();

  return Object.entries({ id: { type: "id" } satisfies ListField, ...fields }).map(([field, definition]: [string, ListField], index) => {
    const { type, initialState = null } = definition;

    return { field, index, name: quoted(freeName(field, taken)), storage: storages[type], type, definition, initialState };
  });
}

/** Whether a field holds something that has parts, kept as JSON text, which can be read but neither compared nor sorted. */
export function isStructured({ type }: Pick<Column, "type">): boolean {
  return structured.has(type);
}

/** An element of a list, as if it were a column. */
export function elementOf(column: Column): Column {
  const { definition } = column;
  if (definition.type !== "list" && definition.type !== "map") return column;
  const { of } = definition;

  return { ...column, type: of.type, storage: storages[of.type], definition: of };
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** From the wire's form to SQLite's, in which all that can be compared sorts as it should. What does not fit its column is refused by the table, which is strict. */
export function encode(column: Pick<Column, "type">, value: unknown): SqlValue {
  if (value === undefined || value === null) return null;
  if (isStructured(column)) return JSON.stringify(value);
  if (column.type === "decimal") return sortableDecimal(String(value));
  if (column.type === "duration") return sortableDuration(String(value));
  if (typeof value === "boolean") return column.type === "boolean" ? Number(value) : String(value);

  return value as SqlValue;
}

export function decode(column: Pick<Column, "type">, value: SqlValue): unknown {
  if (value === null) return null;
  if (column.type === "boolean") return value === 1;
  if (column.type === "decimal") return decimalOf(value as string);
  if (column.type === "duration") return durationOf(value as number);

  return isStructured(column) ? JSON.parse(value as string) : value;
}

function freeName(field: string, taken: Set<string>): string {
  let name = field;
  for (let count = 2; taken.has(name.toLowerCase()); count++) name = `${field}_${count}`;
  taken.add(name.toLowerCase());

  return name;
}
