import type { Row } from "../../protocol/query.ts";
import { encode, type Column, type SqlValue } from "../columns.ts";
import type { CheckedCondition, Comparison } from "../condition.ts";
import { compareCells, holding, type Cells } from "../holds.ts";
import type { ProjectedRows } from "../projected-rows.ts";
import type { Stored } from "../table.ts";
import { fitting } from "./cells.ts";
import { rowOf } from "./list-table.ts";

/** What a projection asked for is not in hand, and has to be fetched before it can go on. */
class NotInHand extends Error {}

interface Undo {
  readonly id: string;
  /** Undefined: nothing was known of the row; null: there was none. */
  readonly before: Cells | null | undefined;
}

/**
 * The rows of a list that its projections need, in memory, where they are changed at once: what a projection asks for and is not there yet is remembered as wanted, to be
 * fetched together. What has been fetched stays true as long as nobody else changes the list.
 */
export class RowsInHand implements ProjectedRows {
  readonly columns: readonly Column[];
  readonly initial: Readonly<Record<string, unknown>>;
  readonly #byField: ReadonlyMap<string, Column>;
  /** By id; null: there is no such row. */
  readonly #rows = new Map<string, Cells | null>();
  /** Conditions of which all rows are in hand. */
  readonly #known = new Set<string>();
  /** By the fields that are asked for by equality, and their values, the ids of the rows. */
  readonly #equals = new Map<string, Equals>();
  readonly #undo: Undo[] = [];
  #wanted = new Map<string, CheckedCondition>();

  constructor(columns: readonly Column[]) {
    this.columns = columns;
    this.initial = Object.fromEntries(columns.map(({ field, initialState }) => [field, initialState]));
    this.#byField = new Map(columns.map((column) => [column.field, column]));
  }

  /** How many rows are known of. */
  get size(): number {
    return this.#rows.size;
  }

  get wants(): boolean {
    return this.#wanted.size > 0;
  }

  /** A place to go back to. */
  get moment(): number {
    return this.#undo.length;
  }

  /** What has to be fetched; nothing is wanted any more afterwards. */
  takeWanted(): readonly CheckedCondition[] {
    const wanted = [...this.#wanted.values()];
    this.#wanted = new Map();

    return wanted;
  }

  /** All rows that match, as they are stored. What is in hand is newer. */
  fetched(where: CheckedCondition, found: readonly Stored[]): void {
    for (const { cells } of found) if (!this.#rows.has(String(cells[0]))) this.#keep(String(cells[0]), cells);
    const id = soleId(where);
    if (id === undefined) this.#known.add(keyOf(where));
    else if (!this.#rows.has(id)) this.#keep(id, null);
  }

  goBack(moment: number): void {
    for (const { id, before } of this.#undo.splice(moment).reverse()) this.#keep(id, before);
  }

  /** The rows as they are now that were changed, and the ids of those that are gone; from now on nothing is changed. */
  takeChanges(): ReadonlyMap<string, Cells | null> {
    const changed = new Map(this.#undo.map(({ id }) => [id, this.#rows.get(id) ?? null]));
    this.#undo.length = 0;

    return changed;
  }

  column(field: string): Column {
    const column = this.#byField.get(field);
    if (!column) throw new TypeError(`There is no field "${field}" in the list.`);

    return column;
  }

  put(row: Row): void {
    for (const field of Object.keys(row)) this.column(field);
    this.#change(row.id, this.columns.map((column) => fitting(column, encode(column, row[column.field]))));
  }

  set(changes: Readonly<Record<string, unknown>>, where: CheckedCondition): number {
    const fields = Object.entries(changes).map(([field, value]) => {
      const column = this.column(field);

      return { column, cell: fitting(column, encode(column, value)) };
    });
    if (fields.length === 0) return 0;
    const found = this.#matching(where);
    for (const before of found) {
      const after = [...before];
      for (const { column, cell } of fields) after[column.index] = cell;
      if (after[0] !== before[0]) this.#change(String(before[0]), null);
      this.#change(String(after[0]), after);
    }

    return found.length;
  }

  remove(where: CheckedCondition): number {
    const found = this.#matching(where);
    for (const [id] of found) this.#change(String(id), null);

    return found.length;
  }

  all(where: CheckedCondition): readonly { readonly row: Row }[] {
    return this.#matching(where).map((cells) => ({ row: rowOf(this.columns, cells) }));
  }

  #matching(where: CheckedCondition): readonly Cells[] {
    const id = soleId(where);
    if (id !== undefined) {
      const cells = this.#rows.get(id);
      if (cells === undefined) throw this.#want(where);

      return cells === null ? [] : [cells];
    }
    if (!this.#known.has(keyOf(where))) throw this.#want(where);
    const equality = equalityOf(where);
    const found = equality ? this.#equalTo(equality) : [...this.#rows.values()].filter((cells) => cells !== null).filter(holding(where));

    return found.sort(([left], [right]) => compareCells(left!, right!));
  }

  #want(where: CheckedCondition): NotInHand {
    this.#wanted.set(keyOf(where), where);

    return new NotInHand();
  }

  #equalTo({ places, cells }: Equality): Cells[] {
    const key = places.join();
    let equals = this.#equals.get(key);
    if (!equals) {
      this.#equals.set(key, (equals = new Equals(places)));
      for (const [id, row] of this.#rows) if (row !== null) equals.add(id, row);
    }

    return equals.find(cells).map((id) => this.#rows.get(id)!);
  }

  #change(id: string, cells: Cells | null): void {
    this.#undo.push({ id, before: this.#rows.get(id) });
    this.#keep(id, cells);
  }

  #keep(id: string, cells: Cells | null | undefined): void {
    const before = this.#rows.get(id);
    for (const equals of this.#equals.values()) {
      if (before) equals.remove(id, before);
      if (cells) equals.add(id, cells);
    }
    if (cells === undefined) this.#rows.delete(id);
    else this.#rows.set(id, cells);
  }
}

/** Finds rows by what some of their cells are equal to. */
class Equals {
  readonly #places: readonly number[];
  readonly #ids = new Map<string, Set<string>>();

  constructor(places: readonly number[]) {
    this.#places = places;
  }

  add(id: string, row: Cells): void {
    const key = this.#key(row);
    this.#ids.set(key, (this.#ids.get(key) ?? new Set()).add(id));
  }

  remove(id: string, row: Cells): void {
    this.#ids.get(this.#key(row))?.delete(id);
  }

  find(cells: Cells): string[] {
    return [...(this.#ids.get(JSON.stringify(cells)) ?? [])];
  }

  #key(row: Cells): string {
    return JSON.stringify(this.#places.map((place) => row[place]));
  }
}

interface Equality {
  readonly places: readonly number[];
  readonly cells: readonly SqlValue[];
}

/** Where a condition says nothing else than what some fields are equal to. */
function equalityOf(where: CheckedCondition): Equality | undefined {
  const parts = where.kind === "all" ? where.of : [where];
  const isEquality = (part: CheckedCondition): part is Comparison => part.kind === "compare" && part.operator === "is";
  if (parts.length === 0 || !parts.every(isEquality)) return undefined;

  return { places: parts.map(({ column }) => column.index), cells: parts.map(({ column, value }) => encode(column, value)) };
}

/** The one row that a condition is about, where it says so. */
function soleId(where: CheckedCondition): string | undefined {
  if (where.kind === "all" && where.of.length === 1) return soleId(where.of[0]!);

  return where.kind === "compare" && where.column.field === "id" && where.operator === "is" ? String(where.value) : undefined;
}

const keyOf = (where: CheckedCondition): string =>
  JSON.stringify(where, (_, value: unknown) =>
    typeof value === "object" && value !== null && "storage" in value ? (value as Column).field : value,
  );
