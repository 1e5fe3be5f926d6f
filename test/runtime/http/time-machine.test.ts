import { afterAll, beforeAll, expect, test } from "vitest";
import type { Event } from "../../../runtime/protocol/event.ts";
import { OpenIdProvider } from "./openid-provider.ts";
import { RunningErrands } from "./running-chat.ts";

const provider = new OpenIdProvider({ jane: { roles: [] }, joe: { roles: [] }, bob: { roles: ["boss"] } });
const errands = new RunningErrands();
const headersOf: Record<string, Record<string, string>> = { nobody: {} };
const place = "/api/aggregates/office/errand/e1";

beforeAll(async () => {
  await provider.start();
  await errands.start({ tokens: { issuers: [{ url: provider.url }], audiences: ["urn:errands"], rolesClaim: "realm_access.roles" } });
  for (const name of ["jane", "joe", "bob"]) headersOf[name] = { authorization: `Bearer ${await provider.token(name, "urn:errands")}` };
  await errands.command("office/errand/e1/begin", { title: "Water the plants", isSecret: false }, headersOf["jane"]);
  await errands.command("office/errand/e1/note", {}, headersOf["nobody"]);
  await errands.command("office/errand/e1/take", {}, { ...headersOf["joe"], "idempotency-key": "joe takes it" });
});

afterAll(async () => {
  await errands.end();
  await provider.end();
});

async function asked(who: string, path: string) {
  const { status, json } = await errands.ask(place + path, { headers: headersOf[who] ?? {} });
  return { status, ...(json() as object) };
}

test("an aggregate is shown as it is, and as it was at a revision", async () => {
  expect(await asked("bob", "")).toMatchObject({
    status: 200,
    id: "e1",
    revision: 3,
    hasEnded: false,
    owner: "jane",
    state: { assignee: "joe", notes: 1 },
  });
  expect(await asked("bob", "?at=2")).toMatchObject({ revision: 2, state: { title: "Water the plants", assignee: null, notes: 1 } });
  expect(await asked("bob", "?at=1")).toMatchObject({ revision: 1, state: { notes: 0 } });
});

test("and as it was at a time", async () => {
  const { events } = (await asked("bob", "/history")) as unknown as { readonly events: readonly Event[] };
  const { timestamp } = events[0]!.metadata;
  expect(await asked("bob", `?at=${new Date(Date.parse(timestamp) - 1).toISOString()}`)).toMatchObject({
    status: 404,
    detail: "This errand did not exist yet.",
  });
  expect(await asked("bob", `?at=${timestamp}`)).toMatchObject({ status: 200, since: timestamp });
  expect(await asked("bob", "?at=2999-01-01T00:00:00Z")).toMatchObject({ revision: 3 });
});

test("its history tells what happened, who did it, and by which command", async () => {
  const { events } = (await asked("bob", "/history")) as unknown as { readonly events: readonly Event[] };
  expect(events.map(({ name, user, metadata }) => [metadata.revision, name, user.id])).toEqual([
    [1, "begun", "jane"],
    [2, "noted", null],
    [3, "taken", "joe"],
  ]);
  expect(events[2]!.metadata).toMatchObject({ commandId: "joe takes it", causationId: "joe takes it" });
  expect(await asked("bob", "/history?after=2")).toMatchObject({ events: [{ name: "taken" }] });
});

test("nobody is shown what they may not see, neither in the history nor in the state that came of it", async () => {
  expect(await asked("nobody", "/history")).toMatchObject({ status: 200, events: [{ name: "begun" }, { name: "noted" }] });
  expect(await asked("nobody", "")).toMatchObject({ status: 403, type: "not-allowed" });
  expect(await asked("nobody", "?at=2")).toMatchObject({ status: 200, state: { notes: 1 } });
  expect(await asked("joe", "")).toMatchObject({ status: 200, revision: 3 });
});

test.each([
  ["?at=", 400, "malformed"],
  ["?at=yesterday", 400, "malformed"],
  ["?at=-1", 400, "malformed"],
  ["?at=0", 404, "not-found"],
  ["?at=4", 404, "not-found"],
  ["?at=1&at=2", 400, "malformed"],
  ["/history?after=x", 400, "malformed"],
  ["2", 404, "does-not-exist"],
  ["2/history", 404, "does-not-exist"],
])("%s is answered with %i %s", async (path, status, type) => {
  expect(await asked("bob", path)).toMatchObject({ status, type });
});

test("an aggregate that the model does not know is not there", async () => {
  const { status } = await errands.ask("/api/aggregates/office/__proto__/e1");
  expect(status).toBe(404);
});
