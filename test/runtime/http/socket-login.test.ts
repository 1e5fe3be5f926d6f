import { afterAll, beforeAll, expect, test } from "vitest";
import { OpenIdProvider } from "./openid-provider.ts";
import { RunningErrands, type Socket } from "./running-chat.ts";

const audience = "urn:errands";
const provider = new OpenIdProvider({ jane: { roles: [] }, joe: { roles: [] }, bob: { roles: ["boss"] } });
const errands = new RunningErrands();
let count = 0;

beforeAll(async () => {
  await provider.start();
  await errands.start({ tokens: { issuers: [{ url: provider.url }], audiences: [audience], rolesClaim: "roles" } });
});
afterAll(async () => {
  await errands.end();
  await provider.end();
});

const tokenOf = (name: string) => provider.token(name, audience);

function command(socket: Socket, name: string, aggregateId: string, data: unknown = {}): string {
  const id = `c${++count}`;
  socket.say({ type: "command", id, command: { id: `command-${count}`, context: "office", aggregate: "errand", aggregateId, name, data } });

  return id;
}

test("what comes behind a token is carried out as its user, in order", async () => {
  const socket = await errands.socket();
  socket.say({ type: "authenticate", id: "a", token: await tokenOf("jane") });
  const begin = command(socket, "begin", "e1", { title: "mine", isSecret: false });
  const hide = command(socket, "hide", "e1");
  expect(await socket.next()).toMatchObject({ type: "authenticated", id: "a", expiresIn: expect.any(Number) });
  expect(await socket.next()).toMatchObject({ type: "handled", id: begin });
  expect(await socket.next()).toMatchObject({ type: "handled", id: hide });
  socket.say({ type: "authenticate", id: "b", token: await tokenOf("joe") });
  command(socket, "forget", "e1");
  expect(await socket.next()).toMatchObject({ type: "authenticated", id: "b" });
  expect(await socket.next()).toMatchObject({ problem: { type: "not-allowed" } });
  socket.raw.close();
});

test("behind a token that is refused nothing is carried out, not even what everyone may", async () => {
  const socket = await errands.socket();
  socket.say({ type: "authenticate", id: "a", token: "nonsense" });
  command(socket, "begin", "e2", { title: "x", isSecret: false });
  expect(await socket.next()).toMatchObject({ type: "problem", id: "a", problem: { type: "not-authenticated" } });
  expect(await socket.next()).toMatchObject({ problem: { type: "not-authenticated" } });
  command(socket, "begin", "e2", { title: "x", isSecret: false });
  expect(await socket.next()).toMatchObject({ problem: { type: "not-authenticated" } });

  socket.say({ type: "authenticate", id: "b", token: null });
  expect(await socket.next()).toEqual({ type: "authenticated", id: "b" });
  command(socket, "begin", "e2", { title: "x", isSecret: false });
  expect(await socket.next()).toMatchObject({ type: "handled", outcome: { revision: 1 } });
  socket.raw.close();
});

test("when a token ends, the connection is told, what is observed ends, and a new token makes all well", async () => {
  const socket = await errands.socket();
  const claims = { sub: "bob", roles: ["boss"], exp: Math.floor(Date.now() / 1000) - 28 };
  socket.say({ type: "authenticate", id: "a", token: await provider.sign(audience, { claims }) });
  expect(await socket.next()).toMatchObject({ type: "authenticated" });
  socket.say({ type: "observe", id: "o", list: "errandsOfEverybody", query: {} });
  expect(await socket.next()).toMatchObject({ type: "rows", id: "o" });
  socket.say({ type: "events", id: "e", filter: {} });
  expect(await socket.next()).toMatchObject({ type: "started", id: "e" });

  const told = [await socket.next(), await socket.next(), await socket.next()];
  expect(told).toMatchObject([
    { type: "problem", id: "o", problem: { type: "not-authenticated" } },
    { type: "problem", id: "e", problem: { type: "not-authenticated" } },
    { type: "expired", id: "a" },
  ]);
  command(socket, "note", "e1");
  expect(await socket.next()).toMatchObject({ problem: { type: "not-authenticated" } });
  socket.say({ type: "authenticate", id: "b", token: await tokenOf("bob") });
  socket.say({ type: "observe", id: "o", list: "errandsOfEverybody", query: {} });
  expect(await socket.next()).toMatchObject({ type: "authenticated", id: "b" });
  expect(await socket.next()).toMatchObject({ type: "rows", id: "o" });
  socket.raw.close();
});

test("a new token of the same user goes on with what is observed; one of somebody else does not", async () => {
  const socket = await errands.socket({ authorization: `Bearer ${await tokenOf("jane")}` });
  socket.say({ type: "observe", id: "o", list: "errandsOfEverybody", query: { where: { id: "e3" } } });
  await socket.next();
  socket.say({ type: "authenticate", id: "a", token: await provider.sign(audience, { claims: { sub: "jane" } }) });
  expect(await socket.next()).toMatchObject({ type: "authenticated", id: "a" });
  await errands.command("office/errand/e3/begin", { title: "seen", isSecret: false });
  expect(await socket.next()).toMatchObject({ type: "changes", id: "o" });
  socket.say({ type: "authenticate", id: "b", token: null });
  expect(await socket.next()).toMatchObject({ type: "problem", id: "o", problem: { type: "not-authenticated" } });
  expect(await socket.next()).toMatchObject({ type: "authenticated", id: "b" });
  socket.raw.close();
});

test("a rejection reaches its sender only", async () => {
  const [jane, joe, bob] = await Promise.all(
    ["jane", "joe", "bob"].map(async (name) => errands.socket({ authorization: `Bearer ${await tokenOf(name)}` })),
  );
  for (const socket of [joe!, bob!]) {
    socket.say({ type: "events", id: "e", filter: {} });
    socket.say({ type: "observe", id: "o", list: "errandsOfEverybody", query: { where: { id: "e4" } } });
    await socket.next();
    await socket.next();
  }
  command(jane!, "begin", "e4", { title: "x", isSecret: true });
  expect((await jane!.next()).type).toBe("handled");
  command(jane!, "take", "e4");
  expect(await jane!.next()).toMatchObject({ problem: { type: "not-allowed" } });
  command(jane!, "begin", "e4", { title: "x", isSecret: true });
  expect(await jane!.next()).toMatchObject({ problem: { type: "exists-already" } });
  command(jane!, "note", "e4");
  await jane!.next();

  const heard = [];
  for (const socket of [joe!, bob!]) {
    for (let message = await socket.next(); ; message = await socket.next()) {
      heard.push(message.type);
      if (message.type === "event" && message.event.name === "noted") break;
    }
    socket.raw.close();
  }
  expect(heard).not.toContain("problem");
  jane!.raw.close();
});

test("an event stream ends with the token that it was opened with", async () => {
  const claims = { sub: "bob", roles: ["boss"], exp: Math.floor(Date.now() / 1000) - 28 };
  const authorization = `Bearer ${await provider.sign(audience, { claims })}`;
  const began = Date.now();
  const { text } = await errands.ask("/api/events", { headers: { authorization, accept: "text/event-stream" } });

  expect(text).toMatch(/^id: \d+\nevent: started\n[\s\S]*event: problem\ndata: {"type":"not-authenticated"/);
  expect(Date.now() - began).toBeLessThan(10_000);
});
