import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { connect, type Chat } from "../../examples/chat/client/chat.ts";
import { CommandRejected, ConnectionFailed, NotValid, TimedOut } from "@wkgen/runtime/client";
import { ChatServer } from "./chat-server.ts";

let server: ChatServer;
const connections = new Set<Chat>();

beforeAll(async () => {
  server = await ChatServer.start();
});

afterEach(() => {
  for (const chat of connections) chat.close();
  connections.clear();
});

afterAll(() => server?.stop());

async function connected(): Promise<Chat> {
  const chat = await connect(server.url);
  connections.add(chat);

  return chat;
}

describe("a command", () => {
  test("resolves when it was handled", async () => {
    const chat = await connected();
    const sent = await chat.communication.message("m1").send({ text: "hey" });
    const liked = await chat.communication.message("m1").like();

    expect(sent).toMatchObject({ aggregateId: "m1", revision: 1, events: ["sent"] });
    expect(liked).toMatchObject({ aggregateId: "m1", revision: 2, events: ["liked"], position: sent.position + 1 });
  });

  test("of a new aggregate tells its id", async () => {
    const chat = await connected();
    const message = chat.communication.message();
    const { aggregateId } = await message.send({ text: "hey" });

    expect(aggregateId).toBe(message.id);
    expect(await chat.lists.messages.readOne({ where: { id: aggregateId } })).toMatchObject({ text: "hey", likes: 0 });
  });

  test("is rejected with the model's reason", async () => {
    const chat = await connected();
    const sending = chat.communication.message().send({ text: "" });

    await expect(sending).rejects.toBeInstanceOf(CommandRejected);
    await expect(sending).rejects.toMatchObject({ name: "CommandRejected", message: "Text is missing.", problem: { type: "rejected" } });
  });

  test("is rejected where there is no such aggregate", async () => {
    const chat = await connected();

    await expect(chat.communication.message("nobody").like()).rejects.toMatchObject({
      name: "CommandRejected",
      problem: { type: "does-not-exist" },
    });
  });

  test("with wrong data names the field and the rule", async () => {
    const chat = await connected();
    const sending = chat.communication.message().send({ text: 5 as unknown as string });

    await expect(sending).rejects.toBeInstanceOf(NotValid);
    await expect(sending).rejects.toMatchObject({ fields: [{ field: "text", rule: expect.any(String) }] });
  });

  test("leaves by itself and tells those that it was given, as in the guide", async () => {
    const chat = await connected();
    const failed = vi.fn();
    const delivered = await new Promise((resolve) => chat.communication.message().send({ text: "hey" }).failed(failed).delivered(resolve));
    const error = await new Promise((resolve) => chat.communication.message().send({ text: "" }).failed(resolve).delivered(failed));

    expect(delivered).toMatchObject({ events: ["sent"] });
    expect(error).toMatchObject({ message: "Text is missing." });
    expect(failed).not.toHaveBeenCalled();
  });

  test("whose failure nobody asked about is reported once, and ends nothing", async () => {
    const chat = await connected();
    const report = vi.spyOn(console, "error").mockImplementation(() => {});
    chat.communication.message().send({ text: "" });
    chat.communication
      .message()
      .send({ text: "" })
      .delivered(() => {});
    chat.communication
      .message()
      .send({ text: "" })
      .failed(() => {});
    await chat.communication
      .message()
      .send({ text: "" })
      .catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 20));

    expect(report).toHaveBeenCalledTimes(2);
    expect(report).toHaveBeenCalledWith("The command communication.message.send failed.", expect.any(CommandRejected));
    report.mockRestore();
  });
});

describe("a list", () => {
  test("shows to whoever wrote a thing that it is there", async () => {
    const chat = await connected();
    for (let count = 0; count < 50; count++) {
      const { aggregateId: id } = await chat.communication.message().send({ text: "hey" });
      expect(await chat.lists.messages.read({ where: { id } })).toHaveLength(1);
    }
  });

  test("is read and observed as in the guide", async () => {
    const chat = await connected();
    const { aggregateId: id } = await chat.communication.message().send({ text: "observed" });
    const pictures: (readonly { text: string; likes: number }[])[] = [];

    await new Promise<void>((resolve, reject) => {
      chat.lists.messages
        .readAndObserve({ where: { id }, orderBy: { timestamp: "descending" }, take: 50 })
        .failed(reject)
        .started((rows) => {
          pictures.push(rows);
          void chat.communication.message(id).like();
        })
        .updated((rows, cancel) => {
          pictures.push(rows);
          cancel();
          resolve();
        });
    });

    expect(pictures).toMatchObject([[{ text: "observed", likes: 0 }], [{ text: "observed", likes: 1 }]]);
  });

  test("is iterated, each picture with what changed", async () => {
    const chat = await connected();
    const { aggregateId: id } = await chat.communication.message().send({ text: "iterated" });
    const likes: number[] = [];

    for await (const { rows, changes } of chat.lists.messages.observe({ where: { id } })) {
      expect(changes.put).toEqual([{ index: 0, row: rows[0] }]);
      likes.push(rows[0]?.likes ?? -1);
      if (likes.length === 3) break;
      await chat.communication.message(id).like();
    }

    expect(likes).toEqual([0, 1, 2]);
  });

  test("gives who is slow the latest picture, with all changes since the last one seen", async () => {
    const chat = await connected();
    const { aggregateId: id } = await chat.communication.message().send({ text: "slow" });
    const pictures = chat.lists.messages.observe({ where: { id } })[Symbol.asyncIterator]();
    await pictures.next();
    for (let count = 0; count < 5; count++) await chat.communication.message(id).like();
    await vi.waitFor(async () =>
      expect((await pictures.next()).value).toMatchObject({ rows: [{ likes: 5 }], changes: { put: [{ row: { likes: 5 } }] } }),
    );
    await pictures.return?.();

    expect(await pictures.next()).toEqual({ done: true, value: undefined });
  });

  test("ends with its signal, and with its connection", async () => {
    const chat = await connected();
    const controller = new AbortController();
    const aborted = drain(chat.lists.messages.observe({}, { signal: controller.signal }));
    const closed = drain(chat.lists.messages.observe());
    setTimeout(() => controller.abort(), 20);

    await expect(aborted).rejects.toMatchObject({ name: "AbortError" });
    chat.close();
    await expect(closed).resolves.toBeUndefined();
    await expect(chat.lists.messages.read()).rejects.toBeInstanceOf(ConnectionFailed);
  });

  test("that does not exist fails", async () => {
    const chat = await connected();
    const query = { where: { nothing: 1 } } as object;

    await expect(chat.lists.messages.read(query)).rejects.toMatchObject({ problem: { type: "not-valid" } });
    await expect(drain(chat.lists.messages.observe(query))).rejects.toMatchObject({ problem: { type: "not-valid" } });
    expect(await new Promise((resolve) => chat.lists.messages.readAndObserve(query).failed(resolve))).toMatchObject({
      problem: { type: "not-valid" },
    });
  });
});

test("events come once each, in order, from wherever one asks for them", async () => {
  const chat = await connected();
  const { position } = await chat.communication.message("e1").send({ text: "first" });
  const seen: unknown[] = [];
  void chat.communication.message("e1").like();

  for await (const event of chat.events.observe({ aggregateId: "e1", after: position - 1 })) {
    seen.push([event.name, event.data]);
    if (event.name === "liked" && event.data.likes === 3) break;
    if (event.name === "liked") await chat.communication.message("e1").like();
  }

  expect(seen).toEqual([
    ["sent", { text: "first" }],
    ["liked", { likes: 1 }],
    ["liked", { likes: 2 }],
    ["liked", { likes: 3 }],
  ]);
});

describe("a connection", () => {
  test("to nowhere fails, and says where", async () => {
    const attempt = connect({ host: "127.0.0.1", port: 1 }, { timeout: 300 });

    await expect(attempt).rejects.toMatchObject({
      name: "ConnectionFailed",
      message: expect.stringContaining("wss://127.0.0.1:1/api/socket"),
    });
  });

  test("whose certificate is not trusted fails, and says what helps", async () => {
    const script = `
      import { connect } from ${JSON.stringify(new URL("../../examples/chat/client/chat.ts", import.meta.url).href)};
      await connect("${server.url}", { timeout: 500 }).catch(({ message }) => console.log(message));`;
    const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;
    const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", script], { env, timeout: 8_000 });

    expect(stdout).toContain("start Node with NODE_EXTRA_CA_CERTS=data/certificate.pem");
  });

  test("that is closed fails what waits for it", async () => {
    const chat = await connected();
    const sending = chat.communication.message().send({ text: "late" });
    chat.close();

    await expect(sending).rejects.toBeInstanceOf(ConnectionFailed);
    expect(chat.state).toBe("closed");
  });

  test("that is closed keeps no process from ending", async () => {
    const script = `
      import { connect } from ${JSON.stringify(new URL("../../examples/chat/client/chat.ts", import.meta.url).href)};
      const chat = await connect("${server.url}");
      chat.lists.messages.readAndObserve().started(() => chat.close());
      chat.lists.messages.observe()[Symbol.asyncIterator]().next();
      await chat.communication.message().send({ text: "hey" }).catch(() => {});`;
    const { stderr } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", script], {
      env: { ...process.env, NODE_EXTRA_CA_CERTS: server.certificate },
      timeout: 5_000,
    });

    expect(stderr).toBe("");
  });

  test("survives a killed server: what was sent arrives once, what is observed goes on", async () => {
    const [jane, joe] = await Promise.all([connected(), connected()]);
    const { aggregateId: id, position } = await jane.communication.message().send({ text: "before" });
    const pictures = joe.lists.messages.observe({ where: { id } })[Symbol.asyncIterator]();
    const events = joe.events.observe({ aggregateId: id, after: position })[Symbol.asyncIterator]();
    const changes: string[] = [];
    jane.on("disconnected", () => changes.push("disconnected"));
    jane.on("connected", () => changes.push("connected"));
    await vi.waitFor(async () => expect((await pictures.next()).value).toMatchObject({ rows: [{ likes: 0 }] }));
    const next = events.next();

    await server.kill();
    await vi.waitFor(() => expect(jane.state).toBe("disconnected"));
    const waiting = Array.from({ length: 10 }, () => jane.communication.message(id).like());
    await expect(jane.communication.message(id).like({}, { timeout: 20 })).rejects.toBeInstanceOf(TimedOut);
    await expect(jane.communication.message(id).like({}, { signal: AbortSignal.timeout(20) })).rejects.toMatchObject({
      name: "TimeoutError",
    });
    await server.start();
    await Promise.all(waiting);

    expect(await jane.lists.messages.readOne({ where: { id } })).toMatchObject({ likes: 10 });
    for (let likes = 0; likes < 10;) likes = (await pictures.next()).value?.rows[0]?.likes ?? 10;
    expect((await next).value).toMatchObject({ name: "liked", data: { likes: 1 } });
    expect(changes).toEqual(["disconnected", "connected"]);
  });
});

async function drain(pictures: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of pictures);
}
