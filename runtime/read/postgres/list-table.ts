import { arrayText } from "../../store/postgres/array-text.ts";
import type { Query, Statement, TextRow } from "../../store/postgres/connections.ts";
import type { Row } from "../../protocol/query.ts";
import { conditionOf, keeping, type Asking } from "../answer-query.ts";
import { decode, quoted, type Column } from "../columns.ts";
import type { CheckedCondition } from "../condition.ts";
import type { Place } from "../cursor.ts";
import type { Cells } from "../holds.ts";
import type { AnyList, Stored } from "../table.ts";
import { cellOf, postgresColumns, textOf, typeOf } from "./cells.ts";
import { afterText, conditionText, orderText, Values } from "./condition-text.ts";

const longestName = 63;
/** So many rows are looked at together where a function decides which of them count. */
const chunk = 500;

/** One generation of a list as PostgreSQL keeps it: a table with a column for each field. */
export class ListTable {
  readonly columns: readonly Column[];
  readonly #name: string;
  readonly #select: string;
  readonly #put: string;

  constructor(name: string, columns: readonly Column[]) {
    this.columns = columns;
    this.#name = quoted(name);
    this.#select = `SELECT ${columns.map((column) => column.name).join(", ")} FROM ${this.#name}`;
    this.#put = `INSERT INTO ${this.#name} SELECT * FROM unnest(${columns.map((column, index) => `$${index + 1}::${typeOf(column)}[]`).join(", ")})
      ON CONFLICT (id) DO ${replacing(columns.slice(1))}`;
  }

  /** In the place of the rows with the same ids. */
  putting(rows: readonly Cells[]): Statement {
    return { text: this.#put, values: this.columns.map((column, index) => arrayText(rows.map((cells) => textOf(column, cells[index]!)))) };
  }

  removing(ids: readonly string[]): Statement {
    return { text: `DELETE FROM ${this.#name} WHERE id = ANY ($1::text[])`, values: [arrayText(ids)] };
  }

  /** The rows with these ids that there are. */
  async find(query: Query, ids: readonly string[]): Promise<readonly Stored[]> {
    return this.#stored(await query({ text: `${this.#select} WHERE id = ANY ($1::text[])`, values: [arrayText(ids)] }));
  }

  async matching(query: Query, where: CheckedCondition): Promise<readonly Stored[]> {
    const values = new Values();
    const text = `${this.#select} WHERE ${conditionText(where, values)}`;

    return this.#stored(await query({ text, values: values.all }));
  }

  /** Some rows of an answer in its order, whatever it takes and skips. */
  async rows(query: Query, asking: Asking, skip: number, take: number): Promise<readonly Stored[]> {
    const keeps = keeping(asking.query, asking.permission);
    if (!keeps) return this.#page(query, asking, asking.query.after, skip, take);

    const kept: Stored[] = [];
    for await (const stored of this.#all(query, asking)) {
      if (keeps(stored)) kept.push(stored);
      if (kept.length === skip + take) break;
    }

    return kept.slice(skip);
  }

  async count(query: Query, asking: Asking): Promise<number> {
    const keeps = keeping(asking.query, asking.permission);
    let count = 0;
    if (keeps) {
      for await (const stored of this.#all(query, asking)) if (keeps(stored)) count += 1;

      return count;
    }
    const values = new Values();
    const where = conditionText(conditionOf(asking.query, asking.permission), values);
    const [row] = await query({ text: `SELECT count(*) FROM ${this.#name} WHERE ${where}`, values: values.all });

    return Number(row?.[0]);
  }

  /** Whether an answer is found by reading through more rows than so many. */
  async readsThrough(query: Query, asking: Asking, many: number): Promise<boolean> {
    const [large] = await query({ text: `SELECT 1 FROM ${this.#name} OFFSET ${many} LIMIT 1` });
    if (large === undefined) return false;
    const asked = this.#asked(asking, asking.query.after, asking.query.skip, asking.query.take);
    const plan = (await query({ ...asked, text: `EXPLAIN ${asked.text}` })).map(([step]) => step!);
    const isServed = plan.some((step) => step.includes("Index Cond"));

    return !isServed && plan.some((step) => /\bFilter:|\bSort\b/.test(step));
  }

  /** Page by page, for those who may not want all of them. */
  async *#all(query: Query, asking: Asking): AsyncGenerator<Stored> {
    let { after } = asking.query;
    for (;;) {
      const page = await this.#page(query, asking, after, 0, chunk);
      yield* page;
      if (page.length < chunk) return;
      const { cells } = page.at(-1)!;
      after = asking.query.orderBy.map(({ column }) => cells[column.index]!);
    }
  }

  async #page(query: Query, asking: Asking, after: Place | undefined, skip: number, take: number) {
    return this.#stored(await query(this.#asked(asking, after, skip, take)));
  }

  #asked({ query: asked, permission }: Asking, after: Place | undefined, skip: number, take: number): Statement {
    const values = new Values();
    const where = conditionText(conditionOf(asked, permission), values);
    const from = after ? ` AND ${afterText(asked.orderBy, after, values)}` : "";
    const text = `${this.#select} WHERE ${where}${from} ORDER BY ${orderText(asked.orderBy)} LIMIT ${values.add(take)} OFFSET ${values.add(skip)}`;

    return { text, values: values.all };
  }

  #stored(rows: readonly TextRow[]): readonly Stored[] {
    return rows.map((texts) => {
      const cells = this.columns.map((column, index) => cellOf(column, texts[index]!));

      return { cells, row: rowOf(this.columns, cells) };
    });
  }
}

export function rowOf(columns: readonly Column[], cells: Cells): Row {
  return Object.fromEntries(columns.map((column, index) => [column.field, decode(column, cells[index]!)])) as unknown as Row;
}

/** With the list's name at its end, as far as there is room, for people who look at it. */
export function tableName({ name }: AnyList, number: number): string {
  let text = `list_${number}_${name}`;
  while (Buffer.byteLength(text) > longestName) text = text.slice(0, -1);

  return text.toWellFormed();
}

export const tableOf = (list: AnyList, number: number): ListTable => new ListTable(tableName(list, number), postgresColumns(list.fields));

/** Makes the table of a generation, and the indexes of its list: each ends with the id, by which all orders end. */
export function creating(list: AnyList, number: number): readonly Statement[] {
  const name = quoted(tableName(list, number));
  const columns = postgresColumns(list.fields);
  const cells = columns.map((column) => `${column.name} ${typeOf(column)}${typeOf(column) === "text" ? ' COLLATE "C"' : ""}`);
  const indexes = list.indexes.map((fields) => {
    const parts = fields.map((field) => columns.find((column) => column.field === field)!);
    const ordered = parts.map((column) => (column.field === "id" ? column.name : `${column.name} NULLS FIRST`));

    return `CREATE INDEX ON ${name} (${[...ordered, ...(fields.includes("id") ? [] : ['"id"'])].join(", ")})`;
  });

  return [`CREATE TABLE ${name} (${cells.join(", ")}, PRIMARY KEY (id))`, ...indexes].map((text) => ({ text }));
}

function replacing(columns: readonly Column[]): string {
  return columns.length === 0 ? "NOTHING" : `UPDATE SET ${columns.map(({ name }) => `${name} = excluded.${name}`).join(", ")}`;
}
