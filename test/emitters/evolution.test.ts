import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Application } from "../../runtime/application.ts";
import type { Event } from "../../runtime/protocol/event.ts";
import { serve, type Served } from "../../runtime/serve.ts";
import { openSqliteLog } from "../../runtime/store/sqlite/log.ts";
import { letters } from "./golden/letters/server/server.ts";
import { posts } from "./golden/posts/server/server.ts";
import { message, type MessageEvents } from "./golden/posts/server/writeModel/communication/message.ts";

/** A log that one generated application has written, read by the application that it has become. */
const folder = mkdtempSync(join(tmpdir(), "wkgen-evolution-"));
const file = join(folder, "letters.db");
const places = { store: { kind: "sqlite", file }, data: folder, lists: join(folder, "letters.lists.db") } as const;
let served: Served | undefined;

const golden = (name: string) => new URL(`./golden/${name}/server/server.ts`, import.meta.url).href;

async function start(application: Application, more: { readonly module?: string } = {}): Promise<readonly string[]> {
  await served?.close();
  const told: string[] = [];
  const journal = { info: () => undefined, error: (sentence: string) => void told.push(sentence) };
  served = await serve(application, { port: 0, host: "127.0.0.1", http: true, dev: false, ...places, client: folder, journal, ...more });
  return told;
}

const ask = async (path: string) => (await fetch(served!.url + path)).json() as Promise<Record<string, unknown>>;

async function send(path: string, data: object = {}, id = `${path} ${JSON.stringify(data)}`): Promise<unknown> {
  const headers = { "content-type": "application/json", "idempotency-key": id };
  const answer = await fetch(`${served!.url}/api/commands/${path}`, { method: "POST", headers, body: JSON.stringify(data) });
  const { events, detail, position } = (await answer.json()) as { events?: string[]; detail?: string; position?: number };
  return events === undefined ? detail : `${String(position)}: ${events.join(", ")}`;
}

async function rows(list: string): Promise<unknown> {
  const head = (await ask("/health/ready"))["log"] as { readonly position: number };
  return (await ask(`/api/lists/${list}?after=${String(head.position)}`))["rows"];
}

async function readable(): Promise<unknown> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const events = (await ask("/health/ready"))["events"] as { readonly status: string };
    if (events.status !== "being checked") return events;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("The log was not checked in time.");
}

/** As a person has written them. */
const upgraded: Application = {
  ...posts,
  aggregates: [
    {
      ...message,
      events: {
        ...message.events,
        loved: {
          ...message.events.loved,
          upgrades: {
            1: ({ likes }, { user }) => ({ love: likes, by: user.id }),
            2: ({ love, by }): MessageEvents["loved"] => ({ hearts: Number(love), by: by as string | null }),
          },
        },
      },
    },
  ],
};

beforeAll(async () => {
  await start(letters, { module: golden("letters") });
  expect(await send("talk/note/m1/write", { body: "hey", urgency: "medium" })).toBe("1: posted");
  expect(await send("talk/note/m1/praise", {}, "p1")).toBe("2: liked");
  expect(await send("talk/note/m1/praise", {}, "p2")).toBe("3: liked");
  expect(await send("talk/note/m2/write", { body: "bye", urgency: "low" })).toBe("4: posted");
  expect(await send("talk/note/m2/cross")).toBe("5: crossedOut");
});

afterAll(async () => {
  await served?.close();
  rmSync(folder, { recursive: true });
});

describe("an application whose model has evolved", () => {
  beforeAll(() => start(upgraded));

  test("reads all that was ever stored", async () => {
    expect(await rows("messages")).toEqual([
      { id: "m1", text: "hey", urgency: "normal", hearts: 2, tags: [] },
      { id: "m2", text: "", urgency: "low", hearts: 0, tags: [] },
    ]);
    expect(await readable()).toEqual({ status: "readable", unreadable: [] });
  });

  test("understands those who still use the old names", async () => {
    expect(await send("talk/note/m1/praise", {}, "p3")).toBe("6: loved");
    expect(await send("talk/letter/m3/write", { body: "old", urgency: "medium" })).toBe("7: sent");
    expect(await send("communication/message/m4/send", { text: "new", urgency: "high", tags: ["a"] })).toBe("8: sent");
    expect(await rows("notes")).toEqual([
      { id: "m1", text: "hey", urgency: "normal", hearts: 3, tags: [] },
      { id: "m2", text: "", urgency: "low", hearts: 0, tags: [] },
      { id: "m3", text: "old", urgency: "normal", hearts: 0, tags: [] },
      { id: "m4", text: "new", urgency: "high", hearts: 0, tags: ["a"] },
    ]);
    expect(await send("communication/message/m5/send", { text: 1, body: "x", urgency: "high" })).toMatch(
      /text must be text, body is not a/,
    );
  });

  test("goes on with what its aggregates were: repetitions, unique values, histories", async () => {
    expect(await send("communication/message/m1/love", {}, "p1")).toBe("2: liked");
    expect(await send("communication/message/m5/send", { text: "hey", urgency: "low" })).toBe("It was written already.");
    expect(await send("communication/message/m1/send", { text: "again", urgency: "low" })).toBe("This message exists already.");
  });

  test("shows events as they are called and made now", async () => {
    const events = await firstEvents(8);
    expect(
      events.map(({ context, aggregate, name, metadata, data }) => [context.name, aggregate.name, name, metadata.version, data]),
    ).toEqual([
      ["communication", "message", "sent", 1, { text: "hey", urgency: "normal", tags: [], subject: null }],
      ["communication", "message", "loved", 3, { hearts: 1, by: null }],
      ["communication", "message", "loved", 3, { hearts: 2, by: null }],
      ["communication", "message", "sent", 1, { text: "bye", urgency: "low", tags: [], subject: null }],
      ["communication", "message", "crossedOut", 1, {}],
      ["communication", "message", "loved", 3, { hearts: 3, by: null }],
      ["communication", "message", "sent", 1, { text: "old", urgency: "normal", tags: [], subject: null }],
      ["communication", "message", "sent", 1, { text: "new", urgency: "high", tags: ["a"], subject: null }],
    ]);
  });

  test("rewrites nothing, and stores new events of an aggregate where its old ones are", async () => {
    await served?.close();
    served = undefined;
    const log = await openSqliteLog(file, { newId: () => "never used" });
    const events = await log.read(0, 100);
    await log.close();
    expect(events.map(({ context, aggregate, name }) => `${context.name}.${aggregate.name}.${name}`)).toEqual([
      "talk.note.posted",
      "talk.note.liked",
      "talk.note.liked",
      "talk.note.posted",
      "talk.note.crossedOut",
      "talk.note.loved",
      "talk.note.sent",
      "talk.note.sent",
    ]);
    expect(events[0]?.data).toEqual({ body: "hey", urgency: "medium" });
    await start(upgraded);
  });
});

/** Unique values cannot be collected from a history that cannot be read; everything else goes on. */
const { unique: _unique, ...notUnique } = message;

test("an upgrade that nobody has written stops only what needs its events", async () => {
  const told = await start({ ...posts, aggregates: [notUnique] });
  expect(await send("communication/message/m6/send", { text: "on it goes", urgency: "low" })).toBe("9: sent");
  expect(await send("communication/message/m1/love")).toBe(
    "What happened before cannot be read just now. It has been reported to the operator.",
  );
  expect(await readable()).toMatchObject({
    status: "not all readable",
    unreadable: [{ event: "talk.note.liked", count: 2, since: 2, reason: "which cannot be made current" }],
  });
  expect(told.join("\n")).toContain("The upgrade of loved from 1 is not written yet");
  expect(told).toContainEqual(expect.stringMatching(/^The list messages stopped at position 1, before communication.message.loved at 2/));
  await expect(start(posts)).rejects.toMatchObject({
    message:
      "The event communication.message.loved at position 2 cannot be read: its upgrade failed (The upgrade of loved from 1 is not written yet).",
    cure: "Correct the upgrade, then start again.",
  });
});

test("what the model has forgotten is said at start and in readiness, and the rest works", async () => {
  const { crossedOut: _removed, loved, sent, ...others } = message.events;
  const { was: _formerly, ...renamed } = sent;
  const forgetful: Application = { ...posts, lists: [], aggregates: [{ ...notUnique, events: { ...others, loved, sent: renamed } }] };
  const told = await start(forgetful);
  expect(await send("communication/message/m7/send", { text: "still here", urgency: "low" })).toBe("10: sent");
  expect(await send("communication/message/m2/love")).toMatch(/^What happened before cannot be read/);

  const { unreadable } = (await readable()) as { readonly unreadable: readonly object[] };
  expect(unreadable).toMatchObject([
    {
      event: "talk.note.posted",
      count: 2,
      since: 1,
      reason: "which the model does not know",
      cure: 'If it has another name now, write "event NAME was posted"; if nobody publishes it any more, "retired event posted" with its fields.',
    },
    { event: "talk.note.liked", count: 2, since: 2 },
    { event: "talk.note.crossedOut", count: 1, since: 5 },
  ]);
  expect(told).toContainEqual(
    expect.stringMatching(
      /^The log has 2 events talk.note.posted, since position 1, which the model does not know. If it has another name/,
    ),
  );
});

test("an aggregate that was renamed without a word is asked for", async () => {
  const { was: _was, ...renamed } = message;
  await start({ ...posts, lists: [], aggregates: [renamed] });
  expect(await readable()).toMatchObject({
    unreadable: expect.arrayContaining([
      expect.objectContaining({ event: "talk.note.posted", cure: expect.stringContaining('"aggregate NAME was note"') }),
    ]),
  });
});

async function firstEvents(count: number): Promise<readonly Event[]> {
  const stream = await fetch(`${served!.url}/api/events?after=0`, { headers: { accept: "text/event-stream" } });
  const events: Event[] = [];
  let text = "";
  for await (const chunk of stream.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const found = [...text.matchAll(/^event: event\ndata: (.+)\n\n/gm)].map(([, data]) => JSON.parse(data!) as Event);
    events.splice(0, events.length, ...found);
    if (events.length >= count) break;
  }
  return events;
}
