import type { CheckedQuery } from "./check-query.ts";
import type { AnsweredRow } from "./difference.ts";
import type { Equality } from "./equality.ts";
import { compareCells } from "./holds.ts";
import type { Stored } from "./table.ts";

/** A row that may stand in an answer. */
export interface Candidate extends AnsweredRow, Stored {}

/** What a window is a window of. */
export interface View {
  /** What every row has that belongs to the answer, where there is such a thing. */
  readonly equality?: Equality | undefined;
  readonly query: Pick<CheckedQuery, "orderBy" | "skip" | "take">;
  /** Whether a row belongs to the answer, as far as the question and its user's rights go. */
  keeps(candidate: Candidate): boolean;
  /** The first rows of the answer, in order; undefined where they have to be fetched first. */
  first(count: number): readonly Candidate[] | undefined;
}

/** So many rows beyond the answer are known, for when some of it go away. */
const slack = 20;

const neededBy = ({ skip, take }: View["query"]): number => skip + take;

/** How many rows a window begins with. */
export const firstOf = (query: View["query"]): number => neededBy(query) + slack;

/**
 * The rows of an answer, kept up to date by the rows that change, and a few that would come next. The database is asked again only when more
 * rows have gone than are known to follow.
 */
export class Window {
  readonly #view: View;
  readonly #needed: number;
  readonly #byId = new Map<string, Candidate>();
  #rows: Candidate[] = [];
  /** All rows up to and with this one are known; all there are, where it is undefined. */
  #boundary: Candidate | undefined;
  #visible: readonly AnsweredRow[] = [];
  /** How many rows of the answer it needs, and could not have at once; what is visible is what was before. */
  wanted: number | undefined;

  constructor(view: View) {
    this.#view = view;
    this.#needed = neededBy(view.query);
    this.renew();
  }

  get visible(): readonly AnsweredRow[] {
    return this.#visible;
  }

  /** The rows that it knows: of others it takes notice when they come to belong to it. */
  get ids(): Iterable<string> {
    return this.#byId.keys();
  }

  /** Asks the database for everything. */
  renew(): void {
    const most = this.#needed + slack;
    const first = this.#view.first(most);
    this.wanted = first === undefined ? most : undefined;
    if (first === undefined) return;
    this.#rows = [...first];
    this.#boundary = this.#rows.length < most ? undefined : this.#rows.at(-1);
    this.#byId.clear();
    for (const row of this.#rows) this.#byId.set(row.id, row);
    this.#show();
  }

  /** Takes in rows as they are now; undefined are those that are gone. Whether that may have changed the answer. */
  update(touched: ReadonlyMap<string, Candidate | undefined>): boolean {
    let changed = false;
    for (const [id, row] of touched) changed = this.#replace(id, row) || changed;
    if (!changed) return false;
    if (this.#rows.length < this.#needed && this.#boundary) this.renew();
    else this.#trim();

    return true;
  }

  #replace(id: string, row: Candidate | undefined): boolean {
    const before = this.#byId.get(id);
    const belongs = row !== undefined && this.#view.keeps(row) && (!this.#boundary || this.#compare(row, this.#boundary) <= 0);
    if (before) this.#rows.splice(this.#place(before), 1);
    this.#byId.delete(id);
    if (belongs) {
      this.#rows.splice(this.#place(row), 0, row);
      this.#byId.set(id, row);
    }

    return belongs || before !== undefined;
  }

  #trim(): void {
    const most = this.#needed + 2 * slack;
    if (this.#rows.length > most) {
      for (const { id } of this.#rows.splice(this.#needed + slack)) this.#byId.delete(id);
      this.#boundary = this.#rows.at(-1);
    }
    this.#show();
  }

  #show(): void {
    this.#visible = this.#rows.slice(this.#view.query.skip, this.#needed);
  }

  /** Where a row stands, or would. */
  #place(row: Candidate): number {
    let low = 0;
    let high = this.#rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#compare(this.#rows[middle]!, row) < 0) low = middle + 1;
      else high = middle;
    }

    return low;
  }

  /** As the database orders; where all else is equal, by id. */
  #compare(left: Candidate, right: Candidate): number {
    for (const { column, direction } of this.#view.query.orderBy) {
      const order = compareCells(left.cells[column.index]!, right.cells[column.index]!);
      if (order !== 0) return direction === "descending" ? -order : order;
    }

    return compareCells(left.id, right.id);
  }
}
