import { expect, test } from "vitest";
import { connect } from "../../examples/shop/client/shop.ts";
import { shop } from "../../examples/shop/server/server.ts";
import { runExample } from "./running-example.ts";

/** The shop over its own API and clients: what its scenarios say of the model, said of the whole. */
async function opened() {
  const running = await runExample("shop", shop, "2026-03-02T10:00:00.000Z");
  const as = async (name: string, ...roles: readonly string[]) => {
    const token = await running.tokenOf(name, ...roles);
    return connect(running.url, { token: () => token });
  };
  const [jane, clerk] = await Promise.all([as("jane"), as("carl", "clerk")]);
  const orders = async () => (await jane.lists.orders.read({})).map(({ status, total, tracking }) => ({ status, total, tracking }));
  return { ...running, as, jane, clerk, orders };
}

test("an order is placed, paid and shipped", async () => {
  const { as, jane, clerk, orders, settled } = await opened();
  const mine = jane.ordering.order("o1");
  await mine.addItem({ sku: "ABC-0001", quantity: 2, price: "10.50" });
  await mine.addItem({ sku: "ABC-0002", quantity: 1, price: "4" });
  await expect(mine.addItem({ sku: "ABC-0002", quantity: 1, price: "4" })).rejects.toThrow("ABC-0002 is in the order already.");
  const mallory = await as("mallory");
  await expect(mallory.ordering.order("o1").place()).rejects.toThrow("You are not allowed to place this order.");
  await mine.place();
  await settled();
  expect(await orders()).toEqual([{ status: "placed", total: "25", tracking: null }]);

  // What flows have done is not what who asks has done: the list may be a moment behind.
  const payments = () => clerk.lists.openPayments.read({});
  await expect.poll(payments).toMatchObject([{ order: "o1", amount: "25" }]);
  await clerk.billing.payment((await payments())[0]!.id).receive();
  await settled();
  await clerk.ordering.order("o1").ship({ tracking: "T-1" });
  await settled();
  await expect.poll(() => clerk.lists.turnover.read({})).toMatchObject([{ day: "2026-03-02", orders: 1, amount: "25" }]);
  await expect.poll(orders).toEqual([{ status: "shipped", total: "25", tracking: "T-1" }]);
  expect(await mallory.lists.orders.read({})).toEqual([]);
});

test("an order that is not paid is cancelled after three days, and not before", async () => {
  const { jane, orders, pass, settled } = await opened();
  await jane.ordering.order("o1").addItem({ sku: "ABC-0001", quantity: 1, price: "10" });
  await jane.ordering.order("o1").place();
  await settled();
  await pass(71.9);
  await expect.poll(orders).toMatchObject([{ status: "placed" }]);
  await pass(0.1);
  await expect.poll(orders).toMatchObject([{ status: "cancelled" }]);
});
