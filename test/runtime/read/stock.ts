import type { Event } from "../../../runtime/protocol/event.ts";
import type { Row } from "../../../runtime/protocol/query.ts";
import type { ListDefinition } from "../../../runtime/read/list.ts";

/** A row with a field of each kind that is compared in a way of its own. */
export interface StockRow extends Row {
  readonly name: string;
  readonly pieces: number;
  readonly weight: number | null;
  readonly price: string | null;
  readonly age: string;
  readonly sold: boolean;
  readonly tags: readonly string[];
  readonly owner: string | null;
}

export interface StockEvents {
  readonly "shop.item.stored": StockRow;
  readonly "shop.item.changed": Partial<StockRow>;
  readonly "shop.item.cleared": { readonly tag: string };
  readonly "shop.item.repriced": { readonly below: string; readonly price: string };
}

type Stock = ListDefinition<StockRow, StockEvents>;

export const stock: Stock = {
  name: "stock",
  fields: {
    name: { type: "text", initialState: "" },
    pieces: { type: "integer", initialState: 0 },
    weight: { type: "number", optional: true, initialState: null },
    price: { type: "decimal", optional: true, initialState: null },
    age: { type: "duration", initialState: "PT0S" },
    sold: { type: "boolean", initialState: false },
    tags: { type: "list", of: { type: "text" }, initialState: [] },
    owner: { type: "id", optional: true, initialState: null },
  },
  indexes: [["pieces", "name"], ["price"], ["owner"]],
  when: {
    "shop.item.stored"(list, event, mark) {
      list.add(event.data);
      return mark.asDone();
    },
    "shop.item.changed"(list, event, mark) {
      list.update({ where: { id: event.aggregate.id }, set: event.data });
      return mark.asDone();
    },
    "shop.item.cleared"(list, event, mark) {
      list.remove({ where: { tags: { contains: event.data.tag } }, and: (row) => row.name.length % 2 === 0 });
      return mark.asDone();
    },
    "shop.item.repriced"(list, event, mark) {
      list.update({
        where: { price: { lessThan: event.data.below } },
        set: (row) => ({ price: event.data.price, pieces: row.pieces + 1 }),
      });
      return mark.asDone();
    },
  },
  isAuthorized: { read: [{ who: "everyone" }] },
};

/** Of these everybody sees what is sold, and their own. */
export const ownStock: Stock = {
  ...stock,
  name: "ownStock",
  isAuthorized: {
    read: [
      { who: "everyone", rows: () => ({ sold: true }) },
      { who: "authenticated", rows: (user) => ({ owner: user.id }) },
    ],
  },
};

export function stockEvent<Name extends keyof StockEvents>(
  position: number,
  name: Name,
  id: string,
  data: StockEvents[Name],
): Event<StockEvents[Name]> {
  const [context, aggregate, event] = name.split(".") as [string, string, string];

  return {
    id: `event-${position}`,
    context: { name: context },
    aggregate: { name: aggregate, id },
    name: event,
    data,
    user: { id: null },
    metadata: {
      timestamp: new Date(Date.UTC(2026, 0, 1) + position * 1000).toISOString(),
      position,
      revision: 1,
      version: 1,
      commandId: `command-${position}`,
      correlationId: `command-${position}`,
      causationId: `command-${position}`,
    },
  };
}
