import type { Json, Query, Wire } from "./wire.ts";

export type Item = Json & { readonly id: string };

/** What an application could do with one list. */
export class OldList {
  readonly #wire: Wire;
  readonly #name: string;

  constructor(wire: Wire, name: string) {
    this.#wire = wire;
    this.#name = name;
  }

  read(query: Query = {}) {
    const told = { failed: thrown, finished: (_items: readonly Item[]) => {} };
    process.nextTick(() =>
      this.#snapshot(
        query,
        (items) => told.finished(items),
        (error) => told.failed(error),
      ),
    );

    return chain(told);
  }

  readOne(query?: Query) {
    if (!query) throw new Error("Query is missing.");
    if (!query.where) throw new Error("Where is missing.");
    const told = { failed: thrown, finished: (_item: Item) => {} };
    process.nextTick(() => {
      const found = ([item]: readonly Item[]) => (item ? told.finished(item) : told.failed(new Error("Item not found.")));
      this.#snapshot({ where: query.where!, take: 1 }, found, (error) => told.failed(error));
    });

    return chain(told);
  }

  /** Asks the whole question again after every event about the list. */
  readAndObserve(query: Query = {}) {
    type Told = (items: readonly Item[], cancel: () => void) => void;
    const told = { failed: thrown, started: ((_items, _cancel) => {}) as Told, updated: ((_items, _cancel) => {}) as Told };
    process.nextTick(() => {
      const events = this.#wire.subscribeToEvents({ context: { name: "lists" }, aggregate: { name: this.#name }, type: "readModel" });
      const result: Item[] = [];
      const cancel = () => {
        state = "over";
        events.cancel();
      };
      let state: "reading" | "dirty" | "idle" | "over" = "idle";
      const ask = () => {
        state = "reading";
        const refused = (error: Error) => {
          cancel();
          told.failed(error);
        };
        this.#snapshot(query, (items) => take(items), refused);
      };
      const take = (items: readonly Item[]) => {
        if (state === "over") return;
        if (JSON.stringify(items) !== JSON.stringify(result)) {
          result.splice(0, result.length, ...items);
          told.updated(result, cancel);
        }
        if (state === "dirty") ask();
        else if (state === "reading") state = "idle";
      };
      events.on("start", () => {
        told.started(result, cancel);
        ask();
      });
      events.on("data", () => {
        if (state === "idle") ask();
        else if (state === "reading") state = "dirty";
      });
      events.on("error", (error: Error) => told.failed(error));
    });

    return chain(told);
  }

  #snapshot(query: Query, finished: (items: readonly Item[]) => void, failed: (error: Error) => void): void {
    const items: Item[] = [];
    const stream = this.#wire.readList(this.#name, query);
    stream.on("data", (item: Item) => items.push(item)).on("end", () => finished(items));
    stream.on("error", failed);
  }
}

const thrown = (error: Error): void => {
  throw error;
};

type Chain<Told> = { readonly [Name in keyof Told]: (callback: Told[Name]) => Chain<Told> };

/** `.failed(…).finished(…)` */
export function chain<Told extends object>(told: Told): Chain<Told> {
  const made: Record<string, unknown> = {};
  for (const name of Object.keys(told)) {
    made[name] = (callback: Told[keyof Told]) => {
      told[name as keyof Told] = callback;

      return made;
    };
  }

  return made as Chain<Told>;
}
