import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { FlowStore, KeptInstance, NewCommand, Step, Timer } from "../../runtime/flows/flow-store.ts";
import { openPostgresFlowStore } from "../../runtime/flows/postgres/open-flow-store.ts";
import { openFlowStore } from "../../runtime/flows/sqlite/open-flow-store.ts";
import { logBeside, postgresAddress } from "./store-engines.ts";

/** Every engine there is; what one promises, all promise. */
const engines: Record<string, (folder: string) => Promise<FlowStore>> = {
  memory: () => openFlowStore(":memory:"),
  sqlite: (folder) => openFlowStore(join(folder, "flows.db")),
  postgres: async (folder) => openPostgresFlowStore(await logBeside(folder)),
};

const log = { incarnation: "the incarnation", position: 100 };

const timer = (instance: string, due: number, more: Partial<Timer> = {}): Timer => ({
  ...{ instance, name: "late", id: `timer-${instance}-${due}`, due },
  ...{ userId: null, correlationId: "story", causationId: "cause", ...more },
});

const command = (id: string, more: Partial<NewCommand> = {}): NewCommand => ({
  ...{ instance: "o1", id, context: "billing", aggregate: "payment", aggregateId: "p1", name: "request" },
  ...{ data: '{"amount":"1.50","note":"héy 🎉"}', userId: "jane", correlationId: "story", causationId: "cause", ...more },
});

describe.each(Object.entries(engines))("flows kept in %s", (_engine, open) => {
  let folder: string;
  let store: FlowStore;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "wkgen-flows-"));
    store = await open(folder);
  });

  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  async function commit(more: Partial<Step>): Promise<void> {
    const flow = more.flow ?? "fulfilment";
    const from = await store.resume(flow, log, 0);
    const nothing = { instances: new Map(), scheduled: [], cancelled: [], commands: [], answered: [] };
    await store.commit({ flow, from, position: from.position + 1, ...nothing, ...more });
  }

  test("a flow that is new begins where it is told to, and goes on from there", async () => {
    expect(await store.resume("fulfilment", log, 42)).toEqual({ position: 42, revision: 0 });
    await commit({ position: 50 });
    expect(await store.resume("fulfilment", log, 99)).toEqual({ position: 50, revision: 1 });
    expect(await store.resume("other", log, 7)).toEqual({ position: 7, revision: 0 });
  });

  test("a flow that was called otherwise goes on with what is kept under its former name", async () => {
    await commit({ position: 50, scheduled: [timer("o1", 100)], commands: [command("c1")], instances: new Map([["o1", { state: "{}" }]]) });
    expect(await store.resume("delivery", log, 99, ["shipping", "fulfilment"])).toEqual({ position: 50, revision: 1 });
    expect(await store.nextDue("delivery")).toBe(100);
    expect(await store.instances("delivery", ["o1"])).toEqual(new Map([["o1", { state: "{}" }]]));
    expect(await store.outgoing(0, 10)).toMatchObject([{ flow: "delivery", id: "c1" }]);
    expect(await store.resume("fulfilment", log, 99)).toEqual({ position: 99, revision: 0 });
  });

  test("what belongs to another log, or to one that knew more, is not gone on with", async () => {
    await commit({ position: 50 });
    await expect(store.resume("fulfilment", { ...log, incarnation: "another" }, 0)).rejects.toMatchObject({ trouble: "another-log" });
    await expect(store.resume("fulfilment", { ...log, position: 49 }, 0)).rejects.toMatchObject({ trouble: "another-log" });
  });

  test("an instance is there with its state, or has ended; each flow has its own", async () => {
    await commit({
      instances: new Map<string, KeptInstance>([
        ["o1", { state: '{"count":1}' }],
        ["o2", "ended"],
      ]),
    });
    await commit({ instances: new Map([["o1", { state: '{"count":2}' }]]) });
    expect(await store.instances("fulfilment", ["o1", "o2", "o3"])).toEqual(
      new Map<string, unknown>([
        ["o1", { state: '{"count":2}' }],
        ["o2", "ended"],
      ]),
    );
    expect(await store.instances("other", ["o1"])).toEqual(new Map());
  });

  test("timers are found when they are due, the earliest first", async () => {
    await commit({ scheduled: [timer("o1", 300), timer("o2", 100), timer("o3", 200, { name: "other", userId: "jane" })] });
    expect(await store.nextDue("fulfilment")).toBe(100);
    expect(await store.due("fulfilment", 99, 10)).toEqual([]);
    expect(await store.due("fulfilment", 200, 10)).toEqual([timer("o2", 100), timer("o3", 200, { name: "other", userId: "jane" })]);
    expect(await store.due("fulfilment", 1_000, 2)).toHaveLength(2);
    expect(await store.nextDue("other")).toBeUndefined();
  });

  test("the last instant that there is can be waited for", async () => {
    await commit({ scheduled: [timer("o1", 8_640_000_000_000_000)] });
    expect(await store.nextDue("fulfilment")).toBe(8_640_000_000_000_000);
  });

  test("a timer of the same name replaces the one before, a cancelled one is gone, and an instance that ends takes its timers with it", async () => {
    await commit({ scheduled: [timer("o1", 100), timer("o2", 100), timer("o3", 100), timer("o3", 100, { name: "other" })] });
    await commit({ scheduled: [timer("o1", 500)], cancelled: [{ instance: "o2", name: "late" }], instances: new Map([["o3", "ended"]]) });
    expect(await store.due("fulfilment", 1_000, 10)).toEqual([timer("o1", 500)]);
  });

  test("commands go out in the order that they were stored in, until they are settled or answered", async () => {
    await commit({ commands: [command("c1"), command("c2")] });
    await commit({ flow: "other", commands: [command("c3", { userId: null })] });
    const all = await store.outgoing(0, 10);
    expect(all.map(({ id }) => id)).toEqual(["c1", "c2", "c3"]);
    expect(all[0]).toEqual({ ...command("c1"), flow: "fulfilment", number: all[0]!.number });
    expect((await store.outgoing(all[0]!.number, 1)).map(({ id }) => id)).toEqual(["c2"]);

    await store.settle([all[1]!.number]);
    await commit({ answered: [all[0]!.number] });
    expect((await store.outgoing(0, 10)).map(({ id }) => id)).toEqual(["c3"]);
  });

  test("what is parked goes out no more, is listed with its reason, and comes back behind all others", async () => {
    await commit({ commands: [command("c1"), command("c2")] });
    const [first, second] = await store.outgoing(0, 10);
    await store.park(first!.number, "The disk is full.");
    expect((await store.outgoing(0, 10)).map(({ id }) => id)).toEqual(["c2"]);
    expect(await store.parked()).toEqual([{ ...first, reason: "The disk is full." }]);

    expect(await store.retry()).toBe(1);
    expect(await store.parked()).toEqual([]);
    expect((await store.outgoing(second!.number, 10)).map(({ id }) => id)).toEqual(["c1"]);
    expect(await store.retry()).toBe(0);
  });

  test("a step that was made on what is not so any more is refused, and nothing of it is stored", async () => {
    const from = await store.resume("fulfilment", log, 0);
    await commit({});
    const late = { flow: "fulfilment", from, position: 1, scheduled: [timer("o1", 1)], cancelled: [], commands: [command("c1")], answered: [] };
    await expect(store.commit({ ...late, instances: new Map([["o1", { state: "{}" }]]) })).rejects.toThrow(/Another process/);
    expect(await store.outgoing(0, 10)).toEqual([]);
    expect(await store.nextDue("fulfilment")).toBeUndefined();
    expect(await store.instances("fulfilment", ["o1"])).toEqual(new Map());
  });
});

test("without a log in PostgreSQL there is no place for flows, and none is made", async () => {
  await expect(openPostgresFlowStore(postgresAddress("nowhere"))).rejects.toMatchObject({ trouble: "missing" });
});

test("a file keeps what it was given", async () => {
  const folder = mkdtempSync(join(tmpdir(), "wkgen-flows-"));
  const file = join(folder, "flows.db");
  const first = await openFlowStore(file);
  const from = await first.resume("fulfilment", log, 3);
  const nothing = { cancelled: [], answered: [] };
  await first.commit({
    ...{ flow: "fulfilment", from, position: 9, scheduled: [timer("o1", 100)], commands: [command("c1")], ...nothing },
    instances: new Map([["o1", { state: "{}" }]]),
  });
  await first.close();

  const second = await openFlowStore(file);
  expect(await second.resume("fulfilment", log, 0)).toEqual({ position: 9, revision: 1 });
  expect(await second.due("fulfilment", 100, 10)).toEqual([timer("o1", 100)]);
  expect((await second.outgoing(0, 10)).map(({ id }) => id)).toEqual(["c1"]);
  await second.close();
  rmSync(folder, { recursive: true });
});

test("a database of somebody else is left alone", async () => {
  const folder = mkdtempSync(join(tmpdir(), "wkgen-flows-"));
  const file = join(folder, "flows.db");
  const { DatabaseSync } = await import("node:sqlite");
  const other = new DatabaseSync(file);
  other.exec("CREATE TABLE mine (x)");
  other.close();
  await expect(openFlowStore(file)).rejects.toMatchObject({ trouble: "not-a-log" });
  rmSync(folder, { recursive: true });
});
