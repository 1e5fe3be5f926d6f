import type { SqlValue } from "./columns.ts";
import type { Equality } from "./equality.ts";
import type { Candidate } from "./window.ts";

/** A question that is observed. */
export interface Indexed {
  /** What every row of its answer has, where there is such a thing. */
  readonly equality: Equality | undefined;
  /** The rows that it has an eye on. */
  readonly ids: Iterable<string>;
}

/** Rows as they are now, by their ids; undefined are those that are gone. */
export type Touched = ReadonlyMap<string, Candidate | undefined>;

/**
 * The questions about one list, found by the rows that changed: a question for rows with a certain value is concerned where a row has that value now, or is one that it
 * has an eye on. So thousands of them, each for something else, need not be asked one by one.
 */
export class LiveIndex<Query extends Indexed> {
  readonly #all = new Set<Query>();
  /** Those that any row may concern. */
  readonly #open = new Set<Query>();
  readonly #byCell = new Map<number, Map<SqlValue, Set<Query>>>();
  readonly #byRow = new Map<string, Set<Query>>();
  readonly #rowsOf = new Map<Query, ReadonlySet<string>>();

  get all(): ReadonlySet<Query> {
    return this.#all;
  }

  add(query: Query): void {
    this.#all.add(query);
    if (query.equality === undefined) return void this.#open.add(query);
    const { index, cell } = query.equality;
    const cells = this.#byCell.get(index) ?? new Map<SqlValue, Set<Query>>();
    this.#byCell.set(index, cells);
    put(cells, cell, query);
    this.renew(query);
  }

  remove(query: Query): void {
    this.#all.delete(query);
    this.#open.delete(query);
    if (query.equality === undefined) return;
    const { index, cell } = query.equality;
    const cells = this.#byCell.get(index)!;
    take(cells, cell, query);
    if (cells.size === 0) this.#byCell.delete(index);
    for (const id of this.#rowsOf.get(query)!) take(this.#byRow, id, query);
    this.#rowsOf.delete(query);
  }

  /** To be called when a question may have its eye on other rows. */
  renew(query: Query): void {
    if (query.equality === undefined) return;
    const before = this.#rowsOf.get(query) ?? new Set();
    const now = new Set(query.ids);
    for (const id of before) if (!now.has(id)) take(this.#byRow, id, query);
    for (const id of now) if (!before.has(id)) put(this.#byRow, id, query);
    this.#rowsOf.set(query, now);
  }

  /** The questions that these rows may concern, each with those that do. */
  concerned(touched: Touched): ReadonlyMap<Query, Touched> {
    const found = new Map<Query, Map<string, Candidate | undefined>>();
    const concern = (queries: Iterable<Query>, id: string, row: Candidate | undefined) => {
      for (const query of queries) found.set(query, (found.get(query) ?? new Map<string, Candidate | undefined>()).set(id, row));
    };
    for (const [id, row] of touched) {
      concern(this.#byRow.get(id) ?? [], id, row);
      if (row) for (const [index, cells] of this.#byCell) concern(cells.get(row.cells[index]!) ?? [], id, row);
    }

    return new Map<Query, Touched>([...[...this.#open].map((query) => [query, touched] as const), ...found]);
  }
}

function put<Key, Value>(map: Map<Key, Set<Value>>, key: Key, value: Value): void {
  const values = map.get(key);
  if (values) values.add(value);
  else map.set(key, new Set([value]));
}

function take<Key, Value>(map: Map<Key, Set<Value>>, key: Key, value: Value): void {
  const values = map.get(key);
  values?.delete(value);
  if (values?.size === 0) map.delete(key);
}
