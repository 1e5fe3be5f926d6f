import fc from "fast-check";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { EventLog } from "../../runtime/store/event-log.ts";
import { openMemoryLog } from "../../runtime/store/memory/log.ts";
import { openSqliteLog } from "../../runtime/store/sqlite/log.ts";
import { applyAll, beforeTheFirstEvent, type AnyAggregate } from "../../runtime/write/aggregate-state.ts";
import type { SomeAggregateDefinition } from "../../runtime/write/aggregate.ts";
import { revive } from "../../runtime/write/revive.ts";
import { shapeOf } from "../../runtime/write/state-shape.ts";
import { vocabulary } from "../../runtime/write/vocabulary.ts";
import { account, uniqueAccount } from "./account.ts";
import { append, appendOne, event } from "./store-append.ts";
import { engines } from "./store-engines.ts";
import { brief, scene } from "./write-scene.ts";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "wkgen-snapshots-"))));
afterEach(() => rmSync(folder, { recursive: true }));

const a = { context: "bank", aggregate: "account", id: "a" };
const anyAccount: SomeAggregateDefinition = account;
const kindOf = (definition: AnyAggregate) => vocabulary([definition]).find("bank", "account")!;

describe.each(Object.entries(engines))("a snapshot in %s", (_engine, open) => {
  let log: EventLog;
  beforeEach(async () => {
    log = await open(folder);
    await log.append([0, 1, 2].map((revision) => append("a", revision, { context: "bank", aggregate: "account" })));
  });
  afterEach(() => log.close());

  const revisions = async (shape: string) => {
    const { snapshot, events } = await log.recall(a, shape);
    return [snapshot?.revision, events.map(({ metadata }) => metadata.revision)];
  };

  test("stands for the events up to its revision", async () => {
    expect(await revisions("s")).toEqual([undefined, [1, 2, 3]]);
    await log.keepSnapshot(a, { shape: "s", revision: 2, state: "any text: ü\u2028" });
    expect(await log.recall(a, "s")).toMatchObject({ snapshot: { shape: "s", revision: 2, state: "any text: ü\u2028" } });
    expect(await revisions("s")).toEqual([2, [3]]);
    expect(await log.history(a, 0)).toHaveLength(3);
  });

  test("of another shape is none, and gives way", async () => {
    await log.keepSnapshot(a, { shape: "old", revision: 3, state: "" });
    expect(await revisions("new")).toEqual([undefined, [1, 2, 3]]);
    await log.keepSnapshot(a, { shape: "new", revision: 1, state: "" });
    expect(await revisions("new")).toEqual([1, [2, 3]]);
  });

  test("is not replaced by an older one, and is nobody else's", async () => {
    await log.keepSnapshot(a, { shape: "s", revision: 2, state: "" });
    await log.keepSnapshot(a, { shape: "s", revision: 1, state: "" });
    expect(await revisions("s")).toEqual([2, [3]]);
    expect(await log.recall({ ...a, context: "games" }, "s")).toEqual({ events: [] });
  });
});

test("a state by way of any snapshot equals the fold of all events", async () => {
  const amounts = fc.array(fc.integer({ min: -5, max: 9 }), { maxLength: 4 });
  const command = fc.oneof(
    fc.record({ name: fc.constant("move"), data: fc.record({ amounts }) }),
    fc.record({ name: fc.constant("rename"), data: fc.record({ handle: fc.option(fc.string({ maxLength: 12 })) }) }),
    fc.record({ name: fc.constantFrom("look", "close"), data: fc.constant({}) }),
  );
  const property = fc.asyncProperty(
    fc.array(command, { maxLength: 30 }),
    fc.integer({ min: 1, max: 7 }),
    async (commands, eventsPerSnapshot) => {
      const log = openMemoryLog({ newId: () => "incarnation" });
      const { send } = scene({ definitions: [account], log, world: { eventsPerSnapshot, mostBytes: 0 } });
      await send({ name: "open", on: "a", data: { balance: 0, handle: "jane" }, as: { id: "jane", roles: [] } });
      for (const one of commands) await send({ ...one, on: "a" });

      const fold = applyAll(anyAccount, beforeTheFirstEvent(anyAccount, "a"), await log.history(a, 0));
      const revived = await revive(log, kindOf(anyAccount), "a");
      expect(revived.state).toEqual(fold);
      expect(fold.revision - revived.snapshotAt).toBeLessThan(eventsPerSnapshot);
    },
  );
  await fc.assert(property, { numRuns: 200 });
});

test.each(["sqlite", "postgres"])(
  "in %s, a stream of 100,000 events is read once, and from then on loads in milliseconds",
  { timeout: 120_000 },
  async (engine) => {
    const log = await engines[engine]!(folder);
    await fill(log, 100_000);
    const read = await recalled(log);

    const [first, slow] = await timed(read.log, "first");
    expect(first).toBe("handled: moved");
    expect(read.events).toBe(100_000);
    await until(async () => (await log.recall(a, shapeOf(anyAccount))).snapshot?.revision === 100_000);

    read.events = 0;
    const [second, fast] = await timed(read.log, "second");
    expect(second).toBe("handled: moved");
    expect(read.events).toBe(1);
    expect(fast, `through the log it took ${slow} ms`).toBeLessThan(50);
    expect((await revive(log, kindOf(anyAccount), "a")).state.state).toMatchObject({ balance: 51 + 1 + 1 });
    await log.close();
  },
);

test("when the shape of the state changes, its events are read again, and it is kept anew", async () => {
  const log = openMemoryLog({ newId: () => "incarnation" });
  await fill(log, 3000);
  const read = await recalled(log);
  await timed(read.log, "first");

  const { moved } = account.events;
  const doubled: SomeAggregateDefinition = {
    ...account,
    fields: { ...account.fields, balance: { type: "number" } },
    invariants: [],
    events: {
      ...account.events,
      moved: { ...moved, apply: (one, { data }) => one.setState({ balance: one.state.balance + 2 * data.amount }) },
    },
  };
  for (const expected of [3001, 1]) {
    read.events = 0;
    expect((await timed(read.log, `again ${expected}`, doubled))[0]).toBe("handled: moved");
    expect(read.events).toBe(expected);
  }
  expect((await revive(log, kindOf(doubled), "a")).state.state).toMatchObject({ balance: 50 + 2 * (1 + 3) });
});

test.each<[what: string, other: SomeAggregateDefinition, isSame: boolean]>([
  ["the same definition, read anew", structured(account), true],
  ["other commands, permissions, invariants", { ...uniqueAccount, commands: {}, invariants: [] }, true],
  ["another field", { ...account, fields: { ...account.fields, note: { type: "text" } } }, false],
  ["another beginning", { ...account, initialState: { balance: 1 } }, false],
  ["another version of an event", withMoved({ version: 2 }), false],
  ["other code of an event", withMoved({ apply() {} }), false],
])("%s", (_what, other, isSame) => {
  expect(shapeOf(other) === shapeOf(anyAccount)).toBe(isSame);
});

test("a snapshot waits for nobody, so nobody waits for it", async () => {
  const file = join(folder, "log.db");
  const log = await openSqliteLog(file, { newId: () => "incarnation" });
  await appendOne(log, append("a", 0, { context: "bank", aggregate: "account" }));
  const thief = new DatabaseSync(file);
  thief.exec("BEGIN IMMEDIATE");
  const start = performance.now();
  await expect(log.keepSnapshot(a, { shape: "s", revision: 1, state: "" })).rejects.toMatchObject({ trouble: "locked" });
  expect(performance.now() - start).toBeLessThan(1000);

  const patient = appendOne(log, append("a", 1, { context: "bank", aggregate: "account" }));
  await setTimeout(100);
  thief.exec("ROLLBACK");
  thief.close();
  expect((await patient).kind, "an append waits as before").toBe("appended");
  await log.close();
});

test("a snapshot that cannot be kept costs nobody anything", async () => {
  const inner = openMemoryLog({ newId: () => "incarnation" });
  const log: EventLog = { ...inner, keepSnapshot: () => Promise.reject(new Error("no space")) };
  const { send, reported } = scene({ definitions: [account], log, world: { eventsPerSnapshot: 1 } });
  await send({ name: "open", on: "a", data: { balance: 0 } });
  expect(brief(await send({ name: "move", on: "a", data: { amounts: [1] } }))).toBe("handled: moved");
  expect(reported).toEqual([]);
});

/** An account with so many events, an even number: opened with 50, then to and fro, and 51 in the end. */
async function fill(log: EventLog, events: number): Promise<void> {
  const account = { context: "bank", aggregate: "account" };
  await log.append([append("a", 0, { ...account, events: [event("opened", { balance: 50, handle: null })] })]);
  for (let revision = 1; revision < events;) {
    const count = Math.min(500, events - revision);
    const moves = Array.from({ length: count }, (_, index) => event("moved", { amount: (revision + index) % 2 === 0 ? -1 : 1 }));
    expect((await appendOne(log, append("a", revision, { ...account, events: moves }))).kind).toBe("appended");
    revision += count;
  }
}

/** The log, and how many events were read to bring aggregates to life. */
async function recalled(inner: EventLog): Promise<{ log: EventLog; events: number }> {
  const read = { log: inner, events: 0 };
  read.log = {
    ...inner,
    async recall(...asked) {
      const found = await inner.recall(...asked);
      read.events += found.events.length;
      return found;
    },
  };
  return read;
}

/** A command to a write model that knows nothing yet, and the milliseconds until its answer. */
async function timed(
  log: EventLog,
  id: string,
  definition: SomeAggregateDefinition = account,
): Promise<[answer: string, milliseconds: number]> {
  const { send } = scene({ definitions: [definition], log, world: { newId: () => id } });
  const start = performance.now();
  const answer = await send({ name: "move", on: "a", data: { amounts: [1] } });
  return [brief(answer), performance.now() - start];
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (await holds()) return;
    await setTimeout(10);
  }
  throw new Error("It never came true.");
}

function structured(definition: SomeAggregateDefinition): SomeAggregateDefinition {
  return { ...definition, fields: structuredClone(definition.fields), events: { ...definition.events } };
}

function withMoved(changes: object): SomeAggregateDefinition {
  return { ...account, events: { ...account.events, moved: { ...account.events.moved, ...changes } } };
}
