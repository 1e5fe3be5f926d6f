import { columnsOf, quoted, type Column, type SqlValue } from "../columns.ts";
import type { ListField } from "../list.ts";
import { decimalOf, sortableDecimal } from "../sortable.ts";

const longestName = 63;
/** Columns that every table has already. */
const systemColumns = new Set(["tableoid", "xmin", "cmin", "xmax", "cmax", "ctid"]);

/** The columns of a list under names that PostgreSQL takes; where it does not take the field's, a number. */
export function postgresColumns(fields: { readonly [name: string]: ListField }): readonly Column[] {
  return columnsOf(fields).map((column) => {
    const isTaken = Buffer.byteLength(column.name) - 2 <= longestName && !systemColumns.has(column.field);

    return isTaken ? column : { ...column, name: quoted(String(column.index)) };
  });
}

/** What a column is in PostgreSQL. Texts have no collation there, so that they are ordered by code points as everywhere else. */
export function typeOf({ type, storage }: Column): "boolean" | "numeric" | "bigint" | "double precision" | "text" {
  if (type === "boolean") return "boolean";
  if (type === "decimal") return "numeric";
  if (storage === "TEXT") return "text";

  return storage === "INTEGER" ? "bigint" : "double precision";
}

/** A cell, which is what all engines have in common, as PostgreSQL reads it. */
export function textOf({ type }: Column, cell: SqlValue): string | null {
  if (cell === null) return null;
  if (type === "boolean") return cell === 1 ? "t" : cell === 0 ? "f" : String(cell);

  return type === "decimal" ? decimalOf(String(cell)) : String(cell);
}

/** The cell that PostgreSQL tells of. */
export function cellOf({ type, storage }: Column, text: string | null): SqlValue {
  if (text === null) return null;
  if (type === "boolean") return text === "t" ? 1 : 0;
  if (type === "decimal") return sortableDecimal(text);

  return storage === "TEXT" ? text : Number(text);
}

/** The cell as its column will have it. Throws where it cannot. */
export function fitting(column: Column, cell: SqlValue): SqlValue {
  if (cell === null) return null;
  if (column.storage === "TEXT") return fittingText(column, String(cell));
  const number = typeof cell === "string" && cell.trim() !== "" ? Number(cell) : cell;
  const fits = typeof number === "number" && (column.storage === "INTEGER" ? Number.isSafeInteger(number) : Number.isFinite(number));
  if (!fits) throw new TypeError(`The field "${column.field}" cannot hold ${JSON.stringify(cell)}.`);

  return number;
}

function fittingText({ field }: Column, text: string): string {
  if (text.includes("\0")) throw new TypeError(`The field "${field}" cannot hold the character NUL.`);

  return text.toWellFormed();
}
