import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { OpenIdProvider } from "./openid-provider.ts";
import { RunningErrands } from "./running-chat.ts";

const audience = "urn:errands";
const app = "https://app.example";
const provider = new OpenIdProvider({ jane: { roles: [] }, joe: { roles: [] } });
const errands = new RunningErrands();

beforeAll(async () => {
  await provider.start();
  const tokens = { issuers: [{ url: provider.url }], audiences: [audience], rolesClaim: "roles" };
  await errands.start({ tokens, proxy: true, rate: 5, origins: [app], questions: 2 });
});
afterAll(async () => {
  await errands.end();
  await provider.end();
});

const list = "/api/lists/errandsOfEverybody";

/** So many requests at once, as far as the proxy tells from there; how many were answered. */
async function answered(headers: Readonly<Record<string, string>>, requests = 100): Promise<number> {
  const answers = await Promise.all(Array.from({ length: requests }, () => errands.ask(list, { headers })));
  const refused = answers.filter(({ status }) => status === 429);
  for (const { headers: received, json } of refused) {
    expect(json()).toMatchObject({ type: "too-many-requests", status: 429, retryAfter: 1 });
    expect(received["retry-after"]).toBe("1");
  }

  return answers.filter(({ status }) => status === 200).length;
}

describe("what is observed at a time", () => {
  test("are so many different questions, whoever asks them", async () => {
    const sockets = await Promise.all(["203.0.113.20", "203.0.113.21"].map((address) => errands.socket({ "x-forwarded-for": address })));
    const [one, other] = sockets as [(typeof sockets)[0], (typeof sockets)[0]];
    const observe = async (socket: typeof one, id: string, take: number) => {
      socket.say({ type: "observe", id, list: "errandsOfEverybody", query: { take } });
      return socket.next();
    };
    expect(await observe(one, "a", 1)).toMatchObject({ type: "rows" });
    expect(await observe(one, "b", 2)).toMatchObject({ type: "rows" });
    expect(await observe(other, "c", 3)).toMatchObject({ type: "problem", problem: { type: "unavailable" } });
    expect(await observe(other, "d", 2)).toMatchObject({ type: "rows" });
    one.say({ type: "cancel", id: "a" });
    expect(await observe(other, "e", 3)).toMatchObject({ type: "rows" });
    for (const socket of sockets) socket.raw.close();
  });
});

describe("the rate", () => {
  test("is each address's own, as our own proxy tells it and not whoever wrote in front of it", async () => {
    const from = (address: string) => answered({ "x-forwarded-for": `203.0.113.99, ${address}` });
    const counts = await Promise.all([from("203.0.113.1"), from("203.0.113.2")]);
    for (const count of counts) expect(count).toBeGreaterThanOrEqual(10);
    for (const count of counts) expect(count).toBeLessThan(100);
    expect(await from("203.0.113.1")).toBeLessThan(100);
  });

  test("is each user's own, wherever they are, and not that of those beside them", async () => {
    const headers = async (name: string) => ({
      "x-forwarded-for": "203.0.113.3",
      authorization: `Bearer ${await provider.token(name, audience)}`,
    });
    const [jane, joe] = await Promise.all([headers("jane"), headers("joe")]);
    await errands.ask(list, { headers: jane });
    await errands.ask(list, { headers: joe });
    expect(await answered({ "x-forwarded-for": "203.0.113.3" })).toBeLessThan(100);
    expect(await answered(jane)).toBeGreaterThanOrEqual(9);
    expect(await answered({ ...joe, "x-forwarded-for": "203.0.113.4" })).toBeGreaterThanOrEqual(9);
  });

  test("counts tokens that nobody has seen, before they are looked at", async () => {
    const tries = await Promise.all(
      Array.from({ length: 100 }, (_, turn) =>
        errands.ask(list, { headers: { "x-forwarded-for": "203.0.113.5", authorization: `Bearer guess-${turn}` } }),
      ),
    );
    expect(tries.filter(({ status }) => status === 401).length).toBeLessThan(100);
    expect(tries.filter(({ status }) => status === 429).length).toBeGreaterThan(0);
  });

  test("counts the messages of a socket", async () => {
    const socket = await errands.socket({ "x-forwarded-for": "203.0.113.6" });
    for (let turn = 0; turn < 100; turn++) socket.say({ type: "ping", id: `p${turn}` });
    const answers = [];
    for (let turn = 0; turn < 100; turn++) answers.push(await socket.next());
    expect(answers.find(({ type }) => type === "problem")).toMatchObject({ problem: { type: "too-many-requests", retryAfter: 1 } });
    socket.raw.close();
  });

  test("is none for this machine itself", async () => {
    expect(await answered({}, 100)).toBe(100);
  });
});

describe("pages of other origins", () => {
  const preflight = (origin: string, method = "POST", asked = "authorization,content-type,idempotency-key") =>
    errands.ask("/api/commands/office/errand/x/begin", {
      method: "OPTIONS",
      headers: { origin, "access-control-request-method": method, "access-control-request-headers": asked },
    });

  test("may use the API where they are named", async () => {
    const { status, headers } = await preflight(app);
    expect(status).toBe(204);
    expect(headers).toMatchObject({
      "access-control-allow-origin": app,
      "access-control-allow-methods": "GET, POST",
      "access-control-allow-headers": "authorization, content-type, idempotency-key, last-event-id, prefer",
    });
    expect(headers).not.toHaveProperty("access-control-allow-credentials");
    const answer = await errands.command("office/errand/cors/begin", { title: "x", isSecret: false }, { origin: app });
    expect([answer.status, answer.headers["access-control-allow-origin"]]).toEqual([200, app]);
    const problem = await errands.command("office/errand/cors/begin", { title: "x", isSecret: false }, { origin: app });
    expect([problem.status, problem.headers["access-control-allow-origin"]]).toEqual([409, app]);
    (await errands.socket({ origin: app })).raw.close();
  });

  test.each([
    "https://evil.example",
    "https://app.example.evil",
    "http://app.example",
    "https://app.example:444",
    "null",
    "https://APP.example",
  ])("may not where they are not: %s", async (origin) => {
    expect((await preflight(origin)).headers["access-control-allow-origin"]).not.toBe(origin);
    const answer = await errands.command("office/errand/evil/begin", { title: "x", isSecret: false }, { origin });
    expect([answer.status, answer.headers["access-control-allow-origin"]]).toEqual([403, undefined]);
    await expect(errands.socket({ origin })).rejects.toThrow("403");
  });

  test("are our own where the proxy was asked for them", async () => {
    const headers = { "x-forwarded-host": "shop.example", origin: "https://shop.example" };
    expect((await errands.command("office/errand/own/begin", { title: "x", isSecret: false }, headers)).status).toBe(200);
    (await errands.socket(headers)).raw.close();
  });
});

describe("what is nested", () => {
  test.each([
    ["objects", '{"a":'.repeat(121) + "1" + "}".repeat(121)],
    ["lists", `{"title":${"[".repeat(120)}${"]".repeat(120)}}`],
    ["nothing but openings", "[".repeat(500_000)],
    ["openings behind a text with quotes", `{"title":"\\"${"[".repeat(300)}\\\\","x":${"[".repeat(300)}`],
  ])("too deeply is refused: %s", async (_, body) => {
    const answer = await errands.ask("/api/commands/office/errand/deep/begin", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
    expect(answer.json()).toMatchObject({ type: "malformed", detail: "The body cannot be read: It is nested deeper than 120 levels." });
  });

  test.each(['{"title":"a","notes":{"__proto__":{}}}', '{"constructor":{"prototype":{}}}'])(
    "with a name that poisons is refused: %s",
    async (body) => {
      const answer = await errands.ask("/api/commands/office/errand/deep/begin", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body,
      });
      expect(answer.json()).toMatchObject({
        type: "malformed",
        detail: "The body cannot be read: No name in it may be __proto__, nor constructor with a prototype below it.",
      });
    },
  );

  test("in a text is nested in nothing", async () => {
    const answer = await errands.command("office/errand/flat/begin", { title: "[{".repeat(50), isSecret: false, ...{} });
    expect(answer.status).toBe(200);
    expect((await errands.command("office/errand/flat/begin", { title: '[{\\"'.repeat(200), isSecret: false })).json()).toMatchObject({
      type: "not-valid",
    });
  });
});
