import type { CheckedQuery } from "./check-query.ts";
import type { CheckedCondition, SqlText } from "./condition.ts";
import { afterSql, writeCursor } from "./cursor.ts";
import type { Granted } from "./permission.ts";
import type { Stored, Table } from "./table.ts";

/** A question with the rights of who asks it. */
export interface Asking {
  readonly list: string;
  readonly query: CheckedQuery;
  readonly permission: Granted;
}

export interface Page {
  readonly rows: readonly Stored[];
  /** Where the next page begins; undefined after the last one. */
  readonly cursor?: string;
}

/** The rows that a query asks for and its user may see, in an order that is always the same. */
export function answerQuery(table: Table, asking: Asking): Page {
  const { list, query } = asking;
  const rows = rowsOf(table, asking, query.skip, query.take + 1);
  const last = rows.length > query.take ? rows[query.take - 1] : undefined;

  return { rows: rows.slice(0, query.take), ...(last && { cursor: writeCursor(list, query.orderBy, last.cells) }) };
}

/** How many there are, all pages together. */
export function countRows(table: Table, { query, permission }: Asking): number {
  const keeps = keeping(query, permission);
  const where = conditionOf(query, permission);
  if (!keeps) return table.count(where);
  let count = 0;
  for (const stored of table.rows(where)) if (keeps(stored)) count += 1;

  return count;
}

/** Some rows in the query's order, whatever it takes and skips. */
export function rowsOf(table: Table, asking: Asking, skip: number, take: number): Stored[] {
  const { query, permission } = asking;
  const keeps = keeping(query, permission);
  const where = conditionOf(query, permission);
  if (!keeps) return table.all(where, restOf(query, { text: " LIMIT ? OFFSET ?", values: [take, skip] }));

  const rows: Stored[] = [];
  let skipped = 0;
  for (const stored of table.rows(where, restOf(query))) {
    if (!keeps(stored)) continue;
    if (skipped++ < skip) continue;
    rows.push(stored);
    if (rows.length === take) break;
  }

  return rows;
}

/** What follows the condition in SQL. */
export function restOf({ after, orderBy }: CheckedQuery, limit: SqlText = { text: "", values: [] }): SqlText {
  const terms = orderBy.map(({ column, direction }) => `${column.name} ${direction === "descending" ? "DESC" : "ASC"}`);
  const from = after ? afterSql(orderBy, after) : undefined;

  return {
    text: `${from ? `AND ${from.text} ` : ""}ORDER BY ${terms.join(", ")}${limit.text}`,
    values: [...(from?.values ?? []), ...limit.values],
  };
}

export function conditionOf({ where }: CheckedQuery, permission: Granted): CheckedCondition {
  return permission.kind === "everything" || !permission.rows ? where : { kind: "all", of: [where, permission.rows] };
}

/** What the database cannot say of a row; undefined where it says it all. */
export function keeping({ and }: CheckedQuery, permission: Granted): ((stored: Stored) => boolean) | undefined {
  const allows = permission.kind === "rows" ? permission.allows : undefined;
  if (!and) return allows && (({ row }) => allows(row));

  return ({ row }) => and(row) && (!allows || allows(row));
}
