import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Journal } from "../../runtime/journal.ts";
import { OpenIdProvider } from "../runtime/http/openid-provider.ts";
import { runningChat, type Frames } from "./running.ts";

const chat = runningChat();
let metrics = "";

beforeAll(async () => {
  const journal: Journal = { info: (said) => (metrics ||= /http:\S+/.exec(said)?.[0] ?? ""), error: () => undefined };
  await chat.start({ metrics: 0, journal });
});
afterAll(() => chat.end());

const observers = async () => Number(/^wkgen_observers (\d+)/m.exec(await (await fetch(metrics)).text())?.[1]);

const subscribing = (filter: object, procedureId: string = randomUUID()) => ({ type: "subscribeEvents", procedureId, payload: { filter } });
const aboutMessages = { context: { name: "lists" }, aggregate: { name: "messages" }, type: "readModel" };

const reading = (query: object, procedureId: string = randomUUID()) => ({
  ...{ type: "subscribeRead", procedureId },
  payload: { modelType: "lists", modelName: "messages", query },
});

function sending(id: string, data: object) {
  const metadata = { timestamp: 0, correlationId: id, causationId: id };
  const payload = { context: { name: "communication" }, aggregate: { name: "message", id }, name: "send", id, data, custom: {}, metadata };

  return { type: "sendCommand", procedureId: randomUUID(), payload };
}

type Told = { readonly type: string; readonly payload: { readonly name: string; readonly data: { readonly payload: unknown } } };

async function until(frames: Frames, type: string): Promise<Told> {
  for (;;) {
    const frame = (await frames.next()) as Told;
    if (frame.type === type) return frame;
  }
}

test("what is observed ends when it is told to, and when the socket closes, whatever was forgotten", async () => {
  expect(await observers()).toBe(0);
  const [one, other] = await Promise.all([chat.frames(), chat.frames()]);
  const procedureId = randomUUID();
  for (const frames of [one, other]) {
    frames.say(subscribing(aboutMessages, procedureId));
    await until(frames, "subscribedEvents");
    for (const take of [1, 2, 3]) frames.say(reading({ take }));
    for (let count = 0; count < 3; count++) await until(frames, "finish");
  }
  // A list is observed once, whoever follows it.
  expect(await observers()).toBe(1);
  one.say({ type: "unsubscribeEvents", procedureId });
  await until(one, "unsubscribedEvents");
  expect(await observers()).toBe(1);
  other.socket.close();
  await expect.poll(observers).toBe(0);
  one.say(reading({ take: 1 }));
  await until(one, "finish");
  expect(await observers()).toBe(0);
  one.socket.terminate();
});

test("a stream over HTTP that is cut leaves nothing behind", async () => {
  const app = await chat.connect("https");
  const stream = app.wire.subscribeToEvents(aboutMessages);
  await once(stream, "start");
  expect(await observers()).toBe(1);
  app.close();
  await expect.poll(observers).toBe(0);
});

test("forgotten subscriptions to the stories of commands make room for new ones; others are not begun beyond what is bearable", async () => {
  const frames = await chat.frames();
  for (let count = 0; count < 500; count++) {
    frames.say(subscribing({ type: "domain", metadata: { correlationId: randomUUID() } }));
    expect(await frames.next()).toMatchObject({ type: "subscribedEvents" });
  }
  const id = randomUUID();
  frames.say(subscribing({ type: "domain", metadata: { correlationId: id } }));
  frames.say(sending(id, { text: "hey" }));
  expect((await until(frames, "event")).payload.name).toBe("sent");

  for (let count = 0; count < 200; count++) frames.say(subscribing({ type: "domain" }));
  for (let count = 0; count < 200; count++) await until(frames, "subscribedEvents");
  frames.say(subscribing({ type: "domain" }));
  expect(await frames.next()).toMatchObject({ type: "error", statusCode: 429, payload: "Too many requests." });
  frames.socket.close();
});

test("the same procedure begun again takes the place of the first", async () => {
  const frames = await chat.frames();
  const procedureId = randomUUID();
  for (const text of ["first", "second"]) {
    frames.say(subscribing({ type: "domain", data: { text } }, procedureId));
    await until(frames, "subscribedEvents");
  }
  for (const text of ["first", "second"]) await chat.send(randomUUID(), "send", { text });
  expect(await until(frames, "event")).toMatchObject({ payload: { data: { text: "second" } } });
  expect(frames.left).toEqual([]);
  frames.socket.close();
});

test("who follows a part of a list far behind its beginning is told when that part changes", async () => {
  const writer = await chat.frames();
  for (let number = 0; number < 1_200; number++) {
    writer.say(sending(`a-${number}`, { text: "many" }));
    await until(writer, "sentCommand");
  }
  writer.socket.close();
  await chat.send("z-last", "send", { text: "last" });
  for (const protocol of ["wss", "https"] as const) {
    const app = await chat.connect(protocol);
    const seen: unknown[] = [];
    app
      .list("messages")
      .readAndObserve({ where: { id: "z-last" } })
      .updated(([item]) => seen.push(item!["likes"]));
    await expect.poll(() => seen).toHaveLength(1);
    await chat.send("z-last", "like");
    await expect.poll(() => seen).toHaveLength(2);
    app.close();
  }
});

test("who reads slowly costs little memory, hears less often, and finds the present in the end", async () => {
  const [slow, writer] = await Promise.all([chat.frames(), chat.frames()]);
  const id = randomUUID();
  await chat.send(id, "send", { text: "x".repeat(100_000) });
  slow.say(subscribing(aboutMessages));
  await until(slow, "subscribedEvents");
  slow.say(reading({ where: { id } }));
  await until(slow, "finish");
  slow.socket.pause();
  for (let likes = 0; likes < 200; likes++) {
    await chat.send(id, "like");
    writer.say(reading({ where: { id }, take: 1 }));
    await until(writer, "finish");
  }
  slow.socket.resume();
  let [events, likes] = [0, 0];
  while (likes < 200) {
    const { payload } = await until(slow, "event");
    events += 1;
    likes = (payload.data.payload as { readonly likes: number }).likes;
  }
  expect(events).toBeLessThan(150);
  for (const frames of [slow, writer]) frames.socket.close();
});

describe("a token", () => {
  const provider = new OpenIdProvider({});
  const guarded = runningChat();
  const audience = "urn:chat";

  beforeAll(async () => {
    await provider.start();
    await guarded.start({ dev: false, tokens: { issuers: [{ url: provider.url }], audiences: [audience], rolesClaim: "roles" } });
  });
  afterAll(async () => {
    await guarded.end();
    await provider.end();
  });

  /** Believed for two seconds more: clocks may differ by thirty. */
  const soonOver = () => provider.sign(audience, { claims: { exp: Math.floor(Date.now() / 1000) - 27 } });

  test("ends what was subscribed with it, when it ends", async () => {
    const token = await soonOver();
    const frames = await guarded.frames();
    const subscription = subscribing({});
    frames.say({ ...subscription, token });
    expect(await frames.next()).toMatchObject({ type: "subscribedEvents" });
    expect(await frames.next()).toEqual({
      ...{ type: "error", statusCode: 401, payload: "Invalid token.", procedureId: subscription.procedureId },
    });
    frames.say({ ...subscription, token });
    expect(await frames.next()).toMatchObject({ type: "error", statusCode: 401 });
    frames.say(subscription);
    expect(await frames.next()).toMatchObject({ type: "subscribedEvents" });
    frames.socket.close();
  });

  test("in a header or in the address is as good as in a message", async () => {
    const token = await provider.sign(audience);
    const id = randomUUID();
    const frames = await guarded.frames({ authorization: `Bearer ${token}` });
    frames.say(subscribing({ type: "domain" }));
    frames.say(sending(id, { text: "hey" }));
    expect(await until(frames, "event")).toMatchObject({ payload: { user: { id: "jane" } } });
    frames.socket.close();

    const { payload } = sending(randomUUID(), { text: "hey" });
    const headers = { "content-type": "application/json" };
    const sent = await guarded.ask(`/v1/command?token=${token}`, { method: "POST", headers, body: JSON.stringify(payload) });
    expect(sent.status).toBe(200);
    const stream = await guarded.ask(`/v1/events?token=${await soonOver()}`, { method: "POST", headers, body: "{}" });
    expect(stream.text).toMatch(/^\{"name":"heartbeat"\}\n/);
  });
});

test("pages of other origins are let in where they are named", async () => {
  const app = "https://app.example";
  const named = runningChat();
  await named.start({ origins: [app] });
  const preflight = (origin: string) =>
    named.ask("/v1/command", {
      method: "OPTIONS",
      headers: { origin, "access-control-request-method": "POST", "access-control-request-headers": "content-type, authorization" },
    });
  const allowed = await preflight(app);
  expect([allowed.status, allowed.headers["access-control-allow-origin"], allowed.headers["access-control-allow-methods"]]).toEqual([
    ...[200, app, "GET, POST"],
  ]);
  expect((await preflight("https://evil.example")).headers["access-control-allow-origin"]).toBeUndefined();
  expect((await named.ask("/v1/ping", { headers: { origin: app } })).headers["access-control-allow-origin"]).toBe(app);
  (await named.frames({ origin: app })).socket.close();
  await expect(named.frames({ origin: "https://evil.example" })).rejects.toThrow("403");
  const headers = { "content-type": "application/json", origin: "https://evil.example" };
  expect((await named.ask("/v1/command", { method: "POST", headers, body: "{}" })).status).toBe(403);
  await named.end();
});

test("a server that closes says so, and is gone", async () => {
  const closing = runningChat();
  await closing.start();
  const frames = await closing.frames();
  frames.say(subscribing({}));
  await until(frames, "subscribedEvents");
  const events = closing.ask("/v1/events", { method: "POST" });
  const app = await closing.connect("https");
  const stream = app.wire.subscribeToEvents({});
  await once(stream, "start");
  const ended = once(stream, "end");
  const closed = once(frames.socket, "close");
  const id = randomUUID();
  frames.say(sending(id, { text: "bye" }));
  await until(frames, "sentCommand");
  const began = Date.now();
  await closing.close();
  expect(Date.now() - began).toBeLessThan(3_000);
  expect((await closed)[0]).toBe(1001);
  expect((await events).text).toContain("heartbeat");
  await ended;
  app.close();

  await closing.start();
  await expect.poll(async () => (await closing.ask(`/api/lists/messages?where={"id":"${id}"}`)).text).toContain("bye");
  await closing.end();
});
