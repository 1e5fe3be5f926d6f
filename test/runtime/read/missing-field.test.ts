import { expect, test } from "vitest";
import { LocalReadModel } from "../../../runtime/read/local-read-model.ts";
import type { AnyList } from "../../../runtime/read/table.ts";
import { stock, stockEvent, type StockRow } from "./stock.ts";

const list = stock as unknown as AnyList;
const whole: StockRow = { id: "a", name: "nail", pieces: 3, weight: null, price: null, age: "PT0S", sold: false, tags: [], owner: null };

/** As an event is that was stored under an older model, whose field was renamed without a word about it. */
const without = (field: keyof StockRow) => stockEvent(1, "shop.item.stored", "a", { ...whole, [field]: undefined } as unknown as StockRow);

test("a list stops where an event has nothing for a field that its rows promise to have", () => {
  const model = new LocalReadModel(":memory:", [list]);
  model.attach({ incarnation: "one", position: 0 });
  const { statuses } = model.apply([without("name")]);
  expect(statuses).toMatchObject([
    { position: 0, stopped: { event: "shop.item.stored", position: 1, reason: "there is nothing to put into the field name" } },
  ]);
  model.close();
});

test("what is optional may be missing", () => {
  const model = new LocalReadModel(":memory:", [list]);
  model.attach({ incarnation: "one", position: 0 });
  const { statuses } = model.apply([without("price")]);
  expect(statuses[0]!.stopped).toBeUndefined();
  model.close();
});
