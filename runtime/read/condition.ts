import { encode, isStructured, type Column, type SqlValue } from "./columns.ts";

/** A condition that was checked against a list's columns. */
export type CheckedCondition =
  | { readonly kind: "all" | "any"; readonly of: readonly CheckedCondition[] }
  | { readonly kind: "not"; readonly of: CheckedCondition }
  | { readonly kind: "compare"; readonly column: Column; readonly operator: Operator; readonly value: unknown };

export type Operator = "is" | "isNot" | "lessThan" | "atMost" | "moreThan" | "atLeast" | "in" | "contains" | "startsWith";

export interface SqlText {
  readonly text: string;
  readonly values: readonly SqlValue[];
}

const order = { lessThan: "<", atMost: "<=", moreThan: ">", atLeast: ">=" } as const;

/** The condition as SQL. Every value is a parameter. */
export function conditionSql(condition: CheckedCondition): SqlText {
  switch (condition.kind) {
    case "all":
      return joined(condition.of, " AND ", "TRUE");
    case "any":
      return joined(condition.of, " OR ", "FALSE");
    case "not": {
      const { text, values } = conditionSql(condition.of);

      // `IS NOT TRUE`, not `NOT`: what compares to nothing is not true, so its contrary is.
      return { text: `(${text}) IS NOT TRUE`, values };
    }
    case "compare":
      return comparisonSql(condition);
  }
}

/** What a column is compared and sorted by: decimals are kept as text, and are numbers. */
export function comparable({ name, type }: Column): string {
  return type === "decimal" ? `CAST(${name} AS REAL)` : name;
}

function joined(conditions: readonly CheckedCondition[], word: string, none: string): SqlText {
  if (conditions.length === 0) return { text: none, values: [] };
  const parts = conditions.map(conditionSql);

  return { text: `(${parts.map(({ text }) => text).join(word)})`, values: parts.flatMap(({ values }) => values) };
}

function comparisonSql({ column, operator, value }: CheckedCondition & { readonly kind: "compare" }): SqlText {
  const left = comparable(column);
  switch (operator) {
    case "is":
      return value === null
        ? { text: `${left} IS NULL`, values: [] }
        : { text: `${left} = ${parameter(column)}`, values: [encode(column, value)] };
    case "isNot":
      return { text: `${left} IS NOT ${parameter(column)}`, values: [encode(column, value)] };
    case "in":
      return membership(column, value as readonly unknown[]);
    case "contains":
      return isStructured(column) ? elementOf(column, value) : { text: `instr(${left}, ?) > 0`, values: [value as string] };
    case "startsWith":
      return { text: `substr(${left}, 1, length(?)) = ?`, values: [value as string, value as string] };
    default:
      return { text: `${left} ${order[operator]} ${parameter(column)}`, values: [encode(column, value)] };
  }
}

function parameter({ type }: Column): string {
  return type === "decimal" ? "CAST(? AS REAL)" : "?";
}

function membership(column: Column, values: readonly unknown[]): SqlText {
  const present = values.filter((value) => value !== null);
  const text = `${comparable(column)} IN (${present.map(() => parameter(column)).join(", ")})`;

  return {
    text: present.length === values.length ? text : `(${text} OR ${column.name} IS NULL)`,
    values: present.map((value) => encode(column, value)),
  };
}

function elementOf({ name }: Column, value: unknown): SqlText {
  const element = typeof value === "boolean" ? Number(value) : (value as SqlValue);

  return { text: `EXISTS (SELECT 1 FROM json_each(${name}) WHERE json_each.value IS ?)`, values: [element] };
}
