import { appendFileSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import type { Event } from "../../runtime/protocol/event.ts";
import { problem } from "../../runtime/protocol/problem.ts";
import { copyFlows } from "../../runtime/flows/copy-flows.ts";
import type { FlowRow } from "../../runtime/flows/flow-copy.ts";
import { flowsPlace } from "../../runtime/flows/flows-place.ts";
import { openFlowsAt } from "../../runtime/flows/open-flow-store.ts";
import type { EventLog } from "../../runtime/store/event-log.ts";
import { openLog } from "../../runtime/store/open-log.ts";
import { readStoreAddress, type StoreAddress } from "../../runtime/store/store-address.ts";
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

const manyInstances = 1_203;

/** A flow with more instances than are read at once, a timer, and two commands, of which one is parked. */
async function someFlows(place: StoreAddress, log: EventLog): Promise<{ readonly kept: number; readonly position: number }> {
  await log.append([append("f1", 0, { events: [event("sent", { text: "flows" })] })]);
  const { position } = await log.head();
  const flows = await openFlowsAt(place);
  const from = await flows.resume("billing", await log.head(), 0);
  const instances = Array.from(
    { length: manyInstances },
    (_, index) => [`o${index}`, index % 2 === 0 ? ("ended" as const) : { state: '{"a":"héy\\n"}' }] as const,
  );
  const story = { userId: null, correlationId: "story", causationId: "cause" };
  const sent = { instance: "o1", context: "c", aggregate: "payment", aggregateId: "p1", name: "request", data: "{}", ...story };
  await flows.commit({
    ...{ flow: "billing", from, position, instances: new Map(instances), cancelled: [], answered: [] },
    scheduled: [{ instance: "o1", name: "late", id: "t1", due: 123_456_789_012, ...story }],
    commands: [
      { ...sent, id: "k1" },
      { ...sent, id: "k2", userId: "jane" },
    ],
  });
  await flows.park((await flows.outgoing(0, 1))[0]!.number, "It cannot be.");
  await flows.close();
  return { kept: manyInstances, position };
}

const allRows = (place: StoreAddress): Promise<readonly FlowRow[]> =>
  copyFlows(place, async (rows) => {
    const all: FlowRow[] = [];
    for await (const some of rows) all.push(...some);
    return all;
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
    [["--name", "sent", "--after", "4"], []],
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
    [["--name", "snet"], `There is no event "snet", neither in the log nor in the model. Did you mean "sent"?`],
    [["--name", "mesage.liked"], `Did you mean "message.liked"?`],
    [["--name", "communcation.message.liked"], `Did you mean "communication.message.liked"?`],
    [["--name", "received"], "There are: sent, liked"],
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

  test.each(Object.entries(places))("bring what flows keep into %s, and from there back, as it is", async (_place, make) => {
    const here = flowsPlace(readStoreAddress("sqlite:data/flowing.db", folder)!, join(folder, "data"));
    const own = await openSqliteLog(join(folder, "data/flowing.db"), { newId: () => "the flowing incarnation" });
    const { kept, position } = await someFlows(here, own);
    const rows = await allRows(here);
    expect(rows.map((row) => row.kept)).toEqual(["flow", ...Array(kept).fill("instance"), "timer", "command", "command"]);

    const [there, back] = [make(), places["an SQLite file"]()];
    const files = [`flows-${Math.random()}.jsonl`, `flows-${Math.random()}.jsonl`] as const;
    expect(await wkgen("backup", files[0], "--store", "sqlite:data/flowing.db")).toMatchObject({ code: 0, out: "" });
    expect(await wkgen("restore", files[0], "--store", there.store)).toMatchObject({ code: 0, out: "" });
    expect(await wkgen("backup", files[1], "--store", there.store)).toMatchObject({ code: 0 });
    expect(await wkgen("restore", files[1], "--store", back.store, "--data", "elsewhere")).toMatchObject({ code: 0 });

    for (const [store, data] of [
      [there.store, folder],
      [back.store, join(folder, "elsewhere")],
    ] as const) {
      const place = flowsPlace(readStoreAddress(store, folder)!, data);
      expect(await allRows(place)).toEqual(rows);
      const log = await openLog(readStoreAddress(store, folder)!, { newId: () => "never used" });
      const flows = await openFlowsAt(place);
      expect(await flows.resume("billing", await log.head(), 0)).toEqual({ position, revision: 1 });
      expect(await flows.retry()).toBe(1);
      expect((await flows.outgoing(0, 10)).map(({ id }) => id)).toEqual(["k2", "k1"]);
      await Promise.all([flows.close(), log.close()]);
    }
    await own.close();
    const onto = await wkgen("restore", files[1], "--store", "sqlite:data/other/flowing.db", "--data", "data");
    expect([onto.code, onto.err]).toEqual([
      2,
      expect.stringMatching(/^There are flows in .*flowing\.flows\.db already\. Restore beside them/),
    ]);
    for (const file of ["flowing.db", "flowing.flows.db"]) rmSync(join(folder, "data", file));
  });

  test("wkgen doctor says what is parked", async () => {
    const home = join(folder, "with-flows");
    mkdirSync(home);
    copyFileSync(join(import.meta.dirname, "../emitters/golden/flows/flows.domain"), join(home, "flows.domain"));
    const doctor = async () => (await run(["doctor"], { cwd: home, env })).out;
    expect(await doctor()).toContain("✓ No command of a flow is parked.");
    const log = await openSqliteLog(join(home, "data/flows.db"), world);
    await someFlows(flowsPlace(readStoreAddress("sqlite:data/flows.db", home)!, join(home, "data")), log);
    await log.close();
    expect(await doctor()).toContain("✗ A command of a flow is parked.\n  See which, and why: wkgen parked");
  });

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

  test("a backup where no file can be made says so, and what to do", async () => {
    const { code, err } = await wkgen("backup", "nowhere/backup.jsonl");
    expect([code, err]).toEqual([
      1,
      expect.stringMatching(
        /^\S*backup\.jsonl cannot be written: there is no folder \S*nowhere\. Make it, or name a file in a folder that there is\.\n$/,
      ),
    ]);
    expect((await wkgen("backup", "chat.domain/backup.jsonl")).err).toMatch(
      /chat\.domain is no folder\. Name a file in a folder that there is\.\n$/,
    );
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
