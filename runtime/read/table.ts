import { createHash } from "node:crypto";
import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import { columnsOf, decode, encode, quoted, type Column, type SqlValue } from "./columns.ts";
import { conditionSql, type CheckedCondition, type SqlText } from "./condition.ts";
import type { ListDefinition } from "./list.ts";
import type { Row } from "../protocol/query.ts";

/** A list whose rows and events only its own generated code knows. */
export type AnyList = ListDefinition<Row, Record<string, unknown>>;

type Cells = SqlValue[];

/** One list as SQLite keeps it: a table with a column for each field, under the list's own name. */
export class Table {
  readonly columns: readonly Column[];
  readonly #database: DatabaseSync;
  readonly #list: AnyList;
  readonly #name: string;
  readonly #statements = new Map<string, StatementSync>();
  readonly #byField: ReadonlyMap<string, Column>;
  readonly #insert: string;
  /** A row as it begins. */
  readonly initial: Readonly<Record<string, unknown>>;

  constructor(database: DatabaseSync, list: AnyList) {
    this.#database = database;
    this.#list = list;
    this.#name = quoted(`list_${list.name}`);
    this.columns = columnsOf(list.fields);
    this.#byField = new Map(this.columns.map((column) => [column.field, column]));
    this.#insert = `INSERT OR REPLACE INTO ${this.#name} VALUES (${this.columns.map(() => "?").join(", ")})`;
    this.initial = Object.fromEntries(this.columns.map(({ field, initialState }) => [field, initialState]));
  }

  /** Makes the table anew, empty. */
  recreate(): void {
    const [id, ...others] = this.columns as readonly [Column, ...Column[]];
    const cells = others.map(({ name, storage }) => `, ${name} ${storage}`).join("");

    this.#statements.clear();
    this.#database.exec(
      `DROP TABLE IF EXISTS ${this.#name}; CREATE TABLE ${this.#name} (${id.name} TEXT PRIMARY KEY NOT NULL${cells}) STRICT, WITHOUT ROWID`,
    );
    for (const [index, fields] of this.#list.indexes.entries()) {
      const names = fields.map((field) => this.column(field).name).join(", ");
      this.#database.exec(`CREATE INDEX ${quoted(`list_${this.#list.name}_${index}`)} ON ${this.#name} (${names})`);
    }
  }

  column(field: string): Column {
    const column = this.#byField.get(field);
    if (!column) throw new TypeError(`The list ${this.#list.name} has no field "${field}".`);

    return column;
  }

  put(row: Row): void {
    for (const field of Object.keys(row)) this.column(field);
    const cells = this.columns.map((column) => encode(column, row[column.field]));
    this.#prepared(this.#insert).run(...cells);
  }

  /** Changes these fields of the rows that match, and says how many there were. */
  set(changes: Readonly<Record<string, unknown>>, where: CheckedCondition): number {
    const fields = Object.keys(changes);
    if (fields.length === 0) return 0;
    const { text, values } = conditionSql(where);
    const assignments = fields.map((field) => `${this.column(field).name} = ?`).join(", ");
    const cells = fields.map((field) => encode(this.column(field), changes[field]));

    return Number(this.#prepared(`UPDATE ${this.#name} SET ${assignments} WHERE ${text}`).run(...cells, ...values).changes);
  }

  remove(where: CheckedCondition): number {
    const { text, values } = conditionSql(where);

    return Number(this.#prepared(`DELETE FROM ${this.#name} WHERE ${text}`).run(...values).changes);
  }

  /** The rows that match, read one by one as they are taken. */
  *rows(where: CheckedCondition, rest: SqlText = { text: "", values: [] }): Generator<Row> {
    const { text, values } = conditionSql(where);
    const statement = this.#database.prepare(`SELECT * FROM ${this.#name} WHERE ${text} ${rest.text}`);
    statement.setReturnArrays(true);
    for (const cells of statement.iterate(...values, ...rest.values)) yield this.#row(cells as unknown as Cells);
  }

  /** What tells this list from what it was before: its fields, its indexes, the text of its projections, the meaning of its events. */
  static digest(list: AnyList): string {
    const projections = Object.entries(list.when).map(([name, when]) => [name, String(when)]);

    return createHash("sha256")
      .update(JSON.stringify([1, list.fields, list.indexes, projections, list.meaning]))
      .digest("hex");
  }

  #row(cells: Cells): Row {
    const row: Record<string, unknown> = {};
    for (const [index, column] of this.columns.entries()) row[column.field] = decode(column, cells[index]!);

    return row as Row;
  }

  #prepared(sql: string): { run(...values: readonly SQLInputValue[]): { readonly changes: number | bigint } } {
    let statement = this.#statements.get(sql);
    if (!statement) {
      if (this.#statements.size >= 200) this.#statements.clear();
      this.#statements.set(sql, (statement = this.#database.prepare(sql)));
    }

    return statement;
  }
}
