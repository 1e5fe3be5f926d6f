import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { expect, test } from "vitest";
import { OldClient } from "./client/old-client.ts";
import { runningChat } from "./running.ts";

const kind = "communication.message";

test("a client notices that the server is away, and that it is back as it was", async () => {
  const chat = runningChat();
  await chat.start();
  const { place } = chat;
  const [browser, node] = await Promise.all([chat.connect("wss"), chat.connect("https")]);
  let isOutdated = false;
  for (const app of [browser, node]) app.on("outdated", () => (isOutdated = true));

  const away = Promise.all([once(browser, "disconnected"), once(node, "disconnected")]);
  await chat.close();
  await away;
  const back = Promise.all([once(browser, "connected"), once(node, "connected")]);
  await chat.start({ port: place.port });
  await back;
  expect(isOutdated).toBe(false);

  // A socket that was lost is lost; what goes by requests goes on.
  const failed = (app: OldClient) =>
    new Promise<Error>((resolve) => {
      app.run(kind, randomUUID(), "send", { text: "hey" }).failed(resolve);
    });
  expect(await failed(browser)).toMatchObject({ name: "CommandFailed", cause: { message: "WebSocket is not open." } });
  const event = await new Promise<unknown>((resolve) => node.run(kind, randomUUID(), "send", { text: "hey" }).await("sent", resolve));
  expect(event).toMatchObject({ name: "sent" });
  for (const app of [browser, node]) app.close();
  await chat.end();
});

test.each(["wss", "https"] as const)("over %s, a client whose token is not believed is told to log in", async (protocol) => {
  const chat = runningChat();
  await chat.start();
  let logins = 0;
  const authentication = { getToken: () => "x.y.z", login: () => (logins += 1) };
  const app = await OldClient.connect({ ...chat.place, protocol, authentication });
  app
    .list("messages")
    .read()
    .failed(() => undefined);
  await expect.poll(() => logins).toBe(1);
  await expect(app.wire.sendCommand({})).rejects.toThrow("Authentication required.");
  expect(logins).toBe(2);
  app.close();
  await chat.end();
});

test("a client whose patience ends hears no more of its command, but the command is carried out", async () => {
  const chat = runningChat();
  await chat.start();
  const app = await chat.connect("wss");
  const id = randomUUID();
  const heard: string[] = [];
  await new Promise<void>((resolve) => {
    app
      .run(kind, id, "send", { text: "hey" })
      .await("never", () => heard.push("never"))
      .timeout(100, () => resolve());
  });
  const event = await new Promise<unknown>((resolve) => app.run(kind, id, "like").await(["disliked", "liked"], resolve));
  expect(event).toMatchObject({ name: "liked", metadata: { revision: 3 } });
  expect(heard).toEqual([]);
  app.close();
  await chat.end();
});

test("where there is no server there is no connection", async () => {
  const chat = runningChat();
  await chat.start();
  const { place } = chat;
  await chat.close();
  await expect(OldClient.connect({ ...place, protocol: "https" })).rejects.toThrow("Failed to get configuration.");
  await chat.end();
});
