import { statSync } from "node:fs";
import { request } from "node:https";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { RunningChat } from "./running-chat.ts";

const chat = new RunningChat();

beforeAll(() => chat.start({ dev: true }));
afterAll(() => chat.end());

describe("a command", () => {
  test("is answered with what happened, by HTTP/1.1 and HTTP/2 alike", async () => {
    const sent = await chat.send("m1", "send", { text: "hey" });
    expect([sent.status, sent.json()]).toEqual([200, { position: 1, revision: 1, events: ["sent"] }]);

    const liked = await chat.ask2("/api/commands/communication/message/m1/like", { method: "POST" });
    expect([liked.status, liked.json()]).toEqual([200, { position: 2, revision: 2, events: ["liked"] }]);
    expect((await chat.ask2("/api/lists/messages?after=2")).json()).toMatchObject({
      rows: [{ id: "m1", text: "hey", likes: 1 }],
      position: 2,
    });
  });

  test("with the same id takes effect once, and is answered alike", async () => {
    const headers = { "idempotency-key": "only-once" };
    const first = await chat.send("m-once", "send", { text: "once" }, headers);
    const second = await chat.send("m-once", "send", { text: "once" }, headers);
    const other = await chat.send("m-once", "send", { text: "twice" }, headers);

    expect(second.json()).toEqual(first.json());
    expect(other.json()).toMatchObject({ type: "command-id-reused", status: 409 });
  });

  test.each([
    ["no text", "send", "{}", 400, "not-valid", /text/],
    ["text that is none", "send", '{"text":1}', 400, "not-valid", /text/],
    ["a field too many", "send", '{"text":"a","size":1}', 400, "not-valid", /size/],
    ["an empty text", "send", '{"text":""}', 422, "rejected", /^Text is missing\.$/],
    ["a list as its data", "send", "[]", 400, "not-valid", /./],
    ["null as its data", "send", "null", 400, "not-valid", /./],
    ["half a JSON", "send", '{"text":', 400, "malformed", /not valid JSON/],
    ["a prototype", "send", '{"text":"a","__proto__":{"admin":true}}', 400, "malformed", /__proto__/],
    ["a constructor", "send", '{"text":"a","constructor":{"prototype":{}}}', 400, "malformed", /__proto__/],
    ["a name that is not known", "sent", '{"text":"a"}', 404, "unknown-command", /did you mean .*send/],
    ["an inherited name", "toString", "{}", 404, "unknown-command", /./],
    ["nothing to like", "like", "{}", 404, "does-not-exist", /message/],
  ])("with %s is refused", async (_, name, body, status, type, detail) => {
    const headers = { "content-type": "application/json" };
    for (const ask of [chat.ask, chat.ask2]) {
      const answer = await ask.call(chat, `/api/commands/communication/message/bad/${name}`, { method: "POST", headers, body });

      expect([answer.status, answer.headers["content-type"]]).toEqual([status, "application/problem+json; charset=utf-8"]);
      expect(answer.json()).toMatchObject({ type, status, title: expect.any(String), detail: expect.stringMatching(detail) });
    }
  });

  test("names the fields that are wrong, and their rules", async () => {
    expect((await chat.send("bad", "send", { text: 1 })).json()).toMatchObject({ fields: [{ field: "text", rule: expect.any(String) }] });
  });

  test.each([
    ["too large", "POST", { "content-type": "application/json" }, `{"text":"${"x".repeat(1024 * 1024)}"}`, 413, "too-large"],
    ["of another type", "POST", { "content-type": "text/plain" }, '{"text":"a"}', 400, "malformed"],
    [
      "from a page of another origin",
      "POST",
      { "content-type": "application/json", origin: "https://evil.example" },
      '{"text":"a"}',
      403,
      "not-allowed",
    ],
    [
      "under a key that is too long",
      "POST",
      { "content-type": "application/json", "idempotency-key": "k".repeat(201) },
      '{"text":"a"}',
      400,
      "malformed",
    ],
    ["put", "PUT", { "content-type": "application/json" }, '{"text":"a"}', 405, "wrong-method"],
  ])("that is %s is refused", async (_, method, headers, body, status, type) => {
    const answer = await chat.ask("/api/commands/communication/message/bad/send", { method, headers, body });

    expect([answer.status, answer.json()]).toEqual([status, expect.objectContaining({ type, status })]);
  });
});

describe("a list", () => {
  test("answers questions in its address", async () => {
    await chat.send("q1", "send", { text: "question one" });
    const { json } = await chat.send("q2", "send", { text: "question two" });
    const { position } = json() as { position: number };
    const where = encodeURIComponent('{"text":{"startsWith":"question"}}');
    const orderBy = encodeURIComponent('{"text":"descending"}');
    const answer = await chat.ask(`/api/lists/messages?where=${where}&orderBy=${orderBy}&take=1&skip=1&after=${position}`);

    expect(answer.json()).toEqual({
      position: expect.any(Number),
      rows: [expect.objectContaining({ id: "q1", text: "question one", likes: 0 })],
    });
  });

  test.each([
    ["/api/commands/communication/message/m1/send", "GET", "POST"],
    ["/api/lists/messages?take=1", "DELETE", "GET, HEAD"],
    ["/health/ready", "POST", "GET, HEAD"],
  ])("%s says how it is asked to whoever asks otherwise", async (path, method, allowed) => {
    const { status, headers, json } = await chat.ask(path, { method });

    expect([status, headers["allow"]]).toEqual([405, allowed]);
    expect(json()).toMatchObject({ type: "wrong-method", detail: `There is no ${method} at ${path.split("?")[0]}, only ${allowed}.` });
  });

  test.each([
    ["/api/lists/mesages", 404, "unknown-list", 'Did you mean \\"messages\\"?'],
    ["/api/lists/constructor", 404, "unknown-list", "There is no list"],
    ["/api/lists/messages?where=%7Btext%7D", 400, "malformed", "where has to be one JSON text"],
    ["/api/lists/messages?where=%7B%22txt%22:1%7D", 400, "not-valid", 'Did you mean \\"text\\"?'],
    ["/api/lists/messages?where=%7B%22likes%22:%22x%22%7D", 400, "not-valid", "must be an integer"],
    ["/api/lists/messages?take=many", 400, "not-valid", "from 1 to 1000"],
    ["/api/lists/messages?take=1001", 400, "not-valid", "from 1 to 1000"],
    ["/api/lists/messages?after=-1", 400, "malformed", "position of the log"],
    ["/api/lists/messages?limit=1", 400, "malformed", 'no parameter \\"limit\\"'],
    ["/api/lists/messages?__proto__=1", 400, "malformed", "no parameter"],
    ["/api/lists/messages?where=1&where=2", 400, "malformed", "one JSON text"],
    ["/api/lists/%E0%A4%A", 400, "malformed", "not a valid URL"],
    ["/api/events?nme=sent", 400, "malformed", 'nme\\" is no filter'],
    ["/api/events?name=snt", 400, "malformed", 'Did you mean \\"sent\\"?'],
    ["/api/events?after=x", 400, "malformed", "after"],
    ["/nothing/here", 404, "not-found", "There is nothing at GET /nothing/here."],
    ["/api/", 404, "not-found", "There is nothing at GET /api/."],
  ])("at %s there is a problem", async (path, status, type, detail) => {
    for (const headers of [{}, { accept: "text/event-stream" }]) {
      const answer = await chat.ask(path, { headers });

      expect([answer.status, answer.headers["content-type"]]).toEqual([status, "application/problem+json; charset=utf-8"]);
      expect(answer.json()).toMatchObject({ type });
      expect(answer.text).toContain(detail);
      expect(answer.text).not.toMatch(/\bat .*\.(js|ts)/);
    }
  });

  test("is asked for a position that is not there yet only for so long", async () => {
    const began = Date.now();
    const answer = await chat.ask("/api/lists/messages?after=1000000");

    expect(answer.json()).toMatchObject({ type: "unavailable", status: 503 });
    expect(Date.now() - began).toBeGreaterThan(4_000);
  });
});

describe("an event stream", () => {
  test("sends an answer and then its changes", async () => {
    const stream = await listen("/api/lists/messages?where=%7B%22id%22:%22live%22%7D");
    expect(await stream.next()).toMatchObject({ event: "rows", data: { rows: [] } });
    await chat.send("live", "send", { text: "hear me" });

    const { event, data } = await stream.next();
    expect(event).toBe("changes");
    expect(data).toMatchObject({ changes: { removed: [], put: [{ index: 0, row: { id: "live", text: "hear me" } }] } });
    stream.close();
  });

  test("sends events, goes on where a lost one ended, and only what was asked for", async () => {
    const stream = await listen("/api/events?aggregateId=heard");
    expect(await stream.next()).toMatchObject({ event: "started" });
    await chat.send("heard", "send", { text: "one" });
    await chat.send("unheard", "send", { text: "other" });
    const first = await stream.next();
    expect(first.data).toMatchObject({ name: "sent", data: { text: "one" }, aggregate: { id: "heard" } });
    stream.close();

    await chat.send("heard", "like");
    const resumed = await listen("/api/events?aggregateId=heard", { "last-event-id": first.id });
    await resumed.next();
    expect((await resumed.next()).data).toMatchObject({ name: "liked" });
    resumed.close();
  });
});

describe("around the API", () => {
  test("every answer is guarded by headers", async () => {
    for (const path of ["/api/model", "/api/lists/messages", "/nothing", "/health/live"]) {
      const { headers } = await chat.ask(path);

      expect(headers).toMatchObject({
        "x-content-type-options": "nosniff",
        "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
        "cache-control": "no-store",
      });
      expect(headers).not.toHaveProperty("x-powered-by");
    }
  });

  test("the model tells what there is", async () => {
    expect((await chat.ask("/api/model")).json()).toMatchObject({
      name: "chat",
      aggregates: [{ context: "communication", name: "message", commands: { send: { on: "new", fields: { text: { type: "text" } } } } }],
      lists: [{ name: "messages", fields: { likes: { type: "integer" } } }],
    });
  });

  test("it is alive and ready", async () => {
    expect((await chat.ask("/health/live")).json()).toEqual({ status: "live" });
    expect((await chat.ask("/health/ready")).json()).toMatchObject({ status: "ready", lists: [{ list: "messages", status: "running" }] });
  });

  test("its page, the SDK and the studio are there, and nothing else of the disk", async () => {
    const page = await chat.ask("/");
    expect(page.headers["content-security-policy"]).toMatch(/script-src 'self' 'sha256-[\w+/=]+'/);
    const script = await chat.ask("/chat.ts");
    expect(script.headers["content-type"]).toBe("text/javascript; charset=utf-8");
    expect(script.text).not.toContain("interface ");
    expect((await chat.ask("/chat.ts", { headers: { "if-none-match": String(script.headers.etag) } })).status).toBe(304);
    for (const path of ["/@wkgen/runtime/client.js", "/@wkgen/runtime/client/wire.js", "/studio/", "/studio/studio.js"]) {
      expect([path, (await chat.ask(path)).status]).toEqual([path, 200]);
    }

    const hidden = [
      "/%2e%2e/server/server.ts",
      "/..%2fserver/server.ts",
      "/../../chat.domain",
      "/.env",
      "/@wkgen/runtime/start.js",
      "/studio/../../package.json",
      "/%00",
      "/chat.ts/",
    ];
    for (const path of hidden) expect([path, (await chat.ask2(path)).status]).toEqual([path, 404]);
  });

  test("the key is for its owner's eyes only", () => {
    expect(statSync(`${chat.folder}/private-key.pem`).mode & 0o777).toBe(0o600);
  });
});

interface Heard {
  readonly event: string;
  readonly id: string;
  readonly data: unknown;
}

function listen(path: string, headers: Readonly<Record<string, string>> = {}): Promise<{ next(): Promise<Heard>; close(): void }> {
  return new Promise((resolve, reject) => {
    const options = { rejectUnauthorized: false, agent: false, headers: { accept: "text/event-stream", ...headers } };
    const asked = request(chat.url + path, options, async (response) => {
      const lines = response.setEncoding("utf8")[Symbol.asyncIterator]();
      let buffer = "";
      const next = async (): Promise<Heard> => {
        while (!buffer.includes("\n\n")) buffer += (await lines.next()).value;
        const [message = "", ...rest] = buffer.split("\n\n");
        buffer = rest.join("\n\n");
        const field = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(message)?.[1] ?? "";

        return field("event") === "" ? next() : { event: field("event"), id: field("id"), data: JSON.parse(field("data")) };
      };
      resolve({ next, close: () => asked.destroy() });
    });
    asked.on("error", reject).end();
  });
}
