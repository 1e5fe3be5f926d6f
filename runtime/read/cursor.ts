import { createHash } from "node:crypto";
import type { Cells } from "./holds.ts";
import type { SqlValue } from "./columns.ts";
import type { SqlText } from "./condition.ts";
import type { Order } from "./order.ts";

/** Where a page ends: the cells by which the order is, of its last row; the id comes last. */
export type Place = readonly SqlValue[];

/** A place as an opaque text, which only the same order understands. */
export function writeCursor(list: string, order: readonly Order[], cells: Cells): string {
  const place = order.map(({ column }) => cells[column.index]);

  return Buffer.from(JSON.stringify([orderHash(list, order), ...place])).toString("base64url");
}

/** Undefined where the text is no cursor of this order. */
export function readCursor(list: string, order: readonly Order[], text: string): Place | undefined {
  const [hash, ...place] = parse(text);
  if (hash !== orderHash(list, order) || place.length !== order.length) return undefined;

  return place.every((cell, index) => fits(cell, order[index]!)) ? (place as Place) : undefined;
}

/** The rows after a place: those that differ from it first in a field by which they come later. */
export function afterSql(order: readonly Order[], place: Place): SqlText {
  const alternatives = order.map((_, index): SqlText => {
    const same = order.slice(0, index).map(({ column }, before) => ({ text: `${column.name} IS ?`, values: [place[before]!] }));
    const later = laterSql(order[index]!, place[index]!);
    const parts = [...same, later];

    return { text: `(${parts.map(({ text }) => text).join(" AND ")})`, values: parts.flatMap(({ values }) => values) };
  });

  // Said first because an index can find it.
  const first = fromSql(order[0]!, place[0]!);
  const text = `(${alternatives.map((part) => part.text).join(" OR ")})`;

  return {
    text: first ? `${first.text} AND ${text}` : text,
    values: [...(first?.values ?? []), ...alternatives.flatMap((part) => part.values)],
  };
}

/** Nothing comes before everything else. */
function laterSql({ column: { name }, direction }: Order, value: SqlValue): SqlText {
  if (direction === "ascending")
    return value === null ? { text: `${name} IS NOT NULL`, values: [] } : { text: `${name} > ?`, values: [value] };

  return value === null ? { text: "FALSE", values: [] } : { text: `(${name} < ? OR ${name} IS NULL)`, values: [value] };
}

/** A range that holds for all later rows, where one comparison can say it. */
function fromSql({ column: { name, definition, field }, direction }: Order, value: SqlValue): SqlText | undefined {
  if (value === null) return undefined;
  if (direction === "ascending") return { text: `${name} >= ?`, values: [value] };
  const isAlwaysThere = field === "id" || (definition.optional !== true && definition.initialState != null);

  return isAlwaysThere ? { text: `${name} <= ?`, values: [value] } : undefined;
}

function fits(cell: unknown, { column: { storage } }: Order): boolean {
  return cell === null || (storage === "TEXT" ? typeof cell === "string" : Number.isFinite(cell));
}

function parse(text: string): readonly unknown[] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, "base64url").toString());

    return Array.isArray(parsed) ? parsed : [];
  } catch {
    return [];
  }
}

function orderHash(list: string, order: readonly Order[]): string {
  const said = order.map(({ column, direction }) => [column.field, direction]);

  return createHash("sha256")
    .update(JSON.stringify([list, said]))
    .digest("base64url")
    .slice(0, 8);
}
