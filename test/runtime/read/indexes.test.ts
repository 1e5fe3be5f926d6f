import { expect, test } from "vitest";
import { anonymous } from "../../../runtime/protocol/user.ts";
import { DatabaseSync } from "node:sqlite";
import { conditionOf, restOf } from "../../../runtime/read/answer-query.ts";
import { checkQuery } from "../../../runtime/read/check-query.ts";
import { createTable, tableOf } from "../../../runtime/read/generation.ts";
import { LocalReadModel } from "../../../runtime/read/local-read-model.ts";
import type { AnyList } from "../../../runtime/read/table.ts";
import { stock, stockEvent, type StockRow } from "./stock.ts";

const list = stock as unknown as AnyList;

/** How SQLite finds the rows of a query. */
function planOf(query: object): string {
  const database = new DatabaseSync(":memory:");
  createTable(database, list, 1);
  const table = tableOf(database, list, 1);
  const checked = checkQuery("stock", table.columns, query);
  if ("problem" in checked) throw new Error(checked.problem.detail);
  const plan = table.plan(conditionOf(checked, { kind: "everything" }), restOf(checked)).join("; ");
  database.close();

  return plan.replaceAll("list_stock_1_0", "pieces-name").replaceAll("list_stock_1_1", "price").replaceAll("list_stock_1_2", "owner");
}

test.each([
  [
    "equality and order",
    { where: { pieces: 3 }, orderBy: { name: "ascending" } },
    "SEARCH list_stock_1 USING INDEX pieces-name (pieces=?)",
  ],
  ["a range", { where: { pieces: { atLeast: 3 } }, orderBy: { pieces: "ascending" } }, "USING INDEX pieces-name (pieces>?)"],
  [
    "a decimal",
    { where: { price: { lessThan: "9.5" } }, orderBy: { price: "ascending" } },
    "SEARCH list_stock_1 USING INDEX price (price<?)",
  ],
  ["an order by a decimal", { orderBy: { price: "descending", id: "descending" } }, "SCAN list_stock_1 USING INDEX price"],
  ["several values", { where: { owner: { in: ["jane", "joe"] } } }, "SEARCH list_stock_1 USING INDEX owner (owner=?)"],
  ["the id", { where: { id: "a" } }, "SEARCH list_stock_1 USING PRIMARY KEY (id=?)"],
])("an index serves %s", (_, query, plan) => {
  expect(planOf(query)).toContain(plan);
});

test("what reads through a large list is said once for each kind of question, and what an index serves never is", () => {
  const model = new LocalReadModel(":memory:", [list]);
  model.attach({ incarnation: "one", position: 0 });
  const rows = Array.from({ length: 10_001 }, (_, index) => ({ id: `r${index}`, name: `n${index}`, pieces: index, age: "PT0S" }));
  const advise = (query: object) => {
    const answer = model.read({ list: "stock", query, user: anonymous });

    return answer.kind === "answer" ? answer.advice : answer.problem.detail;
  };
  expect(advise({ where: { name: "n1", sold: false } })).toBeUndefined();
  model.apply(rows.map((row, index) => stockEvent(index + 1, "shop.item.stored", row.id, row as unknown as StockRow)));

  expect(advise({ where: { pieces: 3 }, orderBy: { name: "ascending" } })).toBeUndefined();
  expect(advise({ where: { name: "n1", sold: false } })).toBe(
    'The list stock has more than 10000 rows, and all of them are read to answer a question about name and sold: add "index by name, sold" to it.',
  );
  expect(advise({ where: { name: "n2", sold: true } })).toBeUndefined();
  expect(advise({ orderBy: { weight: "ascending" } })).toContain('add "index by weight"');
  expect(advise({ where: { pieces: { moreThan: 3 } } })).toBeUndefined();
  expect(advise({})).toBeUndefined();
  model.close();
});
