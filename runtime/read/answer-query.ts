import type { Row } from "../protocol/query.ts";
import type { CheckedQuery } from "./check-query.ts";
import { comparable } from "./condition.ts";
import type { Granted } from "./permission.ts";
import type { Table } from "./table.ts";

/** The rows that a query asks for and its user may see, in an order that is always the same: where all else is equal, by id. */
export function answerQuery(table: Table, query: CheckedQuery, permission: Granted): readonly Row[] {
  const order = orderSql(query);
  const { where, take, skip } = query;
  if (permission.kind === "everything") return [...table.rows(where, { text: `${order} LIMIT ? OFFSET ?`, values: [take, skip] })];

  const rows: Row[] = [];
  let skipped = 0;
  for (const row of table.rows(where, { text: order, values: [] })) {
    if (!permission.allows(row)) continue;
    if (skipped++ < skip) continue;
    rows.push(row);
    if (rows.length === take) break;
  }

  return rows;
}

function orderSql({ orderBy }: CheckedQuery): string {
  const terms = orderBy.map(({ column, direction }) => `${comparable(column)} ${direction === "descending" ? "DESC" : "ASC"}`);
  if (!orderBy.some(({ column }) => column.field === "id")) terms.push("id");

  return `ORDER BY ${terms.join(", ")}`;
}
