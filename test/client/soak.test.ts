import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { socketUrl } from "../../runtime/client/address.ts";
import { listOf } from "../../runtime/client/list.ts";
import { Wire } from "../../runtime/client/wire.ts";
import { connect, type MessagesRow } from "../../examples/chat/client/chat.ts";
import { ChatServer } from "./chat-server.ts";

let server: ChatServer;
let frames = 0;

class CountingSocket extends WebSocket {
  constructor(url: string) {
    super(url);
    this.addEventListener("message", () => frames++);
  }
}

beforeAll(async () => {
  server = await ChatServer.start();
});

afterAll(() => server?.stop());

test("a thousand observations, begun and ended in every way there is, leave nothing behind", async () => {
  const chat = await connect(server.url);
  vi.stubGlobal("WebSocket", CountingSocket);
  const wire = new Wire(socketUrl(server.url));
  const messages = listOf<MessagesRow>(wire, "messages", []);

  for (let round = 0; round < 250; round++) {
    const controller = new AbortController();
    const live = messages.readAndObserve().started(() => live.cancel());
    const unstarted = messages.readAndObserve();
    const broken = (async () => {
      for await (const _ of messages.observe({ take: 1 })) break;
    })();
    const aborted = (async () => {
      for await (const _ of messages.observe({}, { signal: controller.signal })) controller.abort();
    })().catch(() => {});
    await Promise.all([broken, aborted]);
    unstarted.cancel();
  }
  await vi.waitFor(() => expect(wire.open).toBe(0));

  await messages.read({ take: 1 });
  frames = 0;
  for (let count = 0; count < 10; count++) await chat.communication.message().send({ text: "Is anybody there?" });
  await messages.read({ take: 1 });
  expect(frames).toBe(1);

  wire.close();
  chat.close();
});
