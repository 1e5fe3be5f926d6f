import { randomUUID } from "node:crypto";
import { Event } from "commands-events";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { OldClient, OldEvent } from "./client/old-client.ts";
import type { Item } from "./client/lists.ts";
import type { Json } from "./client/wire.ts";
import { runningShop } from "./running.ts";

const shop = runningShop();
const tokens: Record<string, string> = {};

beforeAll(async () => {
  await shop.start();
  for (const name of ["jane", "joe"]) tokens[name] = await shop.tokenOf(name);
  tokens["carl"] = await shop.tokenOf("carl", "clerk");
});
afterAll(() => shop.end());

const connect = (protocol: "wss" | "https", who?: string) => shop.connect(protocol, who === undefined ? undefined : tokens[who]);

const sent = (app: OldClient, kind: string, id: string, name: string, data: object, awaited: string) =>
  new Promise<OldEvent>((resolve, reject) =>
    app
      .run(kind, id, name, { ...data })
      .await(awaited, resolve)
      .failed(reject),
  );

/** What a client hears of all that happens. */
async function heard(app: OldClient, where: Json = {}): Promise<OldEvent[]> {
  const events: OldEvent[] = [];
  await new Promise<void>((resolve) => {
    app
      .observe({ where })
      .started(() => resolve())
      .received((event) => events.push(event));
  });

  return events;
}

/** How often a client is told that a list has changed, and what it then reads. */
async function followed(app: OldClient, list: string): Promise<(readonly Item[])[]> {
  const seen: (readonly Item[])[] = [];
  await new Promise<void>((resolve) => {
    app
      .list(list)
      .readAndObserve()
      .started(() => resolve())
      .updated((items) => seen.push([...items]));
  });

  return seen;
}

const read = (app: OldClient, list: string) =>
  new Promise<readonly Item[]>((resolve, reject) => app.list(list).read().finished(resolve).failed(reject));

describe.each(["wss", "https"] as const)("over %s", (protocol) => {
  const apps: Record<string, OldClient> = {};

  beforeAll(async () => {
    for (const who of ["jane", "joe", "carl"]) apps[who] = await connect(protocol, who);
    apps["nobody"] = await connect(protocol);
  });
  afterAll(() => Object.values(apps).forEach((app) => app.close()));

  const order = async (who: string) => {
    const [app, id] = [apps[who]!, randomUUID()];
    await new Promise((resolve, reject) => {
      app.run("ordering.order", id, "addItem", { sku: "ABC-0001", quantity: 1, price: "10" }).delivered(resolve).failed(reject);
    });
    await sent(app, "ordering.order", id, "place", {}, "placed");

    return id;
  };
  const ids = (items: readonly Item[] | undefined) => items?.map(({ id }) => id) ?? [];

  test("a list shows the rows that the model shows, and who follows it those alone", async () => {
    const [jane, joe, carl, nobody] = await Promise.all(["jane", "joe", "carl", "nobody"].map((who) => followed(apps[who]!, "orders")));
    const [hers, his] = [await order("jane"), await order("joe")];
    await expect.poll(() => ids(jane!.at(-1))).toContain(hers);
    await expect.poll(() => ids(joe!.at(-1))).toContain(his);
    await expect.poll(() => ids(carl!.at(-1))).toEqual(expect.arrayContaining([hers, his]));
    expect([ids(jane!.flat()).includes(his), ids(joe!.flat()).includes(hers), nobody]).toEqual([false, false, []]);
    expect(await read(apps["nobody"]!, "orders")).toEqual([]);
    expect((await read(apps["jane"]!, "orders")).every(({ customer }) => customer === "jane")).toBe(true);
    expect(jane!.at(-1)![0]).toMatchObject({ isAuthorized: { forAuthenticated: false, forPublic: false } });
  });

  test("who may not see a row hears of no change of it", async () => {
    const changes = async (who: string) => {
      const told: OldEvent[] = [];
      const stream = apps[who]!.wire.subscribeToEvents({ type: "readModel", aggregate: { name: "orders" } });
      stream.on("data", (event: OldEvent) => told.push(event));
      await new Promise((resolve) => stream.on("start", resolve));

      return told;
    };
    const [jane, joe, carl, nobody] = await Promise.all(["jane", "joe", "carl", "nobody"].map(changes));
    const [hers, his] = [await order("jane"), await order("joe")];
    const names = (told: readonly OldEvent[] | undefined, row: string) =>
      told!.filter(({ data }) => JSON.stringify(data).includes(row)).map(({ name }) => name);
    await expect.poll(() => [names(jane, hers).at(-1), names(joe, his).at(-1), names(carl, hers).at(-1)]).not.toContain(undefined);
    await expect.poll(() => names(carl, his)).not.toEqual([]);
    expect([names(jane, his), names(joe, hers), nobody]).toEqual([[], [], []]);
    expect(names(jane, hers)[0]).toBe("added");
    expect(jane![0]).toMatchObject({
      ...{ context: { name: "lists" }, aggregate: { name: "orders", id: "00000000-0000-0000-0000-000000000000" } },
      ...{ type: "readModel", custom: {}, data: { payload: { id: hers, customer: "jane" } } },
    });
  });

  test("an event goes to those whom the model shows it, and says whose it is about", async () => {
    const [jane, joe, carl, nobody] = await Promise.all(["jane", "joe", "carl", "nobody"].map((who) => heard(apps[who]!)));
    const [hers, his] = [await order("jane"), await order("joe")];
    const about = (events: readonly OldEvent[] | undefined, id: string) =>
      events!.filter(({ aggregate }) => aggregate.id === id).map(({ name }) => name);
    await expect.poll(() => [about(jane, hers), about(joe, his)]).toEqual([["placed"], ["placed"]]);
    expect([about(jane, his), about(joe, hers), carl, nobody]).toEqual([[], [], [], []]);
    expect(jane!.find(({ aggregate }) => aggregate.id === hers)).toMatchObject({
      ...{ name: "placed", user: { id: "jane" } },
      metadata: { revision: 3, isAuthorized: { owner: "jane", forAuthenticated: false, forPublic: false } },
    });
  });

  test("a rejection goes to its sender, wherever they listen, and to nobody else", async () => {
    const again = await connect(protocol === "wss" ? "https" : "wss", "jane");
    const all = await Promise.all([apps["jane"]!, again, apps["joe"]!, apps["carl"]!, apps["nobody"]!].map((app) => heard(app)));
    const id = randomUUID();
    const failed = await new Promise<Error>((resolve) => apps["jane"]!.run("ordering.order", id, "place").failed(resolve));
    expect([failed.name, failed.message]).toEqual(["CommandRejected", "This order does not exist."]);
    const names = () => all.map((events) => events.filter(({ aggregate }) => aggregate.id === id).map(({ name }) => name));
    await expect.poll(names).toEqual([["placeRejected"], ["placeRejected"], [], [], []]);
    await order("joe");
    expect(names().slice(2)).toEqual([[], [], []]);
    again.close();
  });

  test("what is not allowed is rejected", async () => {
    const introduce = (who: string) =>
      new Promise<Error>((resolve) => {
        const data = { sku: "ABC-9999", price: "1", stock: 1 };
        apps[who]!.run("catalog.product", randomUUID(), "introduce", data).failed(resolve);
      });
    for (const who of ["jane", "nobody"]) expect((await introduce(who)).message).toBe("You are not allowed to introduce this product.");
  });

  test("what flows do belongs to the story of the command that they react to", async () => {
    const jane = await heard(apps["jane"]!, { name: "paid" });
    const id = await order("jane");
    const due = async () => (await read(apps["carl"]!, "openPayments")).find((item) => item["order"] === id)?.id;
    await expect.poll(due).toBeDefined();
    // The flow has begun the payment, under an id that is no UUID; an old client would not take it.
    const runner = apps["carl"]!.run("billing.payment", (await due())!, "receive");
    await new Promise((resolve, reject) => runner.delivered(resolve).failed(reject));
    await expect
      .poll(() => jane.map(({ aggregate, metadata }) => [aggregate.id, metadata.correlationId]))
      .toEqual([[id, runner.command.id]]);
    expect(Event.isWellformed(jane[0])).toBe(true);
    await expect.poll(due).toBeUndefined();
  });
});

test("nobody hears of the rejection of another nobody, unless they know the command", async () => {
  const [one, other, knowing] = await Promise.all([connect("wss"), connect("wss"), connect("wss")]);
  const [hers, others] = await Promise.all([heard(one), heard(other)]);
  const runner = one.run("ordering.order", randomUUID(), "place");
  const knows = await heard(knowing, { metadata: { correlationId: runner.command.id } });
  await new Promise((resolve) => runner.failed(resolve));
  await expect.poll(() => hers.map(({ name }) => name)).toEqual(["placeRejected"]);
  expect(others).toEqual([]);
  expect(knows.length).toBeLessThanOrEqual(1);
  for (const app of [one, other, knowing]) app.close();
});
