import { encode, isStructured, type Column, type SqlValue } from "./columns.ts";

/** A condition that was checked against a list's columns. */
export type CheckedCondition =
  | { readonly kind: "all" | "any"; readonly of: readonly CheckedCondition[] }
  | { readonly kind: "not"; readonly of: CheckedCondition }
  | Comparison;

export interface Comparison {
  readonly kind: "compare";
  readonly column: Column;
  readonly operator: Operator;
  readonly value: unknown;
}

/** Every row. */
export const everything: CheckedCondition = { kind: "all", of: [] };

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

function joined(conditions: readonly CheckedCondition[], word: string, none: string): SqlText {
  if (conditions.length === 0) return { text: none, values: [] };
  const parts = conditions.map(conditionSql);

  return { text: `(${parts.map(({ text }) => text).join(word)})`, values: parts.flatMap(({ values }) => values) };
}

function comparisonSql({ column, operator, value }: Comparison): SqlText {
  const { name } = column;
  switch (operator) {
    case "is":
      return value === null ? { text: `${name} IS NULL`, values: [] } : { text: `${name} = ?`, values: [encode(column, value)] };
    case "isNot":
      return { text: `${name} IS NOT ?`, values: [encode(column, value)] };
    case "in":
      return membership(column, value as readonly unknown[]);
    case "contains":
      return isStructured(column) ? elementOf(column, value) : { text: `instr(${name}, ?) > 0`, values: [value as string] };
    case "startsWith":
      return { text: `substr(${name}, 1, ?) = ?`, values: [[...(value as string)].length, value as string] };
    default:
      return { text: `${name} ${order[operator]} ?`, values: [encode(column, value)] };
  }
}

function membership(column: Column, values: readonly unknown[]): SqlText {
  const present = values.filter((value) => value !== null);
  const text = `${column.name} IN (${present.map(() => "?").join(", ")})`;

  return {
    text: present.length === values.length ? text : `(${text} OR ${column.name} IS NULL)`,
    values: present.map((value) => encode(column, value)),
  };
}

function elementOf({ name }: Column, value: unknown): SqlText {
  const element = typeof value === "boolean" ? Number(value) : (value as SqlValue);

  return { text: `EXISTS (SELECT 1 FROM json_each(${name}) WHERE json_each.value IS ?)`, values: [element] };
}
