import type * as tree from "../../../grammar/ast.ts";
import type { Table } from "../domain.ts";
import type { Expression } from "../expression.ts";
import { at, type Environment } from "../resolve/environment.ts";
import { typeOfField } from "../resolve/type.ts";
import type { FieldSymbol, TableSymbol } from "../symbols/symbols.ts";
import { declaredAs, inContext } from "./declared.ts";
import { buildFields, constant } from "./field.ts";

/** A row with a cell that is wrong is left out. */
export function buildTable(outside: Environment, { tree, source, context, columns }: TableSymbol): Table {
  const env = at(outside, source, context);
  const symbols = [...columns.entries.values()].map(({ item }) => item);
  const rows = tree.rows.flatMap(({ cells }) => {
    const built = symbols.flatMap((column, index) => cells[index] && (buildCell(env, cells[index], column) ?? []));
    return built.length === symbols.length ? [built.filter((cell) => cell !== undefined)] : [];
  });
  return { kind: "table", ...declaredAs(env, tree), ...inContext(context), columns: buildFields(env, columns), rows };
}

function buildCell(env: Environment, cell: tree.Expression, column: FieldSymbol): Expression | undefined {
  const type = typeOfField(env, column);
  return type && constant(env, cell, type, `"${column.tree.name.text}"`);
}
