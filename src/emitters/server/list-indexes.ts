import type { Expression } from "../../model/expression.ts";
import type { List, ListStatement } from "../../model/list.ts";

/** The model's indexes, and those by which the list finds the rows that its own events are about. */
export function indexesOf({ indexes, reactions }: List): readonly (readonly string[])[] {
  const sought = reactions.flatMap(({ statements }) => statements.flatMap(soughtIn));
  return sought.reduce((all, fields) => (isServed(fields, all) ? all : [...all, fields]), indexes);
}

/** Whether an index begins with these fields, in whatever order, or the id says it all. */
const isServed = (fields: readonly string[], indexes: readonly (readonly string[])[]): boolean =>
  fields.length === 0 ||
  fields.includes("id") ||
  indexes.some((index) => fields.every((field) => index.slice(0, fields.length).includes(field)));

function soughtIn(statement: ListStatement): readonly (readonly string[])[] {
  switch (statement.kind) {
    case "update-row":
      return [statement.key === undefined ? equalIn(statement.where) : statement.key.map(({ field }) => field)];
    case "remove-row":
      return [equalIn(statement.where)];
    case "when":
      return [...statement.statements, ...(statement.otherwise ?? [])].flatMap(soughtIn);
    case "for-each":
      return statement.statements.flatMap(soughtIn);
    default:
      return [];
  }
}

/** The fields that a condition wants to be equal to something: `where order is event.order and …`. */
function equalIn(condition: Expression | undefined): readonly string[] {
  if (condition === undefined) return [];
  if (condition.kind === "logic") return condition.word === "and" ? [...new Set(condition.operands.flatMap(equalIn))] : [];
  if (condition.kind !== "comparison" || condition.operator !== "is") return [];
  const fields = [condition.left, condition.right].flatMap(fieldOf);
  return fields.length === 1 ? fields : [];
}

function fieldOf(side: Expression): readonly string[] {
  if (side.kind === "given" && side.what === "row id") return ["id"];
  const isPlain = side.type.kind !== "list" && side.type.kind !== "map" && side.type.kind !== "value";
  return side.kind === "read" && side.from === "row" && isPlain ? [side.field] : [];
}
