import { connect as connectHttp2 } from "node:http2";
import { once } from "node:events";
import { connect as connectTls } from "node:tls";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { WebSocket } from "ws";
import { OpenIdProvider } from "../runtime/http/openid-provider.ts";
import { bytes } from "./bytes.ts";
import { frames, rawFrames } from "./frames.ts";
import { requests } from "./requests.ts";
import { Target, type Answer } from "./target.ts";
import { tokens } from "./tokens.ts";
import { formWith, poisonous, right, wrongValues } from "./wrong-values.ts";

const plain = new Target();
const encrypted = new Target();
const provider = new OpenIdProvider({ jane: { roles: [] } });
const stranger = new OpenIdProvider({ jane: { roles: [] } });
const audience = "urn:forms";
let socket: WebSocket;
let slow: ReturnType<typeof holdOpen>;

beforeAll(async () => {
  await Promise.all([provider.start(), stranger.start()]);
  const args = ["--issuer", provider.url, "--audience", audience];
  await Promise.all([plain.start(["--http", ...args]), encrypted.start(args)]);
  socket = await plain.socket();
  slow = holdOpen();
  await fill("first");
});
afterAll(async () => {
  await Promise.all([plain.remove(), encrypted.remove(), provider.end(), stranger.end()]);
});

const json = { "content-type": "application/json" };
const fields = Object.entries(wrongValues).flatMap(([field, values]) => values.map((value) => [field, value] as const));
const short = (text: string) => (text.length > 60 ? `${text.slice(0, 60)}…` : text);
const cases = requests.length + frames.length + rawFrames.length + bytes.length + tokens.length + 2 * fields.length + poisonous.length * 2;

async function fill(id: string): Promise<void> {
  expect((await plain.ask(`/api/commands/desk/form/${id}/fill`, "POST", json, JSON.stringify(right))).status).toBe(200);
}

function expectProblem({ status, headers, text }: Answer, wanted: number, type: string): void {
  const found = JSON.parse(text) as Readonly<Record<string, unknown>>;
  expect([status, found.type, found.status]).toEqual([wanted, type, wanted]);
  expect(headers["content-type"]).toBe("application/problem+json; charset=utf-8");
  expect(headers["x-content-type-options"]).toBe("nosniff");
  expect(text.length).toBeLessThan(20_000);
  expect(text).not.toMatch(/node_modules|node:internal|\.[jt]s:\d|node:sqlite|SQLITE_|at \w+ \(/);
}

/** Says something over the socket that all of these cases share, and hears the next thing that comes back. */
async function hear(frame: string | Buffer): Promise<unknown> {
  const heard = once(socket, "message");
  socket.send(frame);

  return JSON.parse(String((await heard)[0]));
}

test("there are enough cases", () => {
  expect(cases).toBeGreaterThan(600);
});

describe("by HTTP is refused", () => {
  test.each(requests)("%s", async (_, { path, method, headers, body }, status, type) => {
    expectProblem(await plain.ask(path, method, headers, body), status, type);
  });

  test.each(fields)("%s", async (field, value) => {
    const answer = await plain.ask("/api/commands/desk/form/bad/fill", "POST", json, formWith(field, value));
    expectProblem(answer, 400, "not-valid");
    const { fields: wrong } = JSON.parse(answer.text) as { readonly fields: readonly { readonly field: string }[] };
    expect(wrong.map((fault) => fault.field.split(/[.[]/)[0])).toEqual(wrong.map(() => field));
  });

  test.each(poisonous)("%s", async (value) => {
    expectProblem(await plain.ask("/api/commands/desk/form/bad/fill", "POST", json, formWith("extra", value)), 400, "malformed");
  });

  test.each(tokens)("a token %s", async (_, make) => {
    const authorization = `Bearer ${await make({ provider, stranger, audience })}`;
    const answer = await plain.ask("/api/commands/desk/form/bad/fill", "POST", { ...json, authorization }, JSON.stringify(right));
    expectProblem(answer, 401, "not-authenticated");
    expect(await hear(JSON.stringify({ type: "authenticate", id: "a", token: authorization.slice("Bearer ".length) }))).toMatchObject({
      type: "problem",
      problem: { type: "not-authenticated" },
    });
    expect(await hear('{"type":"authenticate","id":"a","token":null}')).toEqual({ type: "authenticated", id: "a" });
  });

  test.each(bytes)("%s", async (name, written, first) => {
    const heard = await plain.raw(Buffer.from(written, "latin1"));
    expect(heard.split("\r\n", 1)[0]).toMatch(first);
    // Node itself answers a request without a host, in as many words.
    if (heard !== "" && name !== "no host") expect(heard).toContain("application/problem+json");
  });
});

describe("over a socket is refused", () => {
  test.each(frames)("%s", async (_, frame, id, type) => {
    expect(await hear(frame)).toMatchObject({ type: "problem", id, problem: { type } });
  });

  test.each(fields.map(([field, value]) => [field, short(value), value] as const))("%s: %s", async (field, _, value) => {
    const names = { id: "hostile", context: "desk", aggregate: "form", aggregateId: "bad", name: "fill" };
    const frame = `{"type":"command","id":"1","command":${JSON.stringify(names).slice(0, -1)},"data":${formWith(field, value)}}}`;
    expect(await hear(frame)).toMatchObject({ type: "problem", id: "1", problem: { type: "not-valid" } });
  });

  test.each(poisonous)("%s", async (value) => {
    expect(await hear(`{"type":"events","id":"1","filter":${value}}`)).toMatchObject({ problem: { type: "malformed" } });
  });

  test.each(rawFrames)("%s: that connection ends", async (_, written) => {
    const one = plain.tcp();
    const upgrade = `GET /api/socket HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`;
    one.on("error", () => undefined).write(upgrade);
    expect(String((await once(one, "data"))[0])).toMatch(/^HTTP\/1\.1 101 /);
    one.resume().write(written);
    one.end();
    await once(one, "close");
  });
});

describe("by TLS and HTTP/2", () => {
  test("what is no TLS is hung up on", async () => {
    expect(await encrypted.raw("GET / HTTP/1.1\r\nhost: x\r\n\r\n")).not.toContain("200");
  });

  test.each([
    ["no preface", Buffer.from("nonsense".repeat(20))],
    ["frames of every kind that are noise", Buffer.concat([Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), Buffer.alloc(2_000, 7)])],
    [
      "a frame larger than agreed on",
      Buffer.concat([Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), Buffer.from([0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 1])]),
    ],
    [
      "headers that cannot be unpacked",
      Buffer.concat([
        Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]),
        Buffer.from([0, 0, 3, 1, 5, 0, 0, 0, 1, 0xff, 0xff, 0xff]),
      ]),
    ],
  ])("ends the connection: %s", async (_, written) => {
    const { hostname, port } = new URL(encrypted.url);
    const one = connectTls({ host: hostname, port: Number(port), rejectUnauthorized: false, ALPNProtocols: ["h2"] });
    one.on("error", () => undefined).resume();
    await once(one, "secureConnect");
    one.write(written);
    await once(one, "close");
  });

  test("requests begun and withdrawn by the thousand cost nothing", async () => {
    const session = connectHttp2(encrypted.url, { rejectUnauthorized: false });
    session.on("error", () => undefined);
    for (let turn = 0; turn < 2_000 && !session.destroyed; turn++) {
      const stream = session.request({ ":path": "/api/lists/filled" });
      stream.on("error", () => undefined).close(8);
      if (turn % 100 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    }
    session.destroy();
    expect((await encrypted.ask("/api/lists/filled")).status).toBe(200);
  });
});

/** Connections that begin something and do not go on, in each way that there is. */
function holdOpen() {
  const beginnings: readonly (readonly [string, string])[] = [
    ["nothing", ""],
    ["half a first line", "GET /api/li"],
    ["headers without end", "GET /api/model HTTP/1.1\r\nhost: x\r\nx: "],
    [
      "half a body",
      "POST /api/commands/desk/form/bad/fill HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{",
    ],
  ];

  return beginnings.map(([name, text]) => {
    const one = plain.tcp();
    const began = Date.now();
    one.on("error", () => undefined).resume();
    if (text) one.write(text);
    // One byte a second is not silence, and no reason to wait, either.
    const drip = name === "headers without end" ? setInterval(() => one.writable && one.write("x"), 1_000) : undefined;
    const closed = once(one, "close").then(() => {
      clearInterval(drip);

      return Date.now() - began;
    });

    return { name, closed };
  });
}

describe("afterwards", () => {
  test("who began and did not go on was hung up on", { timeout: 60_000 }, async () => {
    for (const { name, closed } of slow) expect([name, (await closed) < 45_000]).toEqual([name, true]);
  });

  test("both servers live, have nothing to complain about, and work", async () => {
    for (const target of [plain, encrypted]) {
      expect([target.isAlive, target.complaints]).toEqual([true, ""]);
      expect(JSON.parse((await target.ask("/health/ready")).text)).toMatchObject({ status: "ready" });
    }
    await fill("last");
  });

  test("nothing is there that should not be", async () => {
    const forms = JSON.parse((await plain.ask("/api/lists/filled?after=2")).text) as {
      readonly rows: readonly { readonly id: string }[];
      readonly position: number;
    };
    expect([forms.position, forms.rows.map(({ id }) => id)]).toEqual([2, ["first", "last"]]);
    const answer = await hear('{"type":"read","id":"1","list":"filled","query":{"where":{"id":"bad"}}}');
    expect(answer).toMatchObject({ type: "rows", rows: [] });
    expect(Object.keys(JSON.parse((await plain.ask("/api/model")).text) as object)).not.toContain("isAdmin");
  });

  test("and they end well", async () => {
    socket.close();
    expect([await plain.end(), await encrypted.end()]).toEqual([0, 0]);
  });
});
