import type { Changes } from "../protocol/query.ts";

/** What every row of a list has. */
export interface AnyRow {
  readonly id: string;
}

/** From one answer to the next. Rows are never changed in place: whoever keeps an old answer keeps it as it was. */
export interface RowChanges<R extends AnyRow> {
  readonly removed: readonly string[];
  readonly put: readonly { readonly index: number; readonly row: R }[];
}

export function applyChanges<R extends AnyRow>(rows: readonly R[], { removed, put }: RowChanges<R>): readonly R[] {
  const gone = new Set([...removed, ...put.map(({ row }) => row.id)]);
  const next = rows.filter(({ id }) => !gone.has(id));
  for (const { index, row } of put) next.splice(index, 0, row);

  return next;
}

/** What turns one answer into another: rows that are new, differ or moved are put, all others keep their order. */
export function difference<R extends AnyRow>(before: readonly R[], after: readonly R[]): RowChanges<R> {
  const present = new Set(after.map(({ id }) => id));
  const known = new Map(before.map((row, place) => [row.id, { text: JSON.stringify(row), place }]));
  const put: { index: number; row: R }[] = [];
  let lastPlace = -1;

  for (const [index, row] of after.entries()) {
    const old = known.get(row.id);
    if (old && old.place > lastPlace && old.text === JSON.stringify(row)) lastPlace = old.place;
    else put.push({ index, row });
  }

  return { removed: before.filter(({ id }) => !present.has(id)).map(({ id }) => id), put };
}

export function isEmpty({ removed, put }: Changes<never> | RowChanges<AnyRow>): boolean {
  return removed.length === 0 && put.length === 0;
}
