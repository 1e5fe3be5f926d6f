import type { DatabaseSync, StatementSync } from "node:sqlite";
import { decode, encode, quoted, type Column, type SqlValue } from "./columns.ts";
import { conditionSql, type CheckedCondition, type SqlText } from "./condition.ts";
import type { Cells } from "./holds.ts";
import type { ListDefinition } from "./list.ts";
import type { ProjectedRows } from "./projected-rows.ts";
import type { Row } from "../protocol/query.ts";

// Parameters of a query are known where it was generated; here queries of all kinds stand side by side.
/** A list whose rows and events only its own generated code knows. */
export type AnyList = ListDefinition<Row, Record<string, unknown>, Record<string, any>>;

/** A row as it lies in the table, and as everybody else knows it. */
export interface Stored {
  readonly cells: Cells;
  readonly row: Row;
}

const mostStatements = 200;
const none: SqlText = { text: "", values: [] };

/** One generation of a list as SQLite keeps it: a table with a column for each field. */
export class Table implements ProjectedRows {
  readonly columns: readonly Column[];
  /** A row as it begins. */
  readonly initial: Readonly<Record<string, unknown>>;
  /** Collects the ids of rows that were put, changed or removed, where somebody wants to know. */
  touched: Set<string> | undefined;
  readonly #database: DatabaseSync;
  readonly #name: string;
  readonly #statements = new Map<string, StatementSync>();
  readonly #byField: ReadonlyMap<string, Column>;
  readonly #select: string;
  readonly #insert: string;

  /** `name` is the table's own, `columns` are those of the list's definition. */
  constructor(database: DatabaseSync, name: string, columns: readonly Column[]) {
    this.#database = database;
    this.#name = quoted(name);
    this.columns = columns;
    this.#byField = new Map(columns.map((column) => [column.field, column]));
    this.#select = `SELECT ${columns.map((column) => column.name).join(", ")} FROM ${this.#name}`;
    this.#insert = `INSERT OR REPLACE INTO ${this.#name} VALUES (${columns.map(() => "?").join(", ")})`;
    this.initial = Object.fromEntries(columns.map(({ field, initialState }) => [field, initialState]));
  }

  column(field: string): Column {
    const column = this.#byField.get(field);
    if (!column) throw new TypeError(`There is no field "${field}" in the list.`);

    return column;
  }

  put(row: Row): void {
    let known = 0;
    const cells = this.columns.map((column) => {
      const value = row[column.field];
      if (value !== undefined) known += 1;

      return encode(column, value);
    });
    if (known < Object.keys(row).length) for (const field of Object.keys(row)) this.column(field);
    this.#prepared(this.#insert).run(...cells);
    this.touched?.add(row.id);
  }

  /** Changes these fields of the rows that match, and says how many there were. */
  set(changes: Readonly<Record<string, unknown>>, where: CheckedCondition): number {
    const fields = Object.keys(changes);
    if (fields.length === 0) return 0;
    const { text, values } = conditionSql(where);
    const assignments = fields.map((field) => `${this.column(field).name} = ?`).join(", ");
    const cells = fields.map((field) => encode(this.column(field), changes[field]));

    return this.#change(`UPDATE ${this.#name} SET ${assignments} WHERE ${text}`, [...cells, ...values], where);
  }

  remove(where: CheckedCondition): number {
    const { text, values } = conditionSql(where);

    return this.#change(`DELETE FROM ${this.#name} WHERE ${text}`, values, where);
  }

  /** The row with this id. */
  find(id: string): Stored | undefined {
    const statement = this.#prepared(`${this.#select} WHERE "id" = ?`);
    statement.setReturnArrays(true);
    const cells = statement.get(id) as unknown as Cells | undefined;

    return cells && { cells, row: this.#row(cells) };
  }

  /** The rows that match, read one by one as they are taken: for those who may not want all of them. */
  *rows(where: CheckedCondition, rest: SqlText = none): Generator<Stored> {
    const { text, values } = conditionSql(where);
    const statement = this.#database.prepare(`${this.#select} WHERE ${text} ${rest.text}`);
    statement.setReturnArrays(true);
    for (const cells of statement.iterate(...values, ...rest.values) as Iterable<unknown>)
      yield { cells: cells as Cells, row: this.#row(cells as Cells) };
  }

  /** The same, all at once. */
  all(where: CheckedCondition, rest: SqlText = none): Stored[] {
    const { text, values } = conditionSql(where);
    const statement = this.#prepared(`${this.#select} WHERE ${text} ${rest.text}`);
    statement.setReturnArrays(true);

    return (statement.all(...values, ...rest.values) as unknown as readonly Cells[]).map((cells) => ({ cells, row: this.#row(cells) }));
  }

  count(where: CheckedCondition): number {
    const { text, values } = conditionSql(where);
    const { count } = this.#database.prepare(`SELECT count(*) AS count FROM ${this.#name} WHERE ${text}`).get(...values) as {
      count: number;
    };

    return count;
  }

  /** How SQLite would find these rows, one step a line. */
  plan(where: CheckedCondition, rest: SqlText): readonly string[] {
    const { text, values } = conditionSql(where);
    const steps = this.#database.prepare(`EXPLAIN QUERY PLAN ${this.#select} WHERE ${text} ${rest.text}`).all(...values, ...rest.values);

    return steps.map(({ detail }) => String(detail));
  }

  /** Whether there are more rows than so many. */
  hasMoreThan(count: number): boolean {
    return this.#database.prepare(`SELECT 1 FROM ${this.#name} LIMIT 1 OFFSET ?`).get(count) !== undefined;
  }

  #change(sql: string, values: readonly SqlValue[], where: CheckedCondition): number {
    if (!this.touched) return Number(this.#prepared(sql).run(...values).changes);
    const id = soleId(where);
    if (id !== undefined) {
      const changed = Number(this.#prepared(sql).run(...values).changes);
      if (changed > 0) this.touched.add(id);

      return changed;
    }
    const statement = this.#prepared(`${sql} RETURNING "id"`);
    statement.setReturnArrays(false);
    const changed = statement.all(...values) as unknown as readonly { readonly id: string }[];
    for (const { id } of changed) this.touched.add(id);

    return changed.length;
  }

  #row(cells: Cells): Row {
    const row: Record<string, unknown> = {};
    for (const [index, column] of this.columns.entries()) row[column.field] = decode(column, cells[index]!);

    return row as Row;
  }

  #prepared(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) {
      if (this.#statements.size >= mostStatements) this.#statements.clear();
      this.#statements.set(sql, (statement = this.#database.prepare(sql)));
    }

    return statement;
  }
}

/** The one row that a condition is about, where it says so. */
function soleId(where: CheckedCondition): string | undefined {
  return where.kind === "compare" && where.column.field === "id" && where.operator === "is" ? String(where.value) : undefined;
}
