import { isStructured, type Column } from "./columns.ts";
import type { AnyList } from "./table.ts";

/**
 * The columns of a list as an older generation of it has them, whose fields were others. `literal` says a value in SQL. Undefined where that one cannot stand in: a
 * field is missing of which nobody knows what it would hold, or by which a rule may decide who sees a row.
 */
export function standInColumns(
  list: AnyList,
  before: readonly Column[],
  now: readonly Column[],
  literal: (column: Column, value: unknown) => string,
): readonly Column[] | undefined {
  const decides = list.isAuthorized.read.some(({ rows, where }) => rows ?? where);
  const columns = now.map((column): Column | undefined => {
    const old = before.find((candidate) => candidate.field === column.field);
    if (old && isLike(old, column)) return { ...column, name: old.name };
    const isKnown = column.initialState !== null || column.definition.optional === true;

    return old || decides || !isKnown ? undefined : { ...column, name: literal(column, column.initialState) };
  });

  return columns.every((column) => column !== undefined) ? columns : undefined;
}

/** Whether what lies in the old column can be read as what the new one holds. */
function isLike(old: Column, column: Column): boolean {
  const form = ({ definition: { initialState: _, ...rest } }: Column) => JSON.stringify(isStructured(column) ? rest : rest.type);

  return form(old) === form(column) && (column.definition.optional === true || old.definition.optional !== true);
}
