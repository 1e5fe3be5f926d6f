import { builders } from "prettier/doc";
import type { Domain, Table } from "../../model/domain.ts";
import type { EmittedFile } from "../emitted-file.ts";
import { header } from "../header.ts";
import { layOutAssignment } from "../javascript/lay-out-assignment.ts";
import { layOut } from "../javascript/lay-out-expression.ts";
import { textAt } from "../javascript/lay-out-statements.ts";
import { array, name as nameOf, object, type Js } from "../javascript/syntax.ts";
import type { Shared } from "../declared-names.ts";
import { docComment } from "../typescript/doc-comment.ts";
import { fieldsText } from "../typescript/interface.ts";
import { emitConstant } from "./constant.ts";
import { Imports } from "./imports.ts";
import { tablesTemplate } from "./tables.template.ts";

/** `server/tables.ts`: the fixed data of the model. Nothing where it has none. */
export function emitTables(domain: Domain, shared: Shared): readonly EmittedFile[] {
  if (domain.tables.length === 0) return [];
  return [{ path: "server/tables.ts", text: tablesTemplate(shapeTables(domain, shared)), ownership: "generated" }];
}

export function shapeTables({ tables, place }: Domain, shared: Shared) {
  const imports = new Imports(shared, "./", tables.map(shared.typeName), ["tables", ...tables.map(shared.tableName)]);
  const shapes = tables.map((table) => ({
    comment: docComment(0, table.description),
    typeName: shared.typeName(table),
    members: fieldsText(table.columns, imports.value),
    open: declaration(`const ${shared.tableName(table)}: readonly ${shared.typeName(table)}[]`, rowsOf(table, imports)),
  }));
  const all = object(tables.map((table) => [shared.tableName(table), nameOf(shared.tableName(table))]));
  return { header: header(place, "tables"), imports: imports.text(), tables: shapes, all: declaration("export const tables", all) };
}

const rowsOf = ({ columns, rows }: Table, imports: Imports): Js =>
  array(
    rows.map((cells) =>
      object(
        columns.flatMap(({ name }, index) => (cells[index] === undefined ? [] : [[name, emitConstant(cells[index], imports)] as const])),
      ),
    ),
  );

const declaration = (left: string, value: Js): string =>
  textAt(0, [builders.group(layOutAssignment(left, " =", value, { role: "value" }, layOut)), ";"]);
