import type { Choice, FunctionDeclaration, Table, Value } from "../domain.ts";
import type { Expression } from "../expression.ts";
import { at, complain, type Environment } from "../resolve/environment.ts";
import { buildType, typeOfField } from "../resolve/type.ts";
import { namespace } from "../symbols/namespace.ts";
import type { ChoiceSymbol, FieldSymbol, FunctionSymbol, TableSymbol, ValueSymbol } from "../symbols/symbols.ts";
import { declaredAs, formerly } from "./declared.ts";
import { buildFields, constant } from "./field.ts";

// What may stand in a context or beside it: values, choices, functions, tables.

const inContext = (context: string | undefined): { readonly context?: string } => (context === undefined ? {} : { context });

export function buildValue(outside: Environment, { tree, source, context, fields }: ValueSymbol): Value {
  const env = at(outside, source, context);
  if (tree.fields.length === 0) complain(env, "value-without-fields", tree.name.span, { name: tree.name.text });
  return { kind: "value", ...declaredAs(env, tree), ...inContext(context), fields: buildFields(env, fields) };
}

export function buildChoice(outside: Environment, { tree, source, context, options }: ChoiceSymbol): Choice {
  const env = at(outside, source, context);
  if (tree.options.length === 0) complain(env, "choice-without-options", tree.name.span, { name: tree.name.text });
  const built = [...options.entries.values()].map(({ name, item }) => ({ name, ...formerly(item.was) }));
  return { kind: "choice", ...declaredAs(env, tree), ...inContext(context), options: built };
}

export function buildFunction(outside: Environment, { tree, source, context }: FunctionSymbol): FunctionDeclaration | undefined {
  const env = at(outside, source, context);
  const parameters = namespace<FieldSymbol>(
    "parameter",
    tree.parameters.map((parameter) => [parameter.name.text, { tree: parameter, source, ...inContext(context) }]),
  );
  const result = buildType(env, tree.result);
  return result && { kind: "function", ...declaredAs(env, tree), ...inContext(context), parameters: buildFields(env, parameters), result };
}

export function buildTable(outside: Environment, { tree, source, context, columns }: TableSymbol): Table {
  const env = at(outside, source, context);
  const rows = tree.rows.flatMap(({ cells }) => {
    const built = cells.map((cell, index) =>
      buildCell(env, cell, tree.columns[index]?.name.text, columns.entries.get(tree.columns[index]?.name.text ?? "")?.item),
    );
    const sound = built.filter((cell) => cell !== undefined);
    return sound.length === tree.columns.length ? [sound] : [];
  });
  return { kind: "table", ...declaredAs(env, tree), ...inContext(context), columns: buildFields(env, columns), rows };
}

function buildCell(
  env: Environment,
  cell: Parameters<typeof constant>[1],
  name: string | undefined,
  column: FieldSymbol | undefined,
): Expression | undefined {
  const type = column && typeOfField(env, column);
  return type && constant(env, cell, type, `"${name ?? ""}"`);
}
