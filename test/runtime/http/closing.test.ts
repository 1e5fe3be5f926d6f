import { once } from "node:events";
import { connect } from "node:http2";
import { connect as connectTcp } from "node:net";
import { expect, test } from "vitest";
import { RunningChat } from "./running-chat.ts";

test("a server that closes tells everybody who listens, answers what it has accepted, and is gone", async () => {
  const chat = new RunningChat();
  await chat.start();
  const port = Number(new URL(chat.url).port);
  const socket = await chat.socket();
  const session = connect(chat.url, { rejectUnauthorized: false });
  session.on("error", () => undefined);
  const stream = session.request({ ":path": "/api/lists/messages", accept: "text/event-stream" }).on("error", () => undefined);
  await once(stream, "data");
  const events = chat.ask("/api/events", { headers: { accept: "text/event-stream" } });
  socket.say({ type: "observe", id: "o", list: "messages", query: {} });
  expect((await socket.next()).type).toBe("rows");
  const closed = once(socket.raw, "close");
  for (let number = 0; number < 20; number++) {
    const command = {
      id: `c${number}`,
      context: "communication",
      aggregate: "message",
      aggregateId: `m${number}`,
      name: "send",
      data: { text: "bye" },
    };
    socket.say({ type: "command", id: `c${number}`, command });
  }
  expect((await socket.next()).type).toMatch(/handled|changes/);

  const began = Date.now();
  await chat.close();
  expect(Date.now() - began).toBeLessThan(3_000);
  expect((await closed)[0]).toBe(1001);
  expect((await events).text).toContain("event: started");
  await expect(once(connectTcp(port, "localhost"), "connect")).rejects.toMatchObject({ code: "ECONNREFUSED" });
  session.destroy();
  await chat.end();
});
