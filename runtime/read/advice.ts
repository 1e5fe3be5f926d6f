import { conditionOf, restOf, type Asking } from "./answer-query.ts";
import type { CheckedCondition, Comparison } from "./condition.ts";
import type { AnyList, Table } from "./table.ts";

/** Smaller lists are read through faster than anybody notices. */
export const largeFrom = 10_000;
const mostShapes = 500;

/** Watches for questions that read through a large list because no index helps, and says so, once for each kind of question. */
export class Advice {
  /** How often each kind of question was asked; infinitely often once it was told. */
  readonly #shapes = new Map<string, number>();

  consider(table: Table, asking: Asking, indexes: AnyList["indexes"]): string | undefined {
    if (!this.isDue(asking) || !table.hasMoreThan(largeFrom) || !readsThrough(table, asking)) return undefined;

    return this.tell(asking, indexes);
  }

  /** Whether it is to be looked at: when a question comes for the first, second, fourth, eighth … time, for the list may have grown. */
  isDue(asking: Asking): boolean {
    const shape = keyOf(asking);
    const asked = (this.#shapes.get(shape) ?? 0) + 1;
    if (asked === Infinity || (asked === 1 && this.#shapes.size >= mostShapes)) return false;
    this.#shapes.set(shape, asked);

    return (asked & (asked - 1)) === 0;
  }

  /** Of a question that reads through a large list. */
  tell(asking: Asking, indexes: AnyList["indexes"]): string | undefined {
    const fields = fieldsOf(asking);
    // Where there is an index, the database has reasons of its own.
    const isServed = indexes.some((index) => fields.every((field) => index.slice(0, fields.length).includes(field)));
    if (fields.length === 0 || isServed) return undefined;
    this.#shapes.set(keyOf(asking), Infinity);

    return `The list ${asking.list} has more than ${largeFrom} rows, and all of them are read to answer a question about ${said(fields)}: add "index by ${fields.join(", ")}" to it.`;
  }
}

/** Whether no index serves. */
function readsThrough(table: Table, asking: Asking): boolean {
  const plan = table.plan(conditionOf(asking.query, asking.permission), restOf(asking.query));
  const reads = plan.some((step) => step.startsWith("SCAN ") && !step.includes("USING INDEX") && !step.includes("json_each"));
  const sorts = plan.some((step) => step.includes("TEMP B-TREE FOR ORDER BY"));

  return reads || (sorts && !plan.some((step) => step.startsWith("SEARCH ")));
}

/** The fields that an index would have to begin with; none where none can. */
function fieldsOf(asking: Asking): readonly string[] {
  const order = asking.query.orderBy.map(({ column }) => column.field).filter((field) => field !== "id");

  return [...new Set([...comparedIn(conditionOf(asking.query, asking.permission)), ...order])];
}

/** The fields that have to be equal to something, then at most one that has to lie somewhere. */
function comparedIn(condition: CheckedCondition): readonly string[] {
  const parts = comparisonsIn(condition);
  const equal = parts.filter(({ operator }) => operator === "is" || operator === "in");
  const ranges = parts.filter(({ operator }) => ["lessThan", "atMost", "moreThan", "atLeast"].includes(operator)).slice(0, 1);

  return [...equal, ...ranges].map(({ column }) => column.field);
}

/** Those that have to hold in any case. */
function comparisonsIn(condition: CheckedCondition): readonly Comparison[] {
  if (condition.kind === "compare") return [condition];

  return condition.kind === "all" ? condition.of.flatMap(comparisonsIn) : [];
}

function shapeOf(condition: CheckedCondition): unknown {
  if (condition.kind === "compare") return [condition.column.field, condition.operator];

  return condition.kind === "not" ? ["not", shapeOf(condition.of)] : [condition.kind, condition.of.map(shapeOf)];
}

const keyOf = (asking: Asking): string =>
  JSON.stringify([asking.list, shapeOf(conditionOf(asking.query, asking.permission)), orderOf(asking)]);

const orderOf = ({ query }: Asking) => query.orderBy.map(({ column, direction }) => [column.field, direction]);

function said(fields: readonly string[]): string {
  return fields.length === 1 ? fields[0]! : `${fields.slice(0, -1).join(", ")} and ${fields.at(-1)}`;
}
