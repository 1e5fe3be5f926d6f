import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runningChat, type Frames } from "./running.ts";

const chat = runningChat();
const procedureId = "5cf49a8b-0d1c-4c4b-9e05-2c9a9a8a6d11";
const id = "1b7d7a55-93a4-4b4b-a0a1-0f6b6f8f9e21";
let frames: Frames;

beforeAll(async () => {
  await chat.start();
  frames = await chat.frames();
});
afterAll(() => chat.end());

const error = (statusCode: number, payload: string, withId = true) => ({
  type: "error",
  statusCode,
  payload,
  ...(withId && { procedureId }),
});

const command = (changes: object = {}) => ({
  ...{ context: { name: "communication" }, aggregate: { name: "message", id }, name: "send", id },
  ...{ data: { text: "hey" }, custom: {}, user: null },
  metadata: { timestamp: 1497700000000, correlationId: id, causationId: id },
  ...changes,
});
const sending = (changes: object) => ({ type: "sendCommand", procedureId, payload: command(changes) });
const reading = (payload: unknown) => ({ type: "subscribeRead", procedureId, payload });
const asking = (query: unknown) => reading({ modelType: "lists", modelName: "messages", query });

const badRequest = error(400, "Bad request.", false);
const malformed = error(400, "Malformed command.");
const invalidQuery = error(400, "Invalid query.");

describe("what is wrong with a message is said in the order in which it is looked at", () => {
  test.each<readonly [string, string | Buffer | object, object]>([
    ["nothing", "", badRequest],
    ["no JSON", "{", badRequest],
    ["a list", "[]", badRequest],
    ["null", "null", badRequest],
    ["bytes", Buffer.from('{"version":"v1"}'), badRequest],
    ["another version", { version: "v2", type: "sendCommand", procedureId }, badRequest],
    ["no version", JSON.stringify({ type: "sendCommand", procedureId }), badRequest],
    ["no procedure id", { type: "nothing", token: "x" }, error(400, "Procedure id is missing.", false)],
    ["an empty procedure id", { type: "nothing", procedureId: "" }, error(400, "Procedure id is missing.", false)],
    ["a procedure id that is none", { type: "nothing", procedureId: "7" }, error(400, "Procedure id is invalid.", false)],
    ["a procedure id that is a list", { type: "nothing", procedureId: [procedureId] }, error(400, "Procedure id is invalid.", false)],
    ["a token that nobody gave", { type: "nothing", procedureId, token: "x.y.z" }, error(401, "Invalid token.")],
    ["a token that is a number", { type: "sendCommand", procedureId, token: 7 }, error(401, "Invalid token.")],
    ["an unknown type", { type: "nothing", procedureId }, badRequest],
    ["no type", { procedureId }, badRequest],
    ["a type of every object", { type: "constructor", procedureId }, badRequest],
    ["a prototype", `{"version":"v1","procedureId":"${procedureId}","type":"subscribeEvents","__proto__":{"a":1}}`, badRequest],
    ["nesting", `{"version":"v1","a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`, badRequest],
  ])("%s", async (_, frame, answer) => {
    frames.say(frame);
    expect(await frames.next()).toEqual(answer);
  });
});

describe("a command", () => {
  test.each<readonly [string, object, object]>([
    ["that is nothing", { type: "sendCommand", procedureId }, malformed],
    ["that is a list", { type: "sendCommand", procedureId, payload: [] }, malformed],
    ["with one more member", sending({ isAdmin: true }), malformed],
    ["with one more member of its context", sending({ context: { name: "communication", id: "x" } }), malformed],
    ["with one more member of its metadata", sending({ metadata: { ...command().metadata, position: 1 } }), malformed],
    ["without data", sending({ data: undefined }), malformed],
    ["whose data are null", sending({ data: null }), malformed],
    ["whose data are a list", sending({ data: [] }), malformed],
    ["without custom", sending({ custom: undefined }), malformed],
    ["without metadata", sending({ metadata: undefined }), malformed],
    ["whose time is a text", sending({ metadata: { ...command().metadata, timestamp: "now" } }), malformed],
    ["whose user is a text", sending({ user: "jane" }), malformed],
    ["whose user has no token", sending({ user: { id: "jane" } }), malformed],
    ["without a name", sending({ name: "" }), malformed],
    ["without an aggregate's id", sending({ aggregate: { name: "message" } }), malformed],
    ["whose aggregate's id has a line break", sending({ aggregate: { name: "message", id: "a\nb" } }), malformed],
    ["of a context that is not there", sending({ context: { name: "billing" } }), error(400, "Unknown context name.")],
    ["of a context of every object", sending({ context: { name: "constructor" } }), error(400, "Unknown context name.")],
    ["of an aggregate that is not there", sending({ aggregate: { name: "letter", id } }), error(400, "Unknown aggregate name.")],
    ["that is not there", sending({ name: "sned" }), error(400, "Unknown command name.")],
    ["of every object", sending({ name: "toString" }), error(400, "Unknown command name.")],
  ])("%s", async (_, frame, answer) => {
    frames.say(frame);
    expect(await frames.next()).toEqual(answer);
  });

  test("whose user it invents is its sender's all the same", async () => {
    const [own, all] = [randomUUID(), randomUUID()];
    frames.say({ type: "subscribeEvents", procedureId, payload: { filter: { metadata: { correlationId: own } } } });
    expect(await frames.next()).toEqual({ type: "subscribedEvents", statusCode: 200, procedureId });
    const metadata = { timestamp: 0, correlationId: all, causationId: all };
    const user = { id: "boss", token: { sub: "boss", isAdmin: true } };
    frames.say({ ...sending({ id: own, aggregate: { name: "message", id: own }, user, metadata }), procedureId: all });
    expect(await frames.next()).toEqual({ type: "sentCommand", statusCode: 200, procedureId: all });
    expect(await frames.next()).toMatchObject({ payload: { name: "sent", user: { id: "anonymous" }, metadata: { causationId: own } } });
    frames.say({ type: "unsubscribeEvents", procedureId });
    expect(await frames.next()).toEqual({ type: "unsubscribedEvents", statusCode: 200, procedureId });
  });
});

describe("a question", () => {
  test.each<readonly [string, object, object]>([
    ["that is nothing", reading(undefined), error(400, "Payload is missing.")],
    ["that is null", reading(null), error(400, "Payload is missing.")],
    ["that is a text", reading("messages"), badRequest],
    ["to another kind of model", reading({ modelType: "trees", modelName: "messages" }), error(400, "Unknown model type.")],
    ["to a list that is not there", reading({ modelType: "lists", modelName: "mesages" }), error(400, "Unknown model name.")],
    ["to a list of every object", reading({ modelType: "lists", modelName: "__proto__" }), error(400, "Unknown model name.")],
    ["to a list that is a number", reading({ modelType: "lists", modelName: 7 }), error(400, "Unknown model name.")],
    ["that is a list", asking([]), invalidQuery],
    ["whose condition is a text", asking({ where: "likes > 1" }), invalidQuery],
    ["with a word of ours", asking({ where: { or: [{ likes: 1 }] } }), invalidQuery],
    ["with a comparison of ours", asking({ where: { likes: { moreThan: 1 } } }), invalidQuery],
    ["with a comparison of the database", asking({ where: { likes: { $gt: 1 } } }), invalidQuery],
    ["with code for the database", asking({ where: { $where: "sleep(1000)" } }), invalidQuery],
    ["with a condition that is empty", asking({ where: { likes: {} } }), invalidQuery],
    ["with a list of values", asking({ where: { likes: [1, 2] } }), invalidQuery],
    ["with an object as a value", asking({ where: { likes: { $greaterThan: { $lessThan: 1 } } } }), invalidQuery],
    ["with alternatives that are none", asking({ where: { $or: { likes: 1 } } }), invalidQuery],
    ["about a field of every object", asking({ where: { constructor: 1 } }), invalidQuery],
    ["sorted by nothing that there is", asking({ orderBy: { nothing: "ascending" } }), invalidQuery],
    ["sorted in no order", asking({ orderBy: { likes: 1 } }), invalidQuery],
    ["sorted by a list", asking({ orderBy: ["likes"] }), invalidQuery],
    ["nested too deeply", asking({ where: nested(30) }), invalidQuery],
  ])("%s", async (_, frame, answer) => {
    frames.say(frame);
    expect(await frames.next()).toEqual(answer);
  });

  test("takes what is no number for nothing", async () => {
    frames.say(asking({ skip: "some", take: -1, where: { id } }));
    expect(await frames.next()).toEqual({ type: "subscribedRead", statusCode: 200, procedureId });
    expect(await frames.next()).toEqual({ type: "finish", statusCode: 200, procedureId });
    frames.say(asking({ take: 1e300, where: { id } }));
    expect(await frames.next()).toMatchObject({ type: "subscribedRead" });
    expect(await frames.next()).toMatchObject({ type: "finish" });
  });
});

function nested(depth: number): object {
  return depth === 0 ? { likes: 1 } : { $or: [{ likes: 2 }, nested(depth - 1)] };
}

describe("a subscription", () => {
  test.each([
    ["a text", "sent"],
    ["a number", 7],
    ["a list", []],
    ["one that is too long", { name: "x".repeat(20_000) }],
  ])("by what is no filter: %s", async (_, filter) => {
    frames.say({ type: "subscribeEvents", procedureId, payload: { filter } });
    expect(await frames.next()).toEqual(badRequest);
  });

  test("to everything begins without a payload, and ends once", async () => {
    frames.say({ type: "subscribeEvents", procedureId });
    expect(await frames.next()).toEqual({ type: "subscribedEvents", statusCode: 200, procedureId });
    const text = randomUUID();
    await chat.send(randomUUID(), "send", { text });
    const [one, other] = [await frames.next(), await frames.next()] as { readonly payload: { readonly type: string } }[];
    expect([one!.payload.type, other!.payload.type].sort()).toEqual(["domain", "readModel"]);
    for (const type of ["unsubscribeRead", "unsubscribeEvents", "unsubscribeEvents"]) frames.say({ type, procedureId });
    expect(await frames.next()).toEqual({ type: "unsubscribedEvents", statusCode: 200, procedureId });
    await chat.send(randomUUID(), "send", { text });
    frames.say(asking({ where: { text }, take: 1 }));
    for (const type of ["subscribedRead", "item", "finish"]) expect(await frames.next()).toMatchObject({ type });
    expect(frames.left).toEqual([]);
  });

  test("does not match by what every object has", async () => {
    frames.say({ type: "subscribeEvents", procedureId, payload: { filter: { constructor: {}, type: "domain" } } });
    expect(await frames.next()).toMatchObject({ type: "subscribedEvents" });
    await chat.send(randomUUID(), "send", { text: "hey" });
    frames.say({ type: "unsubscribeEvents", procedureId });
    expect(await frames.next()).toMatchObject({ type: "unsubscribedEvents" });
  });
});

test("a frame that is too large ends the socket, and only that one", async () => {
  const other = await chat.frames();
  const closed = new Promise((resolve) => other.socket.on("close", resolve));
  other.say({ type: "sendCommand", procedureId, payload: "x".repeat(1024 * 1024) });
  expect(await closed).toBe(1009);
  frames.say("{");
  expect(await frames.next()).toEqual(badRequest);
});

describe("over HTTP", () => {
  const json = { "content-type": "application/json" };
  const post = (path: string, body?: string, headers: Readonly<Record<string, string>> = json) =>
    chat.ask(path, { method: "POST", headers, ...(body !== undefined && { body }) });

  test.each<readonly [string, string, string | undefined, Readonly<Record<string, string>> | undefined, number, string]>([
    ["a command as text", "/v1/command", "{}", { "content-type": "text/plain" }, 415, "Header content-type must be application/json."],
    ["no command", "/v1/command", undefined, {}, 415, "Header content-type must be application/json."],
    ["an empty command", "/v1/command", "", json, 400, "Malformed command."],
    ["half a command", "/v1/command", "{", json, 400, "Malformed command."],
    ["a poisoned command", "/v1/command", '{"__proto__":{}}', json, 400, "Malformed command."],
    ["an unknown context", "/v1/command", JSON.stringify(command({ context: { name: "x" } })), json, 400, "Unknown context name."],
    [
      "an unknown aggregate",
      "/v1/command",
      JSON.stringify(command({ aggregate: { name: "x", id } })),
      json,
      400,
      "Unknown aggregate name.",
    ],
    ["an unknown command", "/v1/command", JSON.stringify(command({ name: "x" })), json, 400, "Unknown command name."],
    ["a command that is too large", "/v1/command", `"${"x".repeat(2 ** 20)}"`, json, 413, "Payload is too large."],
    ["a token that nobody gave", "/v1/command?token=x", "{}", json, 401, ""],
    ["another one", "/v1/events", "{}", { ...json, authorization: "Bearer x" }, 401, ""],
    ["a filter that is none", "/v1/events", "[]", json, 400, "Bad request."],
    ["another kind of model", "/v1/read/trees/messages", undefined, {}, 400, "Unknown model type."],
    ["a list that is not there", "/v1/read/lists/mesages", undefined, {}, 400, "Unknown model name."],
    ["a condition that is no JSON", "/v1/read/lists/messages?where=x", undefined, {}, 400, "Invalid where."],
    ["a condition that is a text", '/v1/read/lists/messages?where="x"', undefined, {}, 400, "Invalid where."],
    ["an unknown comparison", '/v1/read/lists/messages?where={"likes":{"$gt":1}}', undefined, {}, 400, "Invalid where."],
    ["an order that is no JSON", "/v1/read/lists/messages?orderBy=x", undefined, {}, 400, "Invalid order by."],
    ["an order that is none", '/v1/read/lists/messages?orderBy={"likes":2}', undefined, {}, 400, "Invalid order by."],
    ["a value that the field cannot have", '/v1/read/lists/messages?where={"likes":"x"}', undefined, {}, 400, "Invalid query."],
    ["a number that is none", "/v1/read/lists/messages?take=many", undefined, {}, 400, "Invalid query."],
  ])("%s", async (_, path, body, headers, status, text) => {
    const answer = await post(encodeURI(path), body, headers);
    expect([answer.status, answer.text]).toEqual([status, text]);
  });

  test("a command is answered by nothing, and lines begin with a sign of life", async () => {
    const own = randomUUID();
    const sent = await post("/v1/command", JSON.stringify(command({ id: own, aggregate: { name: "message", id: own } })));
    expect([sent.status, sent.text]).toEqual([200, ""]);
    const where = encodeURIComponent(JSON.stringify({ id: own }));
    await expect.poll(async () => (await post(`/v1/read/lists/messages?where=${where}&_=1`, undefined, {})).text).toContain(own);
    const answer = await post(`/v1/read/lists/messages?where=${where}`, undefined, {});
    expect(answer.headers["content-type"]).toMatch(/^application\/json/);
    const [first, second, ...rest] = answer.text.split("\n");
    expect([first, JSON.parse(second!), rest]).toEqual(['{"name":"heartbeat"}', expect.objectContaining({ id: own, text: "hey" }), [""]]);
  });

  test("works over HTTP/2, too", async () => {
    expect((await chat.ask2("/v1/ping")).json()).toEqual({ api: "v1" });
    expect((await chat.ask2("/v1/read/lists/messages?take=1", { method: "POST" })).text).toMatch(/^\{"name":"heartbeat"\}\n/);
  });
});
