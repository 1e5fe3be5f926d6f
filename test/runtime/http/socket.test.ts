import { connect } from "node:tls";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ClientMessage, ServerMessage } from "../../../runtime/protocol/socket.ts";
import { RunningChat, type Socket } from "./running-chat.ts";

const chat = new RunningChat();
let count = 0;

beforeAll(() => chat.start());
afterAll(() => chat.end());

function command(name: string, aggregateId: string, data: unknown = {}): ClientMessage {
  count += 1;

  return {
    type: "command",
    id: `c${count}`,
    command: { id: `command-${count}`, context: "communication", aggregate: "message", aggregateId, name, data },
  };
}

async function until<Type extends ServerMessage["type"]>(
  socket: Socket,
  type: Type,
): Promise<Extract<ServerMessage, { readonly type: Type }>> {
  for (;;) {
    const message = await socket.next();
    if (message.type === type) return message as Extract<ServerMessage, { readonly type: Type }>;
  }
}

describe("a socket", () => {
  test("carries commands, questions and what happens, and two observers see each other's", async () => {
    const [jane, joe] = await Promise.all([chat.socket(), chat.socket()]);
    const query = { where: { id: { startsWith: "two-" } }, orderBy: { timestamp: "descending" as const } };
    for (const socket of [jane, joe]) {
      socket.say({ type: "observe", id: "o", list: "messages", query });
      expect(await socket.next()).toMatchObject({ type: "rows", id: "o", rows: [] });
    }

    jane.say(command("send", "two-1", { text: "hello Joe" }));
    const { to } = await until(joe, "changes");
    await until(jane, "changes");
    joe.say(command("send", "two-2", { text: "hello Jane" }));
    expect(await until(jane, "changes")).toMatchObject({
      id: "o",
      from: to,
      changes: { removed: [], put: [{ index: 0, row: { id: "two-2", text: "hello Jane" } }] },
    });
    joe.say({ type: "read", id: "r", list: "messages", query });
    expect((await until(joe, "rows")).rows.map(({ id }) => id)).toEqual(["two-2", "two-1"]);
    jane.raw.close();
    joe.raw.close();
  });

  test("who wrote a thing reads it", async () => {
    const socket = await chat.socket();
    for (let turn = 0; turn < 20; turn++) {
      socket.say(command("send", `own-${turn}`, { text: "mine" }));
      const { outcome } = await until(socket, "handled");
      socket.say({ type: "read", id: "r", list: "messages", query: { where: { id: `own-${turn}` } }, after: outcome.position });
      expect((await until(socket, "rows")).rows).toHaveLength(1);
    }
    socket.raw.close();
  });

  test("sends events from any place in the log, in order, and ends when told", async () => {
    const socket = await chat.socket();
    socket.say(command("send", "story", { text: "once" }));
    await until(socket, "handled");
    socket.say({ type: "events", id: "e", filter: { aggregateId: "story", after: 0 } });
    expect(await socket.next()).toEqual({ type: "started", id: "e", position: 0 });
    expect(await socket.next()).toMatchObject({ type: "event", id: "e", event: { name: "sent", metadata: { revision: 1 } } });
    socket.say(command("like", "story"));
    expect(await until(socket, "event")).toMatchObject({ event: { name: "liked", data: { likes: 1 } } });

    socket.say({ type: "cancel", id: "e" });
    socket.say(command("like", "story"));
    await until(socket, "handled");
    socket.say({ type: "ping", id: "p" });
    expect(await socket.next()).toEqual({ type: "pong", id: "p" });
    socket.raw.close();
  });

  test("a chain of changes leads to what a question answers, however many write", async () => {
    const [observer, ...writers] = await Promise.all(Array.from({ length: 5 }, () => chat.socket()));
    const query = { where: { id: { startsWith: "chain-" } }, orderBy: { text: "ascending" as const }, take: 10 };
    observer!.say({ type: "observe", id: "o", list: "messages", query });
    let { rows, position } = await until(observer!, "rows");
    let written = 0;
    await Promise.all(
      writers.map(async (writer, number) => {
        for (let turn = 0; turn < 20; turn++) {
          writer.say(command("send", `chain-${number}-${turn}`, { text: `${(turn * 7) % 20} ${number}` }));
          await until(writer, "handled");
          writer.say(command("like", `chain-${number}-${turn}`));
          written = Math.max(written, (await until(writer, "handled")).outcome.position);
        }
      }),
    );
    observer!.say({ type: "read", id: "r", list: "messages", query, after: written });

    for (let message = await observer!.next(); ; message = await observer!.next()) {
      if (message.type === "rows") {
        expect(rows).toEqual(message.rows);
        break;
      }
      if (message.type !== "changes") continue;
      expect(message.from).toBe(position);
      position = message.to;
      const gone = new Set([...message.changes.removed, ...message.changes.put.map(({ row }) => row.id)]);
      const next = rows.filter(({ id }) => !gone.has(id));
      for (const { index, row } of message.changes.put) next.splice(index, 0, row);
      rows = next;
    }
    for (const socket of [observer!, ...writers]) socket.raw.close();
  });

  test.each([
    ["no JSON", "{", "", "malformed"],
    ["a list", "[]", "", "malformed"],
    ["no id", '{"type":"read"}', "", "malformed"],
    ["no type", '{"id":"1"}', "1", "malformed"],
    ["an inherited type", '{"id":"1","type":"constructor"}', "1", "malformed"],
    ["a command without a name", '{"id":"1","type":"command","command":{"id":"x"}}', "1", "malformed"],
    ["a list that is not there", '{"id":"1","type":"read","list":"mesages","query":{}}', "1", "unknown-list"],
    ["a question that is none", '{"id":"1","type":"observe","list":"messages","query":{"where":{"txt":1}}}', "1", "not-valid"],
    ["no question", '{"id":"1","type":"observe","list":"messages"}', "1", "not-valid"],
    ["a position that is none", '{"id":"1","type":"read","list":"messages","query":{},"after":"x"}', "1", "malformed"],
    ["a filter that is none", '{"id":"1","type":"events","filter":{"nme":"sent"}}', "1", "malformed"],
    ["a filter by an event that is none", '{"id":"1","type":"events","filter":{"name":"snt"}}', "1", "malformed"],
    ["no filter", '{"id":"1","type":"events"}', "1", "malformed"],
  ])("answers %s with a problem, and goes on", async (_, text, id, type) => {
    const socket = await chat.socket();
    socket.raw.send(text);
    expect(await socket.next()).toMatchObject({ type: "problem", id, problem: { type } });
    socket.say({ type: "read", id: "then", list: "messages", query: { take: 1 } });
    expect(await socket.next()).toMatchObject({ type: "rows", id: "then" });
    socket.raw.close();
  });

  test("does not begin the same twice, nor more than it may", async () => {
    const socket = await chat.socket();
    for (let turn = 0; turn < 200; turn++) {
      socket.say({ type: "observe", id: `o${turn}`, list: "messages", query: { take: 1 } });
      expect((await socket.next()).type).toBe("rows");
    }
    socket.say({ type: "observe", id: "o1", list: "messages", query: {} });
    expect(await socket.next()).toMatchObject({ type: "problem", id: "o1", problem: { type: "malformed" } });
    socket.say({ type: "observe", id: "more", list: "messages", query: {} });
    expect(await socket.next()).toMatchObject({ type: "problem", id: "more", problem: { type: "too-many-requests", status: 429 } });
    socket.say({ type: "cancel", id: "o7" });
    socket.say({ type: "observe", id: "more", list: "messages", query: { take: 1 } });
    expect(await socket.next()).toMatchObject({ type: "rows", id: "more" });
    socket.raw.close();
  });

  test("ends where a frame is too large", async () => {
    const socket = await chat.socket();
    const closed = new Promise((resolve) => socket.raw.on("close", resolve));
    socket.raw.send(JSON.stringify({ id: "1", type: "ping", more: "x".repeat(1024 * 1024) }));
    expect(await closed).toBe(1009);
  });

  test("is not opened for pages of other origins, nor anywhere else", async () => {
    await expect(chat.socket({ origin: "https://evil.example" })).rejects.toThrow("403");
    await expect(chat.socket({ origin: "null" })).rejects.toThrow("403");
    (await chat.socket({ origin: chat.url })).raw.close();
    expect(await upgraded("/api/other")).toMatch(/^HTTP\/1\.1 404 /);
  });
});

describe("who reads too slowly", () => {
  test("costs no memory, and hears the present instead of all that was missed", async () => {
    const [slow, writer] = await Promise.all([chat.socket(), chat.socket()]);
    const text = "x".repeat(100_000);
    slow.say({ type: "observe", id: "o", list: "messages", query: { where: { id: "big" } } });
    await until(slow, "rows");
    slow.raw.pause();
    writer.say(command("send", "big", { text }));
    await until(writer, "handled");
    for (let likes = 0; likes < 200; likes++) {
      writer.say(command("like", "big"));
      const { outcome } = await until(writer, "handled");
      writer.say({ type: "read", id: "r", list: "messages", query: { take: 1 }, after: outcome.position });
      await until(writer, "rows");
    }
    slow.raw.resume();

    let bytes = 0;
    for (let likes = 0; likes < 200;) {
      const message = await slow.next();
      bytes += JSON.stringify(message).length;
      if (message.type === "rows") likes = message.rows[0]!.likes as number;
      else if (message.type === "changes") likes = message.changes.put[0]!.row.likes as number;
    }
    expect(bytes).toBeLessThan(150 * text.length);
    slow.raw.close();
    writer.raw.close();
  });
});

function upgraded(path: string): Promise<string> {
  const { hostname, port } = new URL(chat.url);

  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port), rejectUnauthorized: false, ALPNProtocols: ["http/1.1"] }, () => {
      const headers =
        "connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==";
      socket.write(`GET ${path} HTTP/1.1\r\nhost: ${hostname}:${port}\r\n${headers}\r\n\r\n`);
    });
    socket.on("error", reject).once("data", (data) => (resolve(String(data)), socket.destroy()));
  });
}
