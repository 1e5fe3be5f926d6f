import { createHash } from "node:crypto";
import type { Event } from "../protocol/event.ts";
import { mark } from "../protocol/mark.ts";
import type { Row } from "../protocol/query.ts";
import { checkCondition } from "./check-condition.ts";
import { isStructured } from "./columns.ts";
import { everything, type CheckedCondition } from "./condition.ts";
import type { Fault } from "./fault.ts";
import type { ForProjections, Selection } from "./list.ts";
import type { ProjectedRows } from "./projected-rows.ts";
import type { AnyList } from "./table.ts";

type Change = Partial<Row> | ((row: Row) => Partial<Row>);

/** The full name of an event, by which lists know it. */
export const nameOf = ({ context, aggregate, name }: Event): string => `${context.name}.${aggregate.name}.${name}`;

/** Applies one event to a list's rows and says whether any of them changed. Throws what the projection throws. */
export function project(list: AnyList, table: ProjectedRows, event: Event): boolean {
  const name = nameOf(event);
  const when = Object.hasOwn(list.when, name) ? list.when[name] : undefined;
  if (!when) return false;

  const rows = new RowsOfEvent(list, table, event.aggregate.id);
  const marked = when(rows, event, mark);
  if (marked.kind === "rejected") throw new Error(marked.reason);

  return rows.changed;
}

/** A list's rows while one event is applied: each change is made at once, so that the next one sees it. */
class RowsOfEvent implements ForProjections<Row> {
  changed = false;
  readonly #list: AnyList;
  readonly #table: ProjectedRows;
  readonly #aggregateId: string;

  constructor(list: AnyList, table: ProjectedRows, aggregateId: string) {
    this.#list = list;
    this.#table = table;
    this.#aggregateId = aggregateId;
  }

  add(row: Partial<Row>): void {
    this.#table.put({ ...this.#table.initial, id: this.#aggregateId, ...this.#whole(row) });
    this.changed = true;
  }

  update({ set, ...selection }: Selection<Row> & { readonly set: Change }): void {
    const { condition, holds } = this.#selected(selection);
    if (holds === undefined && typeof set !== "function") return this.#noted(this.#table.set(this.#whole(set), condition));
    for (const row of this.#rows(condition, holds)) {
      this.#noted(this.#table.set(this.#whole(typeof set === "function" ? set(row) : set), this.#only(row.id)));
    }
  }

  addOrUpdate({ key, set }: { readonly key?: Partial<Row>; readonly set: Change }): void {
    const id = idOf(this.#list, key, this.#aggregateId);
    const [found] = this.#table.all(this.#keyed(id, key), { text: "LIMIT 1", values: [] });
    const row = found?.row ?? { ...this.#table.initial, ...key, id };
    this.#table.put({ ...row, ...this.#whole(typeof set === "function" ? set(row) : set) });
    this.changed = true;
  }

  remove(selection: Selection<Row> = {}): void {
    const { condition, holds } = this.#selected(selection);
    if (holds === undefined) return this.#noted(this.#table.remove(condition));
    for (const row of this.#rows(condition, holds)) this.#noted(this.#table.remove(this.#only(row.id)));
  }

  /** What an event that was stored under an older model has not cannot stand in a row that promises to have it. */
  #whole(row: Partial<Row>): Partial<Row> {
    for (const field in row) {
      if (row[field] !== undefined || this.#table.column(field).definition.optional) continue;
      throw new Error(`there is nothing to put into the field ${field}`);
    }

    return row;
  }

  /** All of them before the first is changed: a change does not decide about the next row. */
  #rows(condition: CheckedCondition, holds: ((row: Row) => boolean) | undefined): readonly Row[] {
    const rows = this.#table.all(condition).map(({ row }) => row);

    return holds === undefined ? rows : rows.filter(holds);
  }

  #noted(count: number): void {
    if (count > 0) this.changed = true;
  }

  #selected({ where, and }: Selection<Row>) {
    if (where === undefined) return { condition: this.#only(this.#aggregateId), holds: and };
    if (typeof where === "function") return { condition: everything, holds: and ? (row: Row) => where(row) && and(row) : where };
    const faults: Fault[] = [];
    const condition = checkCondition(this.#table.columns, where, faults, Infinity);
    if (faults[0]) throw new TypeError(`${faults[0].field} ${faults[0].rule}`);

    return { condition, holds: and };
  }

  /** By the values of the key; where they cannot be compared, by the id that derives from them. */
  #keyed(id: string, key: Partial<Row> = { id }): CheckedCondition {
    const values = Object.entries(key).map(([field, value]) => ({ column: this.#table.column(field), value }));
    if (values.some(({ column }) => isStructured(column))) return this.#only(id);

    return { kind: "all", of: values.map(({ column, value }) => ({ kind: "compare", column, operator: "is", value })) };
  }

  #only(id: string): CheckedCondition {
    return { kind: "compare", column: this.#table.column("id"), operator: "is", value: id };
  }
}

/** The same key has the same id in every rebuild. */
function idOf(list: AnyList, key: Partial<Row> | undefined, aggregateId: string): string {
  if (key === undefined) return aggregateId;
  if (typeof key.id === "string") return key.id;
  const sorted = Object.entries(key).sort(([left], [right]) => (left < right ? -1 : 1));
  const hex = createHash("sha256")
    .update(JSON.stringify([list.name, sorted]))
    .digest("hex");

  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join("-");
}
