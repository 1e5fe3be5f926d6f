import type { PostgresAddress } from "../../store/postgres/address.ts";
import { arrayText } from "../../store/postgres/array-text.ts";
import type { Connections, Query, TextRow } from "../../store/postgres/connections.ts";
import { encode, type Column } from "../columns.ts";
import { digestOf } from "../list-digest.ts";
import type { ListStatus, LogHead } from "../read-model.ts";
import { standInColumns } from "../stand-in.ts";
import type { AnyList } from "../table.ts";
import { postgresColumns, textOf, typeOf } from "./cells.ts";
import { creating, ListTable, tableName, tableOf } from "./list-table.ts";
import { lockTables } from "./schema.ts";

/** How far one making of a list has come, and whether it answers. */
export interface Generation {
  readonly number: number;
  readonly digest: string;
  readonly position: number;
  readonly isComplete: boolean;
  readonly stopped?: NonNullable<ListStatus["stopped"]>;
}

interface Known extends Generation {
  readonly incarnation: string;
  readonly fields: string;
}

/** The generation that a list is in or will be in, and the one before, which answers until then. */
export interface Opened {
  readonly own: Generation;
  readonly table: ListTable;
  readonly standIn?: { readonly table: ListTable; readonly position: number };
}

/** In the place of a digest: no definition of a list has it. */
export const replaced = "replaced";

/** Who has this right applies the events to a generation. */
export const rightTo = ({ schema }: PostgresAddress, number: number): string => `wkgen ${schema} list ${number}`;

/** The generations of all lists in one database, which several processes share. */
export class Generations {
  readonly #connections: Connections;
  readonly #address: PostgresAddress;

  constructor(connections: Connections, address: PostgresAddress) {
    this.#connections = connections;
    this.#address = address;
  }

  /**
   * Where a list stands on this log. One whose rows come from another definition or log, or from beyond its end, is made anew in a table of its own;
   * until that is complete, what it was before may answer.
   */
  open(list: AnyList, log: LogHead): Promise<Opened> {
    return this.#connections.transaction(async (query) => {
      await lockTables(query, this.#address);
      return this.#open(query, list, log);
    });
  }

  /** How far the furthest of these lists has come on a log. */
  async furthest(lists: readonly AnyList[], { incarnation }: LogHead): Promise<number> {
    const values = [arrayText(lists.map(({ name }) => name)), incarnation];
    const [row] = await this.#connections.read({ ...furthest, values });

    return Number(row?.[0] ?? 0);
  }

  /** For a list that somebody wants to have made anew; undefined where it belongs to another definition by now. */
  reopen(list: AnyList, incarnation: string): Promise<Opened | undefined> {
    return this.#connections.transaction(async (query) => {
      await lockTables(query, this.#address);
      const known = await this.#known(query, list);
      if (!known.some(({ digest }) => digest === replaced || digest === digestOf(list))) return undefined;
      return this.#open(query, list, { incarnation, position: Number.MAX_SAFE_INTEGER });
    });
  }

  /** Has a list made anew the next time that it is opened, and by whoever has it open. */
  async replace(list: string): Promise<void> {
    await this.#connections.read({ text: "UPDATE list_generations SET digest = $1 WHERE list = $2", values: [replaced, list] });
  }

  /** Those of the generations that there are. */
  async look(numbers: readonly number[]): Promise<ReadonlyMap<number, Generation>> {
    const rows = await this.#connections.read({ ...look, values: [`{${numbers.join()}}`] });
    return new Map(rows.map((row) => [Number(row[0]), generationFrom(row)]));
  }

  async #open(query: Query, list: AnyList, { incarnation, position: end }: LogHead): Promise<Opened> {
    const digest = digestOf(list);
    const known = (await this.#known(query, list)).filter((one) => one.incarnation === incarnation && one.position <= end);
    const own = known.findLast((one) => one.digest === digest) ?? (await this.#begin(query, list, digest, incarnation, end));
    const before = own.isComplete ? undefined : known.findLast(({ isComplete, number }) => isComplete && number !== own.number);
    await this.#dropOthers(query, list, [own.number, ...(before ? [before.number] : [])]);
    const table = before && standInTable(list, before);

    return { own, table: tableOf(list, own.number), ...(table && { standIn: { table, position: before.position } }) };
  }

  async #known(query: Query, { name }: AnyList): Promise<readonly Known[]> {
    const rows = await query({ ...known, values: [name] });
    return rows.map((row) => ({ ...generationFrom(row), incarnation: row[5]!, fields: row[6]! }));
  }

  /** On an empty log there is nothing to make. */
  async #begin(query: Query, list: AnyList, digest: string, incarnation: string, end: number): Promise<Generation> {
    const values = [list.name, digest, incarnation, end === 0, JSON.stringify(list.fields)];
    const [row] = await query({ text: begin, values });
    const number = Number(row![0]);
    for (const statement of creating(list, number)) await query(statement);

    return { number, digest, position: 0, isComplete: end === 0 };
  }

  /** But for those that another version of the application still brings up to date. */
  async #dropOthers(query: Query, list: AnyList, kept: readonly number[]): Promise<void> {
    for (const { number } of await this.#known(query, list)) {
      if (kept.includes(number)) continue;
      const [row] = await query({ text: "SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0))", values: [rightTo(this.#address, number)] });
      if (row?.[0] !== "t") continue;
      await query({ text: `DROP TABLE IF EXISTS "${tableName(list, number).replaceAll('"', '""')}"` });
      await query({ text: "DELETE FROM list_changes WHERE generation = $1", values: [number] });
      await query({ text: "DELETE FROM list_generations WHERE number = $1", values: [number] });
    }
  }
}

const state = "number, digest, position, complete, stopped";
const look = { name: "lists_look", text: `SELECT ${state} FROM list_generations WHERE number = ANY ($1::bigint[])` };
const known = { name: "lists_known", text: `SELECT ${state}, incarnation, fields FROM list_generations WHERE list = $1 ORDER BY number` };
const furthest = {
  name: "lists_furthest",
  text: "SELECT max(position) FROM list_generations WHERE list = ANY ($1::text[]) AND incarnation = $2",
};
const begin = `INSERT INTO list_generations (list, digest, incarnation, position, complete, forgotten, fields)
  VALUES ($1, $2, $3, 0, $4, 0, $5) RETURNING number`;

function generationFrom([number, digest, position, complete, stopped]: TextRow): Generation {
  return {
    number: Number(number),
    digest: digest!,
    position: Number(position),
    isComplete: complete === "t",
    ...(stopped != null && { stopped: JSON.parse(stopped) as NonNullable<ListStatus["stopped"]> }),
  };
}

function standInTable(list: AnyList, { number, fields }: Known): ListTable | undefined {
  const columns = standInColumns(list, postgresColumns(JSON.parse(fields)), postgresColumns(list.fields), literal);

  return columns && new ListTable(tableName(list, number), columns);
}

/** A value as it stands in SQL. */
function literal(column: Column, value: unknown): string {
  const text = textOf(column, encode(column, value));

  return `${text === null ? "NULL" : `'${text.replaceAll("'", "''")}'`}::${typeOf(column)}`;
}
