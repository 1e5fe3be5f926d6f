import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { problem } from "../../runtime/protocol/problem.ts";
import type { EventLog } from "../../runtime/store/event-log.ts";
import { append, appendOne, command, event } from "./store-append.ts";
import { engines } from "./store-engines.ts";

describe.each(Object.entries(engines))("the log in %s", (_engine, open) => {
  let folder: string;
  let log: EventLog;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "wkgen-store-"));
    log = await open(folder);
  });

  afterEach(async () => {
    await log.close();
    rmSync(folder, { recursive: true });
  });

  const rejectedAs = problem("rejected", "Text is missing.");

  test("is empty in the beginning", async () => {
    expect(await log.head()).toEqual({ position: 0, incarnation: "the incarnation" });
    expect(await log.read(0, 10)).toEqual([]);
    expect(await log.outcome("nobody")).toBeUndefined();
  });

  test("gives an event back as it was appended, with its place", async () => {
    const data = { text: "héy 🎉 \u2028", likes: 1.5, none: null, list: [{ deep: true }] };
    const one = append("m1", 0, { userId: "jane", events: [event("sent", data)], command: command("c1") });

    expect(await appendOne(log, one)).toEqual({ kind: "appended", handled: { position: 1, revision: 1, events: ["sent"] } });
    expect(await log.read(0, 10)).toEqual([
      {
        id: one.events[0]!.id,
        context: { name: "communication" },
        aggregate: { name: "message", id: "m1" },
        name: "sent",
        data,
        user: { id: "jane" },
        metadata: {
          timestamp: one.timestamp,
          position: 1,
          revision: 1,
          version: 1,
          commandId: "c1",
          correlationId: one.correlationId,
          causationId: one.causationId,
        },
      },
    ]);
  });

  test("says which events it has, by what they are stored as, how many, and since when", async () => {
    await log.append([append("a", 0, { events: [event("sent", {}), event("liked", {})] }), append("b", 0, { events: [event("sent", {})] })]);
    const kind = { context: "communication", aggregate: "message", version: 1 };
    const names = async (after: number, to: number) => [...(await log.names(after, to))].sort((left, right) => left.first - right.first);
    expect(await names(0, 10)).toEqual([
      { ...kind, name: "sent", count: 2, first: 1 },
      { ...kind, name: "liked", count: 1, first: 2 },
    ]);
    expect(await names(1, 2)).toEqual([{ ...kind, name: "liked", count: 1, first: 2 }]);
    expect(await names(3, 10)).toEqual([]);
  });

  test("counts positions over all, revisions per aggregate, in the order of the batch", async () => {
    const three = [event("sent", {}), event("liked", {}), event("liked", {})];
    const appended = await log.append([append("a", 0, { events: three }), append("b", 0), append("a", 3)]);

    expect(appended).toMatchObject([
      { handled: { position: 3, revision: 3, events: ["sent", "liked", "liked"] } },
      { handled: { position: 4, revision: 1 } },
      { handled: { position: 5, revision: 4 } },
    ]);
    const events = await log.read(0, 10);
    expect(events.map(({ aggregate, metadata }) => [metadata.position, aggregate.id, metadata.revision])).toEqual([
      [1, "a", 1],
      [2, "a", 2],
      [3, "a", 3],
      [4, "b", 1],
      [5, "a", 4],
    ]);
  });

  test("tells aggregates apart by context, kind and id", async () => {
    await log.append([append("1", 0), append("1", 0, { aggregate: "room" }), append("1", 0, { context: "games" })]);
    expect(await log.history({ context: "games", aggregate: "message", id: "1" }, 0)).toHaveLength(1);
    expect((await log.head()).position).toBe(3);
  });

  test.each([0, 1, 3])("answers with a conflict to an append that expects revision %i where there are 2", async (expected) => {
    await log.append([append("a", 0), append("a", 1)]);
    expect(await appendOne(log, append("a", expected))).toEqual({ kind: "conflict", revision: 2 });
    expect((await log.head()).position).toBe(2);
  });

  test("one conflict in a batch stops nobody else", async () => {
    const appended = await log.append([append("a", 0), append("a", 0), append("b", 0)]);
    expect(appended.map(({ kind }) => kind)).toEqual(["appended", "conflict", "appended"]);
    expect((await log.head()).position).toBe(2);
  });

  test("a conflict does not use up the command's id", async () => {
    await log.append([append("a", 0)]);
    expect((await appendOne(log, append("a", 0, { command: command("again") }))).kind).toBe("conflict");
    expect((await appendOne(log, append("a", 1, { command: command("again") }))).kind).toBe("appended");
  });

  test("what was decided ahead falls with what it was based on, even where the revision fits", async () => {
    await log.append([append("a", 0, { command: command("somebody else's") })]);
    const based = append("a", 1, { basedOn: "lost", command: command("ahead") });
    expect(await appendOne(log, based)).toEqual({ kind: "conflict", revision: 1 });
    expect((await appendOne(log, { ...based, basedOn: "somebody else's" })).kind).toBe("appended");
  });

  test("remembers a command's answer, and gives it to whoever repeats it", async () => {
    await log.append([append("a", 0, { command: command("c", "d1") })]);
    const answer = { kind: "repeated", digest: "d1", answer: { handled: { position: 1, revision: 1, events: ["sent"] } } };

    expect(await appendOne(log, append("a", 1, { command: command("c", "d1") }))).toEqual(answer);
    expect(await appendOne(log, append("a", 0, { command: command("c", "d1") }))).toEqual(answer);
    expect(await appendOne(log, append("b", 0, { command: command("c", "d2") }))).toEqual(answer);
    expect(await log.outcome("c")).toEqual(answer);
    expect((await log.head()).position).toBe(1);
  });

  test("a repetition in the same batch is one, too", async () => {
    const appended = await log.append([
      append("a", 0, { command: command("c") }),
      append("a", 1, { command: command("c") }),
      append("a", 1),
    ]);
    expect(appended.map(({ kind }) => kind)).toEqual(["appended", "repeated", "appended"]);
    expect((await log.head()).position).toBe(2);
  });

  test("remembers rejections, if the revision that they were decided on is the right one", async () => {
    const rejected = { events: [], command: { id: "c", digest: "d", outcome: { kind: "rejected", problem: rejectedAs } } } as const;

    expect((await appendOne(log, append("a", 1, rejected))).kind).toBe("conflict");
    expect(await appendOne(log, append("a", 0, rejected))).toEqual({ kind: "rejected", problem: rejectedAs });
    expect(await appendOne(log, append("a", 0, rejected))).toEqual({ kind: "repeated", digest: "d", answer: { problem: rejectedAs } });
    expect((await log.head()).position).toBe(0);
  });

  test("a command without events is handled at the head of the log", async () => {
    await log.append([append("a", 0)]);
    const quiet = append("b", 0, { events: [], command: command("quiet") });
    expect(await appendOne(log, quiet)).toEqual({ kind: "appended", handled: { position: 1, revision: 0, events: [] } });
    expect(await appendOne(log, quiet)).toMatchObject({ kind: "repeated", answer: { handled: { position: 1, revision: 0, events: [] } } });
  });

  test("reads from a position on, and a history from a revision on", async () => {
    await log.append([append("a", 0), append("b", 0), append("a", 1), append("a", 2)]);
    const a = { context: "communication", aggregate: "message", id: "a" };

    expect((await log.read(1, 2)).map(({ metadata }) => metadata.position)).toEqual([2, 3]);
    expect(await log.read(4, 10)).toEqual([]);
    expect((await log.history(a, 1)).map(({ metadata }) => metadata.revision)).toEqual([2, 3]);
    expect(await log.history({ ...a, id: "nobody" }, 0)).toEqual([]);
  });

  test("reads the histories of a kind one after the other, in pieces of any size", async () => {
    await log.append([
      append("b", 0),
      append("a", 0),
      append("b", 1),
      append("a", 0, { aggregate: "room" }),
      append("a", 1),
      append("c", 0),
    ]);
    const kind = { context: "communication", aggregate: "message" };
    const places: string[] = [];
    let after: { id: string; revision: number } | undefined;
    for (let piece = 0; piece < 10; piece++) {
      const [one, ...more] = await log.histories(kind, after, 1);
      if (one === undefined) break;
      expect(more).toEqual([]);
      after = { id: one.aggregate.id, revision: one.metadata.revision };
      places.push(`${after.id}${after.revision}`);
    }
    expect(places).toEqual(["a1", "a2", "b1", "b2", "c1"]);
    expect((await log.histories(kind, undefined, 99)).map(({ aggregate, metadata }) => aggregate.id + metadata.revision)).toEqual(places);
  });

  test("tells that it has grown, until it is not asked to any more", async () => {
    const positions: number[] = [];
    const stop = log.onGrown((position) => positions.push(position));
    await log.append([append("a", 0), append("b", 0)]);
    await log.append([append("a", 0)]);
    stop();
    await log.append([append("a", 1)]);
    expect(positions).toEqual([2]);
  });

  test("stores what was appended before it was closed, and nothing afterwards", async () => {
    const last = log.append([append("a", 0)]);
    await log.close();
    expect((await last)[0]!.kind).toBe("appended");
    await expect(log.append([append("a", 1)])).rejects.toMatchObject({ name: "StoreFailure", trouble: "closed" });
  });

  test("an id may be any text", async () => {
    const id = "'; DROP TABLE events; -- ü\u0001 ";
    await log.append([append(id, 0)]);
    expect(await log.history({ context: "communication", aggregate: "message", id }, 0)).toHaveLength(1);
  });
});
