import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Event } from "../../../runtime/protocol/event.ts";
import type { Row } from "../../../runtime/protocol/query.ts";
import { OpenIdProvider } from "./openid-provider.ts";
import { RunningErrands } from "./running-chat.ts";

const provider = new OpenIdProvider({
  jane: { roles: [] },
  joe: { roles: [] },
  helen: { roles: ["helper"] },
  bob: { roles: ["boss", "unknown-to-the-model"] },
});
const errands = new RunningErrands();
const headersOf: Record<string, Record<string, string>> = { nobody: {} };
let count = 0;

beforeAll(async () => {
  await provider.start();
  await errands.start({ tokens: { issuers: [{ url: provider.url }], audiences: ["urn:errands"], rolesClaim: "realm_access.roles" } });
  for (const name of ["jane", "joe", "helen", "bob"])
    headersOf[name] = { authorization: `Bearer ${await provider.token(name, "urn:errands")}` };
});
afterAll(async () => {
  await errands.end();
  await provider.end();
});

const everybody = ["nobody", "jane", "joe", "helen", "bob"];

async function outcome(who: string, id: string, name: string, data: object = {}): Promise<string> {
  const { json } = await errands.command(`office/errand/${id}/${name}`, data, headersOf[who]);
  const answer = json() as { readonly events?: readonly string[]; readonly type?: string };

  return answer.type ?? answer.events!.join(", ");
}

/** A new errand that this person has begun, and what happened to it since, as "bob take". */
async function errand(owner: string, isSecret: boolean, ...story: readonly string[]): Promise<string> {
  const id = `errand-${++count}`;
  await outcome(owner, id, "begin", { title: `of ${owner}`, isSecret });
  for (const step of story) {
    const [who = "", command = ""] = step.split(" ");
    expect([step, await outcome(who, id, command)]).not.toContain("not-allowed");
  }

  return id;
}

describe("a command is carried out for", () => {
  const isOpen = false;
  test.each([
    ["everyone", "note", isOpen, [], everybody],
    ["its owner", "forget", isOpen, [], ["jane"]],
    ["who is somebody, as long as it is open", "take", isOpen, [], ["jane", "joe", "helen", "bob"]],
    ["helpers, when it is secret", "take", true, [], ["helen"]],
    ["helpers, when it became secret", "take", isOpen, ["jane hide"], ["helen"]],
    ["whoever took it, and a boss", "finish", isOpen, ["joe take"], ["joe", "bob"]],
    ["a boss, when nobody took it", "finish", isOpen, [], ["bob"]],
    ["a boss, and a helper under a condition", "drop", isOpen, ["nobody note"], ["helen", "bob"]],
    ["a boss, when the condition does not hold", "drop", isOpen, ["nobody note", "nobody note"], ["bob"]],
  ])("%s: %s", async (_, command, isSecret, story, allowed) => {
    const may: string[] = [];
    for (const who of everybody) {
      const told = await outcome(who, await errand("jane", isSecret, ...story), command);
      if (told !== "not-allowed") may.push(who);
    }
    expect(may).toEqual(allowed);
  });

  test("who counts as owner of what is not there yet: anybody who is somebody", async () => {
    const may: string[] = [];
    for (const who of everybody) if ((await outcome(who, `new-${who}`, "propose", { title: "x" })) === "proposed") may.push(who);
    expect(may).toEqual(["jane", "joe", "helen", "bob"]);
    expect(await outcome("joe", "new-jane", "propose", { title: "mine now" })).toBe("not-allowed");
    expect(await outcome("jane", "new-jane", "propose", { title: "still mine" })).toBe("proposed");
  });

  test("what an anonymous user began nobody owns", async () => {
    const id = await errand("nobody", false);
    for (const who of everybody) expect(await outcome(who, id, "forget")).toBe("not-allowed");
  });

  test("in the order of the language: not valid, then not there, then not allowed", async () => {
    expect(await outcome("nobody", "not-there", "forget", { x: 1 })).toBe("not-valid");
    expect(await outcome("nobody", "not-there", "forget")).toBe("does-not-exist");
    const id = await errand("jane", false, "jane forget");
    expect(await outcome("nobody", id, "forget")).toBe("has-ended");
  });

  test("and the user is part of the command: the same id from somebody else is another one", async () => {
    const id = await errand("jane", false);
    const key = { "idempotency-key": `note-${id}` };
    const first = await errands.command(`office/errand/${id}/note`, {}, { ...headersOf.jane, ...key });
    expect((await errands.command(`office/errand/${id}/note`, {}, { ...headersOf.jane, ...key })).json()).toEqual(first.json());
    expect((await errands.command(`office/errand/${id}/note`, {}, { ...headersOf.joe, ...key })).json()).toMatchObject({
      type: "command-id-reused",
    });
  });
});

describe("a list shows", () => {
  const read = async (who: string, list: string) => {
    const { json, status } = await errands.ask(`/api/lists/${list}?take=1000&after=${position}`, { headers: headersOf[who] ?? {} });

    return status === 200 ? (json() as { readonly rows: readonly Row[] }).rows.map(({ id }) => id) : (json() as { type: string }).type;
  };
  let [open, secret, taken, position] = ["", "", "", 0];
  beforeAll(async () => {
    open = await errand("jane", false);
    secret = await errand("jane", true);
    taken = await errand("jane", false, "joe take", "jane hide");
    position = ((await errands.command(`office/errand/${open}/note`)).json() as { readonly position: number }).position;
  });

  test("each the rows that are for them", async () => {
    const seen = async (who: string) => {
      const rows = await read(who, "errandsOfEverybody");

      return [open, secret, taken].map((id) => (rows.includes(id) ? "yes" : "no")).join(" ");
    };
    expect(Object.fromEntries(await Promise.all(everybody.map(async (who) => [who, await seen(who)])))).toEqual({
      nobody: "yes no no",
      jane: "yes no no",
      joe: "yes no yes",
      helen: "yes no no",
      bob: "yes yes yes",
    });
  });

  test("nothing to whom no line names", async () => {
    for (const who of everybody) expect(typeof (await read(who, "work"))).toBe(who === "helen" ? "object" : "string");
    for (const who of everybody) expect(typeof (await read(who, "secrets"))).toBe(who === "nobody" ? "string" : "object");
    expect(await read("jane", "work")).toBe("not-allowed");
  });

  test("to an observer a row that becomes theirs, and takes it away when it is not any more", async () => {
    const [joe, bob] = await Promise.all([errands.socket(headersOf.joe), errands.socket(headersOf.bob)]);
    const id = await errand("jane", true);
    for (const socket of [joe, bob]) socket.say({ type: "observe", id: "o", list: "errandsOfEverybody", query: { where: { id } } });
    expect(await joe.next()).toMatchObject({ type: "rows", rows: [] });
    await bob.next();
    await outcome("helen", id, "take");
    expect(await bob.next()).toMatchObject({ type: "changes", changes: { put: [{ row: { assignee: "helen" } }] } });
    await outcome("bob", id, "drop");
    expect(await bob.next()).toMatchObject({ type: "changes", changes: { put: [{ row: { assignee: null } }] } });

    const mine = await errand("jane", false);
    const { position: after } = (await errands.command(`office/errand/${mine}/note`)).json() as { readonly position: number };
    joe.say({ type: "observe", id: "mine", list: "errandsOfEverybody", query: { where: { id: mine } }, after });
    expect(await joe.next()).toMatchObject({ id: "mine", rows: [{ id: mine }] });
    await outcome("jane", mine, "hide");
    expect(await joe.next()).toMatchObject({ id: "mine", changes: { removed: [mine], put: [] } });
    joe.raw.close();
    bob.raw.close();
  });
});

test("an event is shown by what was so as of it", async () => {
  const id = await errand("jane", false, "joe take", "nobody note", "bob drop", "helen take", "jane hide", "bob finish", "jane forget");
  const seen = async (who: string) => {
    const socket = await errands.socket(headersOf[who]);
    socket.say({ type: "events", id: "e", filter: { aggregateId: id, after: 0 } });
    const names: string[] = [];
    // Whoever sees nothing of it sees at least what everybody may see of the next one.
    const next = await errand("jane", false);
    socket.say({ type: "events", id: "next", filter: { aggregateId: next, after: 0 } });
    for (let isOver = false; !isOver;) {
      const message = (await socket.next()) as { readonly type: string; readonly id: string; readonly event?: Event };
      if (message.type === "event" && message.id === "e") names.push(message.event!.name);
      isOver = message.type === "event" && message.id === "next";
    }
    socket.raw.close();

    return names.join(" ");
  };

  expect(Object.fromEntries(await Promise.all(everybody.map(async (who) => [who, await seen(who)])))).toEqual({
    nobody: "begun noted",
    jane: "begun noted hidden forgotten",
    joe: "begun taken noted",
    helen: "begun noted taken",
    bob: "begun taken noted dropped taken finished",
  });
});
