import { arrayText } from "../../store/postgres/array-text.ts";
import { encode, isStructured, type Column, type SqlValue } from "../columns.ts";
import type { CheckedCondition, Comparison } from "../condition.ts";
import type { Place } from "../cursor.ts";
import type { Order } from "../order.ts";
import { textOf, typeOf } from "./cells.ts";

/** The values of a statement, in the order of their numbers. */
export class Values {
  readonly all: (string | number | null)[] = [];

  /** What stands for the value in the statement. */
  add(value: string | number | null): string {
    return `$${this.all.push(value)}`;
  }

  cell(column: Column, cell: SqlValue): string {
    return `${this.add(textOf(column, cell))}::${typeOf(column)}`;
  }
}

const order = { lessThan: "<", atMost: "<=", moreThan: ">", atLeast: ">=" } as const;

/** The condition as PostgreSQL's SQL. Every value is a parameter. */
export function conditionText(condition: CheckedCondition, values: Values): string {
  switch (condition.kind) {
    case "all":
      return joined(condition.of, " AND ", "TRUE", values);
    case "any":
      return joined(condition.of, " OR ", "FALSE", values);
    case "not":
      return `(${conditionText(condition.of, values)}) IS NOT TRUE`;
    case "compare":
      return comparisonText(condition, values);
  }
}

function joined(conditions: readonly CheckedCondition[], word: string, none: string, values: Values): string {
  return conditions.length === 0 ? none : `(${conditions.map((part) => conditionText(part, values)).join(word)})`;
}

function comparisonText({ column, operator, value }: Comparison, values: Values): string {
  const { name } = column;
  switch (operator) {
    case "is":
      return value === null ? `${name} IS NULL` : `${name} = ${values.cell(column, encode(column, value))}`;
    case "isNot":
      return `${name} IS DISTINCT FROM ${values.cell(column, encode(column, value))}`;
    case "in":
      return membership(column, value as readonly unknown[], values);
    case "contains":
      return isStructured(column) ? elementOf(column, value, values) : `strpos(${name}, ${values.add(String(value))}) > 0`;
    case "startsWith":
      return `starts_with(${name}, ${values.add(String(value))})`;
    default:
      return `${name} ${order[operator]} ${values.cell(column, encode(column, value))}`;
  }
}

function membership(column: Column, all: readonly unknown[], values: Values): string {
  const present = all.filter((value) => value !== null).map((value) => textOf(column, encode(column, value)));
  const text = `${column.name} = ANY (${values.add(arrayText(present))}::${typeOf(column)}[])`;

  return present.length === all.length ? text : `(${text} OR ${column.name} IS NULL)`;
}

/** Lists are kept as JSON as we write it, so that equal elements have equal texts. */
function elementOf({ name }: Column, value: unknown, values: Values): string {
  return `EXISTS (SELECT FROM json_array_elements(${name}::json) AS element WHERE element.value::text = ${values.add(JSON.stringify(value))})`;
}

/** By what rows are sorted: nothing comes before everything else. */
export function orderText(orders: readonly Order[]): string {
  return orders
    .map(({ column, direction }) => {
      const [word, nulls] = direction === "descending" ? ["DESC", "LAST"] : ["ASC", "FIRST"];

      return column.field === "id" ? `${column.name} ${word}` : `${column.name} ${word} NULLS ${nulls}`;
    })
    .join(", ");
}

/** The rows after a place: those that differ from it first in a field by which they come later. */
export function afterText(orders: readonly Order[], place: Place, values: Values): string {
  const alternatives = orders.map((last, index) => {
    const same = orders.slice(0, index).map(({ column }, before) => `${column.name} IS NOT DISTINCT FROM ${values.cell(column, place[before]!)}`);

    return `(${[...same, laterText(last, place[index]!, values)].join(" AND ")})`;
  });

  return `(${alternatives.join(" OR ")})`;
}

function laterText({ column, direction }: Order, cell: SqlValue, values: Values): string {
  const { name } = column;
  if (direction === "ascending") return cell === null ? `${name} IS NOT NULL` : `${name} > ${values.cell(column, cell)}`;

  return cell === null ? "FALSE" : `(${name} < ${values.cell(column, cell)} OR ${name} IS NULL)`;
}
