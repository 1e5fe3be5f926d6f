import { createHash } from "node:crypto";
import type { Event } from "../protocol/event.ts";
import { mark } from "../protocol/mark.ts";
import type { Row } from "../protocol/query.ts";
import { checkCondition } from "./check-condition.ts";
import type { CheckedCondition } from "./condition.ts";
import type { Fault } from "./fault.ts";
import type { ForProjections } from "./list.ts";
import type { AnyList, Table } from "./table.ts";

type Change = Partial<Row> | ((row: Row) => Partial<Row>);

/** Applies one event to a list's rows and says whether any of them changed. Throws what the projection throws. */
export function project(list: AnyList, table: Table, event: Event): boolean {
  const name = `${event.context.name}.${event.aggregate.name}.${event.name}`;
  const when = Object.hasOwn(list.when, name) ? list.when[name] : undefined;
  if (!when) return false;

  const rows = new ProjectedRows(list, table, event.aggregate.id);
  const marked = when(rows, event, mark);
  if (marked.kind === "rejected") throw new Error(marked.reason);

  return rows.changed;
}

/** A list's rows while one event is applied: each change is made at once, so that the next one sees it. */
class ProjectedRows implements ForProjections<Row> {
  changed = false;
  readonly #list: AnyList;
  readonly #table: Table;
  readonly #aggregateId: string;

  constructor(list: AnyList, table: Table, aggregateId: string) {
    this.#list = list;
    this.#table = table;
    this.#aggregateId = aggregateId;
  }

  add(row: Partial<Row>): void {
    this.#table.put({ ...this.#table.initial, id: this.#aggregateId, ...row });
    this.changed = true;
  }

  update({ where, set }: { readonly where?: object; readonly set: Change }): void {
    this.#set(this.#selected(where), set);
  }

  addOrUpdate({ key, set }: { readonly key?: Partial<Row>; readonly set: Change }): void {
    const where = this.#selected(key);
    const [row] = this.#table.rows(where, { text: "LIMIT 1", values: [] });
    if (!row) this.add({ ...key, id: idOf(this.#list, key, this.#aggregateId) });
    this.#set(where, set);
  }

  remove({ where }: { readonly where?: object } = {}): void {
    if (this.#table.remove(this.#selected(where)) > 0) this.changed = true;
  }

  #set(where: CheckedCondition, set: Change): void {
    if (typeof set !== "function") {
      if (this.#table.set(set, where) > 0) this.changed = true;

      return;
    }
    for (const row of [...this.#table.rows(where)]) this.#set(this.#only(row.id), set(row));
  }

  #selected(where?: object): CheckedCondition {
    if (where === undefined) return this.#only(this.#aggregateId);
    const faults: Fault[] = [];
    const checked = checkCondition(this.#table.columns, where, faults);
    if (faults[0]) throw new TypeError(`${faults[0].field} ${faults[0].rule}`);

    return checked;
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
