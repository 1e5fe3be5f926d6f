import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { CommandRejected, commandsIn, ConnectionFailed, QueueFull, TimedOut, type ConnectOptions } from "@wkgen/runtime/client";
import { connect, type Chat } from "../../examples/chat/client/chat.ts";
import { ChatServer } from "./chat-server.ts";

let server: ChatServer;
/** A client that tries again and again takes ever longer pauses. */
const soon = { timeout: 15_000 };
const open = new Set<Chat>();

beforeAll(async () => {
  server = await ChatServer.start();
});

afterEach(async () => {
  for (const chat of open) chat.close();
  open.clear();
  await server.start();
});

afterAll(() => server?.stop());

async function connected(options?: ConnectOptions): Promise<Chat> {
  const chat = await connect(server.url, options);
  open.add(chat);

  return chat;
}

/** Connected once, and then cut off by a server that was killed. */
async function cutOff(options?: ConnectOptions): Promise<Chat> {
  const chat = await connected(options);
  await server.kill();
  await vi.waitFor(() => expect(chat.state).toBe("disconnected"), soon);

  return chat;
}

/** Everything that ever happened, as the log has it. */
async function told(chat: Chat, last: number): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const event of chat.events.observe({ after: 0 })) {
    names.push(event.name === "sent" ? event.data.text : `${event.aggregate.id} ${event.data.likes}`);
    if (event.metadata.position >= last) break;
  }

  return names;
}

describe("commands that are sent while the server is away", () => {
  test("arrive in order, each once, also where the server dies again while they leave", { timeout: 60_000 }, async () => {
    const chat = await cutOff();
    const texts = Array.from({ length: 200 }, (_, index) => `in order ${index}`);
    const waiting = texts.map((text) => chat.communication.message().send({ text }));
    for (const arrived of [20, 100]) {
      await server.start();
      await waiting[arrived];
      await server.kill();
    }
    await server.start();
    const positions = (await Promise.all(waiting)).map(({ position }) => position);

    expect(positions).toEqual(positions.toSorted((left, right) => left - right));
    expect((await told(chat, positions.at(-1)!)).filter((name) => name.startsWith("in order"))).toEqual(texts);
  });

  test("may build on each other", async () => {
    const chat = await cutOff();
    const message = chat.communication.message();
    const sent = message.send({ text: "hey" });
    const likes = [message.like(), message.like(), message.like()];
    await server.start();
    await Promise.all([sent, ...likes]);

    expect(await chat.lists.messages.readOne({ where: { id: message.id } })).toMatchObject({ likes: 3 });
  });

  test("say what they said when they were sent", async () => {
    const chat = await cutOff();
    const data = { text: "meant" };
    const message = chat.communication.message();
    const sending = message.send(data);
    data.text = "not meant";
    await server.start();
    await sending;

    expect(await chat.lists.messages.readOne({ where: { id: message.id } })).toMatchObject({ text: "meant" });
  });

  test("fail one by one, and keep nobody else from arriving", async () => {
    const chat = await cutOff();
    const [first, wrong, last] = ["first", "", "last"].map((text) => chat.communication.message().send({ text }));
    const failure = wrong!.catch((error: Error) => error);
    await server.start();

    expect(await first).toMatchObject({ events: ["sent"] });
    expect(await failure).toBeInstanceOf(CommandRejected);
    expect(await last).toMatchObject({ events: ["sent"] });
  });

  test("may be taken back, or given up after a time, and are then never sent", async () => {
    const chat = await cutOff();
    const controller = new AbortController();
    const like = (options?: object) => chat.communication.message("nobody's").send({ text: "unsent" }, options);
    const aborted = expect(like({ signal: controller.signal })).rejects.toMatchObject({ name: "AbortError" });
    const late = expect(like({ timeout: 20 })).rejects.toThrow("The command was not sent within 20 ms");
    controller.abort();
    await Promise.all([aborted, late]);
    await expect(like({ timeout: 20 })).rejects.toBeInstanceOf(TimedOut);
    await expect(like({ signal: controller.signal })).rejects.toMatchObject({ name: "AbortError" });
    await server.start();
    const { position } = await chat.communication.message().send({ text: "the only one" });

    expect(await told(chat, position)).not.toContain("unsent");
  });

  test("are told at once where too many wait", async () => {
    const chat = await cutOff({ queue: { most: 2 } });
    const waiting = [1, 2].map((number) => chat.communication.message().send({ text: `waits ${number}` }));
    const refused = await chat.communication
      .message()
      .send({ text: "too many" })
      .catch((error: Error) => error);

    expect(refused).toBeInstanceOf(QueueFull);
    expect(refused).toMatchObject({ message: "2 commands wait for the connection already; this one was not taken." });
    await server.start();
    await Promise.all(waiting);
    await chat.communication.message().send({ text: "there is room again" });
  });

  test("are sent before what is sent while they leave", async () => {
    const chat = await cutOff();
    const message = chat.communication.message();
    const waiting = [message.send({ text: "hey" }), ...Array.from({ length: 20 }, () => message.like())];
    const later = new Promise<void>((resolve) => chat.on("connected", () => resolve())).then(() => message.like());
    await server.start();
    const revisions = (await Promise.all([...waiting, later])).map(({ revision }) => revision);

    expect(revisions).toEqual(revisions.map((_, index) => index + 1));
  });

  test("end with the connection", async () => {
    const chat = await cutOff();
    const sending = chat.communication.message().send({ text: "too late" });
    queueMicrotask(() => chat.close());

    await expect(sending).rejects.toBeInstanceOf(ConnectionFailed);
  });
});

test("who wrote a thing sees it, also where the connection was lost in between", async () => {
  const chat = await cutOff();
  const message = chat.communication.message();
  const sending = message.send({ text: "seen" });
  await server.start();
  await sending;
  await server.kill();
  await vi.waitFor(() => expect(chat.state).toBe("disconnected"), soon);
  const reading = chat.lists.messages.readOne({ where: { id: message.id } });
  await server.start();

  expect(await reading).toMatchObject({ text: "seen" });
});

test("every call ends with its signal while there is no connection", async () => {
  const chat = await cutOff();
  const { signal, reason } = aborted();
  const { messages } = chat.lists;
  const calls = [
    () => chat.communication.message().send({ text: "never" }, { signal }),
    () => messages.read({}, { signal }),
    () => messages.readOne({}, { signal }),
    () => messages.readPage({}, { signal }),
    () => messages.count({}, { signal }),
    () => messages.observe({}, { signal })[Symbol.asyncIterator]().next(),
    () => chat.events.observe({}, { signal })[Symbol.asyncIterator]().next(),
    () => connect(server.url, { signal }),
  ];

  await Promise.all(calls.map((call) => expect(call()).rejects.toBe(reason)));
  expect(signal.aborted).toBe(true);
  await Promise.all(calls.map((call) => expect(call()).rejects.toBe(reason)));
});

function aborted(): { readonly signal: AbortSignal; readonly reason: Error } {
  const controller = new AbortController();
  const reason = new Error("Enough.");
  setTimeout(() => controller.abort(reason), 30);

  return { signal: controller.signal, reason };
}

/** As browsers have it. */
class MemoryStorage implements Storage {
  [name: string]: unknown;

  get length(): number {
    return Object.keys(this).length;
  }
  key = undefined as never;
  clear = undefined as never;
  getItem(key: string): string | null {
    return (this[key] as string | undefined) ?? null;
  }
  setItem(key: string, value: string): void {
    this[key] = value;
  }
  removeItem(key: string): void {
    delete this[key];
  }
}

describe("a storage", () => {
  const texts = ["kept 1", "kept 2", "kept 3"];

  test("keeps commands over a reload: they leave first, in order, once", async () => {
    const storage = new MemoryStorage();
    await server.kill();
    const before = await connected({ offline: true, queue: { storage: commandsIn(storage, "chat") } });
    expect(before.state).toBe("disconnected");
    for (const text of texts)
      before.communication
        .message()
        .send({ text })
        .failed(() => {});
    await vi.waitFor(() => expect(commandsIn(storage, "chat").load()).toHaveLength(3), soon);
    before.close();
    const arrived: string[] = [];
    const queue = {
      storage: commandsIn(storage, "chat"),
      resumed: (command: { readonly data: unknown }, sending: PromiseLike<unknown>) =>
        void sending.then(() => arrived.push((command.data as { readonly text: string }).text)),
    };
    // Two pages that were open at the same time, and both come back.
    const pages = [await connected({ offline: true, queue }), await connected({ offline: true, queue })];
    await server.start();
    const { position } = await pages[0]!.communication.message().send({ text: "afterwards" });
    await vi.waitFor(() => expect(arrived.toSorted()).toEqual([...texts, ...texts].toSorted()), soon);

    expect((await told(pages[1]!, position)).filter((name) => /^kept|^afterwards/.test(name))).toEqual([...texts, "afterwards"]);
    expect(commandsIn(storage, "chat").load()).toEqual([]);
  });

  test("forgets what was rejected, taken back or given up, and keeps what a closed connection leaves behind", async () => {
    const storage = new MemoryStorage();
    const kept = () => (commandsIn(storage, "chat").load() as readonly { readonly data: unknown }[]).map(({ data }) => data);
    const chat = await cutOff({ queue: { storage: commandsIn(storage, "chat") } });
    const send = (text: string, options?: object) =>
      chat.communication
        .message()
        .send({ text }, options)
        .catch(() => {});
    await Promise.all([send("aborted", { signal: AbortSignal.timeout(20) }), send("late", { timeout: 20 })]);
    const rejected = send("");
    await vi.waitFor(() => expect(kept()).toEqual([{ text: "" }]));
    await server.start();
    await rejected;
    expect(kept()).toEqual([]);
    await server.kill();
    await vi.waitFor(() => expect(chat.state).toBe("disconnected"), soon);
    const left = send("left behind");
    await vi.waitFor(() => expect(kept()).toHaveLength(1));
    chat.close();
    await left;
    expect(kept()).toEqual([{ text: "left behind" }]);
  });

  test("that fails is told of, and keeps no command from arriving", async () => {
    const report = vi.spyOn(console, "error").mockImplementation(() => {});
    const full = () => Promise.reject(new Error("The disk is full."));
    const chat = await connected({ queue: { storage: { load: full, save: full, remove: full } } });
    await chat.communication.message().send({ text: "hey" });
    await vi.waitFor(() => expect(report).toHaveBeenCalledTimes(3));
    expect(report).toHaveBeenCalledWith("The storage of commands failed.", expect.objectContaining({ message: "The disk is full." }));
    report.mockRestore();
  });
});
