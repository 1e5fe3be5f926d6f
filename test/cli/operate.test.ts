import { appendFileSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import type { Event } from "../../runtime/protocol/event.ts";
import { problem } from "../../runtime/protocol/problem.ts";
import type { EventLog } from "../../runtime/store/event-log.ts";
import { readPostgresAddress } from "../../runtime/store/postgres/address.ts";
import { openPostgresLog } from "../../runtime/store/postgres/log.ts";
import { openSqliteLog } from "../../runtime/store/sqlite/log.ts";
import { append, appendOne, command, event } from "../runtime/store-append.ts";
import { Going, run } from "./cli.ts";

const model = join(import.meta.dirname, "../../examples/chat/chat.domain");
const env = { TZ: "Asia/Tokyo" };
const world = { newId: () => "another incarnation" };
let folder: string;
let log: EventLog;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "wkgen-operate-"));
  copyFileSync(model, join(folder, "chat.domain"));
  log = await openSqliteLog(join(folder, "data/chat.db"), { newId: () => "the incarnation" });
  const rejected = { kind: "rejected", problem: problem("rejected", "Text is missing.") } as const;
  await log.append([
    append("m1", 0, {
      events: [event("sent", { text: "héy\n\u2028" })],
      command: command("c1", "d1"),
      timestamp: "2026-01-31T09:30:00.000Z",
    }),
    append("m1", 1, {
      events: [event("liked", { likes: 1 }), event("liked", { likes: 2 })],
      userId: "jane",
      timestamp: "2026-01-31T10:30:00.000Z",
    }),
    append("m2", 0, { events: [event("sent", { text: "second" })], command: command("c2", "d2"), timestamp: "2026-01-31T11:30:00.000Z" }),
    append("m3", 0, { events: [], command: { id: "c3", digest: "d3", outcome: rejected } }),
  ]);
});

afterAll(async () => {
  await log.close();
  rmSync(folder, { recursive: true });
});

const wkgen = (...args: readonly string[]) => run(args, { cwd: folder, env });

describe("wkgen events", () => {
  test("tells one event a line, while the application goes on", async () => {
    const { code, out, err } = await wkgen("events");
    expect([code, err]).toEqual([0, ""]);
    expect(out.split("\n")).toEqual([
      `1  2026-01-31T09:30:00.000Z  communication.message.sent  m1  {"text":"héy\\n\u2028"}`,
      `2  2026-01-31T10:30:00.000Z  communication.message.liked  m1  by jane  {"likes":1}`,
      `3  2026-01-31T10:30:00.000Z  communication.message.liked  m1  by jane  {"likes":2}`,
      `4  2026-01-31T11:30:00.000Z  communication.message.sent  m2  {"text":"second"}`,
      "",
    ]);
  });

  test.each([
    [
      ["--name", "sent"],
      [1, 4],
    ],
    [["--name", "message.liked", "--take", "1"], [2]],
    [["--name", "communication.message.sent", "--on", "m2"], [4]],
    [
      ["--user", "jane"],
      [2, 3],
    ],
    [
      ["--since", "2026-01-31T11:30:00+01:00", "--until", "2026-01-31T11:00:00Z"],
      [2, 3],
    ],
    [["--after", "3"], [4]],
    [["--name", "received"], []],
  ])("%j", async (args, positions) => {
    const { out } = await wkgen("events", "--json", ...args);
    const events = out
      .trim()
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Event);
    expect(events.map(({ metadata }) => metadata.position)).toEqual(positions);
  });

  test("goes on with what happens, until it is ended", async () => {
    const going = new Going(["events", "--follow", "--name", "later"], { cwd: folder, env });
    await new Promise((resolve) => setTimeout(resolve, 500));
    const later = append("m9", 0, { context: "other", events: [event("later", { on: "that day" })] });
    const before = (await log.head()).position;
    await log.append([later]);
    await going.until(new RegExp(`^${before + 1}  .*other\\.message\\.later  m9`, "m"));
    await going.end("SIGINT");
  });

  test.each([
    [["--take", "many"], `--take has to be a whole number, not "many".`],
    [["--since", "yesterday"], "--since has to be a time such as"],
    [["--store", "mysql:x"], "The store has to be sqlite:FILE or postgres://"],
  ])("%j is misuse", async (args, sentence) => {
    const { code, err } = await wkgen("events", ...args);
    expect([code, err.includes(sentence)]).toEqual([2, true]);
  });

  test("a log that is not there is not made", async () => {
    const { code, out, err } = await wkgen("events", "--store", "sqlite:nowhere.db");
    expect([code, out]).toEqual([1, ""]);
    expect(err).toMatch(/^There is no log .*nowhere\.db\. Name another one with --store/);
    const schema = `${inject("postgres")}?schema=t_nowhere`;
    expect((await wkgen("events", "--store", schema)).err).toMatch(/^There is no log in the schema t_nowhere/);
  });
});

describe("wkgen backup, and restore", () => {
  const places = {
    "an SQLite file": () => {
      const file = join(folder, `restored-${Math.random()}.db`);
      return { store: `sqlite:${file}`, open: () => openSqliteLog(file, world) };
    },
    PostgreSQL: () => {
      const store = `${inject("postgres")}?schema=t_restored_${Math.floor(1e9 * Math.random())}`;
      return { store, open: () => openPostgresLog(readPostgresAddress(store)!, world) };
    },
  };

  test.each(Object.entries(places))(
    "bring a log into %s, and from there back, with everything but its incarnation",
    async (_place, make) => {
      const [there, back] = [make(), places["an SQLite file"]()];
      const files = [`first-${Math.random()}.jsonl`, `second-${Math.random()}.jsonl`] as const;
      expect(await wkgen("backup", files[0])).toMatchObject({ code: 0, out: "" });
      expect(await wkgen("restore", files[0], "--store", there.store)).toMatchObject({ code: 0, out: "" });
      expect(await wkgen("backup", files[1], "--store", there.store)).toMatchObject({ code: 0 });
      expect(await wkgen("restore", files[1], "--store", back.store)).toMatchObject({ code: 0 });

      for (const { open } of [there, back]) {
        const restored = await open();
        expect(await restored.read(0, 100)).toEqual(await log.read(0, 100));
        const { position, incarnation } = await restored.head();
        expect(position).toBe((await log.head()).position);
        expect(incarnation).not.toMatch(/incarnation/);
        for (const id of ["c1", "c2", "c3"]) expect(await restored.outcome(id)).toEqual(await log.outcome(id));
        expect((await appendOne(restored, append("m1", 3))).kind).toBe("appended");
        await restored.close();
      }
    },
  );

  test("what wkgen events --json prints can be restored, too", async () => {
    writeFileSync(join(folder, "events.jsonl"), (await wkgen("events", "--json")).out);
    const { store, open } = places["an SQLite file"]();
    expect(await wkgen("restore", "events.jsonl", "--store", store)).toMatchObject({ code: 0 });
    const restored = await open();
    expect(await restored.read(0, 100)).toEqual(await log.read(0, 100));
    expect(await restored.outcome("c1")).toMatchObject({ answer: { handled: { position: 1, events: ["sent"] } } });
    await restored.close();
  });

  test("a log that has events is left as it is", async () => {
    await wkgen("backup", "again.jsonl");
    const { code, err } = await wkgen("restore", "again.jsonl");
    expect([code, err]).toEqual([1, expect.stringMatching(/^There are events in .*chat\.db already\. Restore into a new log/)]);
    expect((await wkgen("backup", "again.jsonl")).err).toMatch(/^There is a .*again\.jsonl already/);
  });

  test("half a backup is refused, and leaves nothing behind", async () => {
    await wkgen("backup", "whole.jsonl");
    const lines = readFileSync(join(folder, "whole.jsonl"), "utf8").trim().split("\n");
    const spoilt = {
      "has no end": lines.slice(0, -1),
      "where event 2 belongs": lines.toSpliced(2, 1),
      "is not one of an archive": [...lines, "{"],
    };
    for (const [sentence, some] of Object.entries(spoilt)) {
      const { store, open } = places["an SQLite file"]();
      writeFileSync(join(folder, "half.jsonl"), `${some.join("\n")}\n`);
      const { code, err } = await wkgen("restore", "half.jsonl", "--store", store);
      expect([code, err.includes(sentence), err.trim().split("\n").length]).toEqual([1, true, 1]);
      const restored = await open();
      expect((await restored.head()).position).toBe(0);
      await restored.close();
    }
    appendFileSync(join(folder, "empty.jsonl"), "");
    expect((await wkgen("restore", "empty.jsonl", "--store", "sqlite:empty.db")).err).toContain("holds no events");
  });
});
