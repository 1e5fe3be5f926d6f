import type { ListRow } from "./list-tables.ts";
import type { EventRow } from "./tables.ts";
import { senderOf } from "./tallied/server/server.ts";

/** A question about a list, in the form of the wire, as far as the auditor understands it. */
export interface Asked {
  readonly list: string;
  readonly query: {
    readonly where?: Readonly<Record<string, string | { readonly atLeast: number }>>;
    readonly orderBy: Readonly<Record<string, "ascending" | "descending">>;
    readonly take: number;
  };
}

/** The lists of the tallied chat from scratch, event by event, without anything of the runtime's. The ids of the tally, which it makes up, are left out. */
export class Fold {
  position = 0;
  readonly #messages = new Map<string, ListRow>();
  readonly #tally = new Map<string, { sender: string; messages: number; likes: number }>();
  readonly #events: readonly EventRow[];

  constructor(events: readonly EventRow[]) {
    this.#events = events;
  }

  /** Goes on to a position. */
  to(position: number): this {
    for (; this.position < position && this.position < this.#events.length; this.position++) this.#take(this.#events[this.position]!);
    return this;
  }

  rows(list: string): readonly ListRow[] {
    return [...(list === "messages" ? this.#messages : this.#tally).values()].map((row) => ({ ...row }));
  }

  answer({ list, query }: Asked): readonly ListRow[] {
    const conditions = Object.entries(query.where ?? {});
    const [[field, direction]] = Object.entries(query.orderBy) as [[string, string]];
    const sign = direction === "descending" ? -1 : 1;
    return this.rows(list)
      .filter((row) => conditions.every(([name, wanted]) => holds(row[name], wanted)))
      .sort((left, right) => sign * compare(left[field], right[field]) || compare(left.id, right.id))
      .slice(0, query.take);
  }

  #take({ aggregateId: id, name, data: { text, likes }, timestamp }: EventRow): void {
    const sender = senderOf(id);
    const counted = this.#tally.get(sender) ?? { sender, messages: 0, likes: 0 };
    this.#tally.set(sender, counted);
    if (name === "sent") {
      this.#messages.set(id, { id, text, likes: 0, timestamp });
      counted.messages += 1;
    } else {
      this.#messages.set(id, { ...this.#messages.get(id), likes });
      counted.likes += 1;
    }
  }
}

function holds(value: unknown, wanted: string | { readonly atLeast: number }): boolean {
  return typeof wanted === "string" ? value === wanted : Number(value) >= wanted.atLeast;
}

function compare(left: unknown, right: unknown): number {
  if (left === right) return 0;
  return (left as string | number) < (right as string | number) ? -1 : 1;
}
