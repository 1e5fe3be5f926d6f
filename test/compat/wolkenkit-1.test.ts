import { randomUUID } from "node:crypto";
import { Event } from "commands-events";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { getJson, type OldClient, type OldEvent } from "./client/old-client.ts";
import type { Item } from "./client/lists.ts";
import type { CommandRejected } from "./client/command-runner.ts";
import type { Query } from "./client/wire.ts";
import { runningChat } from "./running.ts";

const chat = runningChat();
const kind = "communication.message";

beforeAll(() => chat.start());
afterAll(() => chat.end());

/** Sends, and waits for an event of this name, or for what went wrong. */
const sent = (app: OldClient, id: string, name: string, data: object, awaited: string) =>
  new Promise<OldEvent>((resolve, reject) =>
    app
      .run(kind, id, name, { ...data })
      .await(awaited, resolve)
      .failed(reject),
  );

const read = (app: OldClient, query?: Query) =>
  new Promise<readonly Item[]>((resolve, reject) => app.list("messages").read(query).finished(resolve).failed(reject));

const rejection = (app: OldClient, id: string, name: string, data: object = {}) =>
  new Promise<Error>((resolve) => app.run(kind, id, name, { ...data }).failed(resolve));

test("is there for a client that asks whether it is, and what there is", async () => {
  expect(await getJson(chat.place, "/v1/ping?_=1497700000000")).toEqual({ api: "v1" });
  expect(await getJson(chat.place, "/v1/configuration.json")).toEqual({
    writeModel: {
      communication: {
        message: {
          commands: { send: {}, like: {}, authorize: {}, transferOwnership: {} },
          events: {
            ...{ sent: {}, liked: {}, authorized: {}, transferredOwnership: {} },
            ...{ sendRejected: {}, sendFailed: {}, likeRejected: {}, likeFailed: {} },
            ...{ authorizeRejected: {}, authorizeFailed: {}, transferOwnershipRejected: {}, transferOwnershipFailed: {} },
          },
        },
      },
    },
    readModel: { lists: { messages: {} } },
  });
});

describe.each(["wss", "https"] as const)("a client over %s", (protocol) => {
  let app: OldClient;

  beforeAll(async () => {
    app = await chat.connect(protocol);
  });
  afterAll(() => app.close());

  test("sends a command, hears that it was delivered, and what happened", async () => {
    const id = randomUUID();
    const order: string[] = [];
    const event = await new Promise<OldEvent>((resolve, reject) => {
      app
        .run(kind, id, "send", { text: "hey" })
        .delivered(() => order.push("delivered"))
        .await("sent", (event, command) => {
          order.push("sent");
          expect(event.metadata).toMatchObject({ correlationId: command.id, causationId: command.id });
          resolve(event);
        })
        .failed(reject);
    });

    expect(order).toContain("sent");
    if (protocol === "wss") expect(order).toEqual(["delivered", "sent"]);
    expect(event).toEqual({
      ...{ context: { name: "communication" }, aggregate: { name: "message", id }, name: "sent", id: expect.any(String), type: "domain" },
      ...{ data: { text: "hey" }, custom: {}, user: { id: "anonymous" } },
      metadata: {
        ...{ timestamp: expect.any(Number), published: false, correlationId: expect.any(String), causationId: expect.any(String) },
        ...{ revision: 2, position: expect.any(Number), isAuthorized: { owner: "anonymous", forAuthenticated: true, forPublic: true } },
      },
    });
    expect(Math.abs(event.metadata.timestamp - Date.now())).toBeLessThan(60_000);
    expect(Event.isWellformed(event)).toBe(true);
    expect((await sent(app, id, "like", {}, "liked")).metadata.revision).toBe(3);
  });

  test("finds in the list what it has heard of", async () => {
    for (let turn = 0; turn < 20; turn++) {
      const id = randomUUID();
      await sent(app, id, "send", { text: `${turn}` }, "sent");
      expect(await read(app, { where: { id } })).toEqual([
        {
          ...{ id, text: `${turn}`, likes: 0, timestamp: expect.any(String) },
          isAuthorized: { owner: "anonymous", forAuthenticated: true, forPublic: true },
        },
      ]);
    }
  });

  test("hears why a command was rejected, in the words of the model", async () => {
    const error = (await rejection(app, randomUUID(), "send", { text: "" })) as CommandRejected;
    expect([error.name, error.message]).toEqual(["CommandRejected", "Text is missing."]);
    expect((await rejection(app, randomUUID(), "like")).message).toBe("This message does not exist.");
    expect((await rejection(app, randomUUID(), "send", { text: 7 })).message).toBe("The command is not valid: text must be text.");
    expect((await rejection(app, randomUUID(), "authorize", {})).message).toMatch(/^Access denied/);
  });

  test("observes events, until it cancels", async () => {
    const text = randomUUID();
    const received: string[] = [];
    await new Promise<void>((resolve) => {
      app
        .observe({ where: { context: { name: "communication" }, name: "sent", data: { text } } })
        .started(() => resolve())
        .received((event, cancel) => {
          received.push(event.aggregate.id);
          if (received.length === 2) cancel();
        });
    });
    const ids = [randomUUID(), randomUUID(), randomUUID()];
    await sent(app, randomUUID(), "send", { text: "something else" }, "sent");
    for (const id of ids) await sent(app, id, "send", { text }, "sent");
    await expect.poll(() => received).toEqual(ids.slice(0, 2));
    expect(() => app.observe({ where: { name: "sentt" } })).toThrow("Unknown event.");
    expect(() => app.observe({ where: { name: "sendRejected" } })).not.toThrow();
  });

  test("asks lists for some of their rows, sorted, page by page", async () => {
    const text = randomUUID();
    for (let likes = 0; likes < 3; likes++) {
      const id = randomUUID();
      await sent(app, id, "send", { text }, "sent");
      for (let turn = 0; turn < likes; turn++) await sent(app, id, "like", {}, "liked");
    }
    const likesOf = async (query: Query) => (await read(app, query)).map(({ likes }) => likes);
    const mine = { text };
    expect(await likesOf({ where: mine, orderBy: { likes: "descending" } })).toEqual([2, 1, 0]);
    expect(await likesOf({ where: mine, orderBy: { likes: "asc" }, skip: 1, take: 1 })).toEqual([1]);
    expect(await likesOf({ where: { text, likes: { $greaterThanOrEqualTo: 1 } }, orderBy: { likes: "ascending" } })).toEqual([1, 2]);
    expect(
      await likesOf({ where: { $and: [mine, { $or: [{ likes: 0 }, { likes: { $greaterThan: 1 } }] }] }, orderBy: { likes: "desc" } }),
    ).toEqual([2, 0]);
    expect(await likesOf({ where: { ...mine, likes: { $notEqualTo: 1 } }, orderBy: { likes: "ascending" } })).toEqual([0, 2]);
    expect(await read(app, { where: { text: randomUUID() } })).toEqual([]);
  });

  test("reads one item, or hears that there is none", async () => {
    const id = randomUUID();
    await sent(app, id, "send", { text: "one" }, "sent");
    const one = (where: Item) =>
      new Promise<unknown>((resolve) => app.list("messages").readOne({ where }).finished(resolve).failed(resolve));
    expect(await one({ id })).toMatchObject({ id, text: "one" });
    expect(await one({ id: randomUUID() })).toEqual(new Error("Item not found."));
    expect(() => app.list("messages").readOne()).toThrow("Query is missing.");
    expect(() => app.list("messages").readOne({})).toThrow("Where is missing.");
  });

  test("follows a list: an empty one at first, then what is in it whenever that changes", async () => {
    const text = randomUUID();
    const seen: (readonly unknown[])[] = [];
    let cancel = () => {};
    app
      .list("messages")
      .readAndObserve({ where: { text }, orderBy: { likes: "descending" } })
      .started((items, stop) => {
        seen.push(items.map(({ likes }) => likes));
        cancel = stop;
      })
      .updated((items) => seen.push(items.map(({ likes }) => likes)))
      .failed((error) => seen.push([error.message]));
    await expect.poll(() => seen).toEqual([[]]);
    const id = randomUUID();
    await sent(app, id, "send", { text }, "sent");
    await expect.poll(() => seen).toEqual([[], [0]]);
    await sent(app, id, "like", {}, "liked");
    await expect.poll(() => seen).toEqual([[], [0], [1]]);
    await sent(app, randomUUID(), "send", { text }, "sent");
    await expect.poll(() => seen).toEqual([[], [0], [1], [1, 0]]);
    cancel();
    await sent(app, id, "like", {}, "liked");
    await read(app, { take: 1 });
    expect(seen).toHaveLength(4);
  });

  test("takes a hundred where it does not say how many, and as many as there are where it does", async () => {
    const text = randomUUID();
    await Promise.all(Array.from({ length: 120 }, () => chat.send(randomUUID(), "send", { text })));
    await expect.poll(() => read(app, { where: { text }, take: 120 })).toHaveLength(120);
    expect(await read(app, { where: { text } })).toHaveLength(100);
    expect(await read(app, { where: { text }, take: 110 })).toHaveLength(110);
    expect(await read(app, { where: { text }, take: 5_000 })).toHaveLength(120);
    expect(await read(app, { where: { text }, skip: 100, take: 5_000 })).toHaveLength(20);
  });

  test("hears what is wrong with what it asks", async () => {
    const refused = (query: Query) =>
      new Promise<string>((resolve) => {
        app
          .list("messages")
          .read(query)
          .finished(() => resolve("nothing"))
          .failed(({ message }) => resolve(message));
      });
    const answer = protocol === "wss" ? "Invalid query." : "Unexpected status code 400.";
    expect(await refused({ where: { likes: { $moreOrLess: 1 } } })).toBe(answer);
    expect(await refused({ where: { nothing: 1 } })).toBe(answer);
    expect(await refused({ where: { likes: "many" } })).toBe(answer);
    expect(await refused({ orderBy: { likes: "upwards" } })).toBe(answer);
  });

  test("cannot become somebody else", async () => {
    const error = await new Promise<Error>((resolve) =>
      app.run(kind, randomUUID(), "send", { text: "hey" }, { asUser: "jane" }).failed(resolve),
    );
    expect(error.message).toBe("Impersonation denied.");
  });
});

test("two clients follow each other, over either wire", async () => {
  const [jane, joe] = await Promise.all([chat.connect("wss"), chat.connect("https")]);
  const text = randomUUID();
  const seen = { jane: [] as unknown[], joe: [] as unknown[] };
  const follow = (app: OldClient, into: unknown[]) =>
    new Promise<void>((resolve) => {
      app
        .list("messages")
        .readAndObserve({ where: { text }, orderBy: { timestamp: "ascending" } })
        .started(() => resolve())
        .updated((items) => into.splice(0, into.length, ...items.map(({ id }) => id)));
    });
  await Promise.all([follow(jane, seen.jane), follow(joe, seen.joe)]);
  const ids: string[] = [];
  for (let turn = 0; turn < 10; turn++) {
    const id = randomUUID();
    ids.push(id);
    await sent(turn % 2 === 0 ? jane : joe, id, "send", { text }, "sent");
  }
  await expect.poll(() => seen.jane).toEqual(ids);
  await expect.poll(() => seen.joe).toEqual(ids);
  jane.close();
  joe.close();
});
