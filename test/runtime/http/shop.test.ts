import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { serve, type Served } from "../../../runtime/serve.ts";
import { shop } from "../../emitters/golden/shop/server/server.ts";

/** The shop, played over its API: files, threads, sockets and tokens are real; only the clock is turned by hand. */
const day = 24 * 3_600_000;

let folder: string;
let served: Served;
let now: number;

async function open(): Promise<void> {
  served = await serve(shop, {
    ...{ port: 0, host: "localhost", http: true, dev: true, now: () => now },
    ...{ store: { kind: "sqlite", file: join(folder, "shop.db") }, data: folder, lists: join(folder, "shop.lists.db") },
    client: join(folder, "client"),
  });
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "wkgen-shop-"));
  now = Date.parse("2026-03-01T10:00:00.000Z");
  await open();
});

afterEach(async () => {
  await served.close();
  rmSync(folder, { recursive: true });
});

async function ask(path: string, token?: string, body?: object): Promise<{ readonly status: number; readonly answer: any }> {
  const answer = await fetch(`${served.url}${path}`, {
    method: body ? "POST" : "GET",
    headers: { ...(body && { "content-type": "application/json" }), ...(token && { authorization: `Bearer ${token}` }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: answer.status, answer: await answer.json() };
}

async function login(name: string, ...roles: readonly string[]): Promise<string> {
  return (await ask("/dev/login", undefined, { name, roles })).answer.token;
}

/** Sends a command, and waits until the flows have done what they do about it. */
async function send(token: string, path: string, data: object = {}): Promise<number> {
  const { status } = await ask(`/api/commands/${path}`, token, data);
  await served.flows!.settled();
  return status;
}

async function pass(time: number): Promise<void> {
  now += time;
  await served.flows!.settled();
}

async function read(token: string, list: string): Promise<readonly any[]> {
  const { position } = (await ask("/health/ready")).answer.log;
  return (await ask(`/api/lists/${list}?after=${position}`, token)).answer.rows;
}

async function order(token: string, price = "10.50"): Promise<void> {
  expect(await send(token, "ordering/order/o1/addItem", { sku: "ABC-0001", quantity: 2, price })).toBe(200);
  expect(await send(token, "ordering/order/o1/place")).toBe(200);
}

/** The payment that the flow has asked for. */
async function requested(): Promise<{ readonly id: string; readonly data: unknown; readonly user: unknown } | undefined> {
  const { openSqliteLog } = await import("../../../runtime/store/sqlite/log.ts");
  const log = await openSqliteLog(join(folder, "shop.db"), { newId: () => "id" });
  const event = (await log.read(0, 1_000)).find(({ name }) => name === "requested");
  await log.close();
  return event && { id: event.aggregate.id, data: event.data, user: event.user };
}

test("an order is placed, paid, and shipped", async () => {
  const [jane, clerk] = [await login("jane"), await login("bob", "clerk")];
  await order(jane);
  const payment = await requested();
  expect(payment).toMatchObject({ data: { order: "o1", amount: "21" }, user: { id: "jane" } });

  await pass(day);
  expect(await send(clerk, `billing/payment/${payment!.id}/receive`)).toBe(200);
  expect(await read(jane, "orders")).toMatchObject([{ id: "o1", status: "paid", total: "21", customer: "jane" }]);

  await pass(30 * day);
  expect(await send(clerk, "ordering/order/o1/ship", { tracking: "T1" })).toBe(200);
  expect(await read(jane, "orders")).toMatchObject([{ status: "shipped", tracking: "T1" }]);
  expect(await read(clerk, "turnover")).toMatchObject([{ day: "2026-03-01", orders: 1, amount: "21" }]);
});

test("an order that nobody pays is cancelled after three days, not earlier, though the shop was closed in between", async () => {
  const jane = await login("jane");
  await order(jane);
  await pass(3 * day - 1);
  expect(await read(jane, "orders")).toMatchObject([{ status: "placed" }]);

  await served.close();
  now += 5 * day;
  await open();
  await served.flows!.settled();
  expect(await read(await login("jane"), "orders")).toMatchObject([{ status: "cancelled" }]);
});

test("an order that costs nothing needs no payment", async () => {
  const jane = await login("jane");
  await order(jane, "0");
  expect(await requested()).toBeUndefined();
  expect(await read(jane, "orders")).toMatchObject([{ status: "paid" }]);
  await pass(4 * day);
  expect(await read(jane, "orders")).toMatchObject([{ status: "paid" }]);
});

test("who may not do a thing cannot, though a flow may", async () => {
  const jane = await login("jane");
  await order(jane);
  expect(await send(jane, "ordering/order/o1/confirmPayment")).toBe(403);
  expect((await ask("/health/ready")).answer.flows).toEqual([{ flow: "fulfilment", position: 3, status: "running", parked: 0 }]);
});
