import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import type { SomeFlowDefinition } from "../../runtime/flows/flow.ts";
import { openFlowStore } from "../../runtime/flows/sqlite/open-flow-store.ts";
import { tellParked } from "../../runtime/tell-parked.ts";
import { openMemoryLog } from "../../runtime/store/memory/log.ts";
import type { SomeAggregateDefinition } from "../../runtime/write/aggregate.ts";
import { flowId } from "../../runtime/write/flow-id.ts";
import { createWriteModel } from "../../runtime/write/write-model.ts";
import { fetching } from "../emitters/golden/flows/server/flows/fetching.ts";
import { greeting } from "../emitters/golden/flows/server/flows/greeting.ts";
import { writing } from "../emitters/golden/flows/server/flows/writing.ts";
import { loaf } from "../emitters/golden/flows/server/writeModel/bakery/loaf.ts";
import { bakery, beginning, day, hour, type Bakery, type Staging } from "./flows-scene.ts";

let open: Bakery | undefined;

afterEach(async () => {
  await open?.close();
  open = undefined;
});

async function begin(definitions: readonly SomeFlowDefinition[], staging?: Staging): Promise<Bakery> {
  return (open = await bakery(definitions, staging));
}

const fetchBy = new Date(beginning + 30 * day).toISOString();
const order = (...loaves: readonly string[]) => ({ loaves, fetchBy });

test("a flow that keeps nothing runs a command on the aggregate that its event came from", async () => {
  const { send, happened } = await begin([greeting]);
  await send("bake", "l1", { kind: "rye" });
  expect(await happened()).toEqual(["baked l1", "given l1"]);
});

test("what a flow runs is on behalf of the event's user, and belongs to the event's story", async () => {
  const { send, events } = await begin([greeting]);
  await send("bake", "l1", { kind: "rye" }, "jane");
  const [baked, given] = await events();
  expect(given).toMatchObject({
    user: { id: "jane" },
    metadata: { correlationId: baked!.metadata.correlationId, causationId: baked!.id, timestamp: new Date(beginning).toISOString() },
  });
});

test("a flow that runs itself without an end leaves time for everything else", async () => {
  const endless: SomeFlowDefinition = {
    name: "endless",
    initialState: {},
    when: {
      "bakery.loaf.baked"(flow, _event, mark) {
        flow.run("bakery.loaf.bake", { on: flow.newId(), data: { kind: "rye" } });

        return mark.asDone();
      },
    },
  };
  const { send, happened } = await begin([endless]);
  void send("bake", "l1", { kind: "rye" });
  await setTimeout(20);
  expect((await happened()).length).toBeGreaterThan(2);
});

test("for each thing in a list a new aggregate begins", async () => {
  const { send, events } = await begin([fetching]);
  await send("place", "r1", order("rye", "spelt"));
  const baked = (await events()).filter(({ name }) => name === "baked");
  expect(baked.map(({ data }) => data)).toEqual([{ kind: "rye" }, { kind: "spelt" }]);
  expect(new Set(baked.map(({ aggregate }) => aggregate.id)).size).toBe(2);
});

test("the flow hears of the rejection of a command that it ran, with its reason and its data", async () => {
  const { send, events } = await begin([fetching]);
  await send("place", "r1", order("none"));
  expect((await events()).at(-1)).toMatchObject({ name: "reminded", data: { reason: "We are out of flour." } });
});

test("the rejections of others' commands are none of its business", async () => {
  const { send, happened } = await begin([fetching]);
  await send("place", "r1", order("rye"));
  expect(await send("bake", "l1", { kind: "none" })).toMatchObject({ kind: "refused" });
  expect(await happened()).toEqual(["placed r1", "baked (new)"]);
});

test("that an aggregate does not exist is a rejection like any other", async () => {
  const sending: SomeFlowDefinition = {
    name: "sending",
    initialState: {},
    when: {
      "bakery.loaf.baked": (flow, event, mark) => {
        if (event.data.kind === "rye") flow.run("bakery.request.drop", { on: "nowhere", data: {} });
        return mark.asDone();
      },
    },
    whenRejected: {
      "bakery.request.drop": (flow, command, rejection, mark) => {
        flow.run("bakery.loaf.bake", {
          on: flow.newId(),
          data: { kind: `${rejection.type} ${command.aggregate.id}`, slices: 1, note: null },
        });
        return mark.asDone();
      },
    },
  };
  const { send, events } = await begin([sending]);
  await send("bake", "l1", { kind: "rye" });
  expect((await events())[1]).toMatchObject({ name: "baked", data: { kind: "does-not-exist nowhere" } });
});

test("the rejection of a command that was stored under its old names is that of the command of now", async () => {
  const log = openMemoryLog({ newId: () => "the incarnation" });
  const store = await openFlowStore(":memory:");
  const from = await store.resume("telling", await log.head(), 0);
  const stories = { userId: null, correlationId: "c", causationId: "c" };
  const toast = { context: "kitchen", aggregate: "bread", aggregateId: "l1", name: "toast", data: '{"sort":"none","slices":1}' };
  const commands = [{ instance: "r1", id: flowId(beginning, "toast"), ...toast, ...stories }];
  await store.commit({ flow: "telling", from, position: 0, instances: new Map(), scheduled: [], cancelled: [], commands, answered: [] });

  const telling: SomeFlowDefinition = {
    name: "telling",
    initialState: {},
    when: {},
    whenRejected: {
      "bakery.loaf.bake": (flow, { aggregate, name, data }, { reason }, mark) => {
        const kind = `${aggregate.name}.${name} ${JSON.stringify(data)}: ${reason}`;
        flow.run("bakery.loaf.bake", { on: flow.newId(), data: { kind, slices: 1, note: null } });
        return mark.asDone();
      },
    },
  };
  const { bake, ...others } = loaf.commands;
  const renamed = { ...bake, was: ["toast"], fields: { ...bake.fields, kind: { ...bake.fields.kind!, was: ["sort"] } } };
  const now = { ...loaf, contextWas: ["kitchen"], was: ["bread"], commands: { ...others, bake: renamed } } as SomeAggregateDefinition;
  const { flows, events } = await begin([telling], {
    log,
    store,
    write: () =>
      createWriteModel([now], log, { now: () => beginning, newId: () => "event", report: (fault) => expect.fail(String(fault)) }),
  });
  await flows.settled();
  expect(await events()).toMatchObject([{ data: { kind: 'loaf.bake {"kind":"none","slices":1,"note":null}: We are out of flour.' } }]);
});

test("a timer fires when it is due, not earlier, and once", async () => {
  const { send, pass, happened } = await begin([fetching]);
  await send("place", "r1", order("rye"));
  await pass(day - 1);
  expect(await happened()).not.toContain("reminded r1");
  await pass(1);
  expect((await happened()).filter((what) => what === "reminded r1")).toHaveLength(1);
  await pass(day - 1);
  expect((await happened()).filter((what) => what === "reminded r1")).toHaveLength(1);
});

test("a timer that is scheduled again is due then, and no more at the first time; after the end nothing fires", async () => {
  const { send, pass, happened } = await begin([fetching]);
  await send("place", "r1", order("rye"));
  await pass(hour);
  await send("remind", "r1", { reason: "Come." });
  await pass(day - 1);
  expect((await happened()).filter((what) => what === "reminded r1")).toHaveLength(1);
  await pass(1);
  expect((await happened()).filter((what) => what === "reminded r1")).toHaveLength(2);
  await send("drop", "r1");
  await pass(365 * day);
  expect((await happened()).at(-1)).toBe("dropped r1");
});

test("state adds up over the events of an instance, and each instance has its own", async () => {
  const { send, happened } = await begin([fetching]);
  await send("place", "r1", order("rye"));
  await send("place", "r2", order("rye"));
  for (const reason of ["1", "2", "3", "4"]) await send("remind", "r1", { reason });
  await send("remind", "r2", { reason: "1" });
  expect((await happened()).filter((what) => what.startsWith("dropped"))).toEqual(["dropped r1"]);
});

test("a new flow begins at the present; one from the beginning also takes what happened before it was written", async () => {
  const log = openMemoryLog({ newId: () => "the incarnation" });
  const before = await bakery([], { log });
  await before.send("bake", "l1", { kind: "rye" });
  await before.send("place", "r1", order("rye"));
  await before.close();

  const { flows, happened } = await begin([greeting, fetching], { log });
  await flows.settled();
  expect(await happened()).toEqual(["baked l1", "placed r1", "baked (new)", "given (new)"]);
});

test("a flow whose code throws stops alone, says why, and goes on when it is mended", async () => {
  const log = openMemoryLog({ newId: () => "the incarnation" });
  const file = await openFlowStore(":memory:");
  const store = { ...file, close: async () => {} };
  const broken = await bakery([greeting, writing], { log, store });
  await broken.send("place", "r1", order("rye"));
  await broken.send("bake", "l1", { kind: "rye" });
  expect(broken.told).toEqual(['writing stopped at 0 before bakery.request.placed: "bakery.request.placed" is not written yet.']);
  expect(broken.flows.statuses).toEqual([
    { flow: "greeting", position: 3 },
    {
      flow: "writing",
      position: 0,
      stopped: { before: "bakery.request.placed", reason: '"bakery.request.placed" is not written yet.' },
    },
  ]);
  await broken.close();

  const mended: SomeFlowDefinition = {
    ...writing,
    when: {
      "bakery.request.placed": (flow, event, mark) => {
        flow.run("bakery.request.remind", { on: event.aggregate.id, data: { reason: "Mended." } });
        return mark.asDone();
      },
    },
  };
  const { flows, happened } = await begin([mended], { log, store });
  await flows.settled();
  expect(await happened()).toEqual(["placed r1", "baked l1", "given l1", "reminded r1"]);
  await file.close();
});

test("a command that keeps failing is tried again, then parked with its reason, and carried out when somebody says so", async () => {
  let isWell = false;
  const attempts: string[] = [];
  const { send, happened, flows, told } = await begin([greeting], {
    patience: (count) => (count < 3 ? 1 : undefined),
    write: (model) => ({
      async handleForFlow(command, userId, story) {
        attempts.push(command.id);
        const problem = { type: "unavailable", title: "Unavailable", status: 503, detail: "The disk is full." } as const;
        return isWell ? model.handleForFlow(command, userId, story) : { kind: "refused", problem };
      },
    }),
  });
  await send("bake", "l1", { kind: "rye" });
  expect(new Set(attempts).size).toBe(1);
  expect(attempts).toHaveLength(3);
  expect(told).toEqual(["greeting parked bakery.loaf.give: The disk is full."]);
  expect(await flows.parked()).toMatchObject([{ flow: "greeting", name: "give", aggregateId: "l1", reason: "The disk is full." }]);

  isWell = true;
  expect(await flows.retry()).toBe(1);
  await flows.settled();
  expect(await happened()).toEqual(["baked l1", "given l1"]);
  expect(await flows.parked()).toEqual([]);
});

test("a command is never parked because the store takes nothing: it waits until it does", async () => {
  let attempts = 0;
  const { send, happened, flows, told } = await begin([greeting], {
    patience: () => undefined,
    write: (model) => ({
      async handleForFlow(command, userId, story) {
        const problem = { type: "unavailable", title: "Unavailable", status: 503, detail: "The disk is full.", retryAfter: 0.001 } as const;
        return ++attempts > 20 ? model.handleForFlow(command, userId, story) : { kind: "refused", problem };
      },
    }),
  });
  await send("bake", "l1", { kind: "rye" });
  await flows.settled();
  expect(await happened()).toEqual(["baked l1", "given l1"]);
  expect(told).toEqual([]);
});

test("what is parked can be told and put back while the application runs", async () => {
  const folder = mkdtempSync(join(tmpdir(), "wkgen-parked-"));
  const file = join(folder, "bakery.flows.db");
  let isWell = false;
  const problem = { type: "internal", title: "Internal", status: 500, detail: "It broke." } as const;
  const { send, happened } = await begin([greeting], {
    store: await openFlowStore(file),
    patience: () => undefined,
    write: (model) => ({
      handleForFlow: async (command, userId, story) =>
        isWell ? model.handleForFlow(command, userId, story) : { kind: "refused", problem },
    }),
  });
  const tell = async (retry: boolean) => {
    const lines: string[] = [];
    await tellParked({ kind: "sqlite", file }, retry, (line) => lines.push(line));
    return lines;
  };
  await send("bake", "l1", { kind: "rye" });
  expect(await tell(false)).toEqual(["greeting of l1: bakery.loaf.give on l1: It broke."]);

  isWell = true;
  expect(await tell(true)).toEqual([
    "greeting of l1: bakery.loaf.give on l1: It broke.",
    "1 command is put back; the application tries again.",
  ]);
  await expect.poll(happened, { timeout: 5_000 }).toEqual(["baked l1", "given l1"]);
  expect(await tell(true)).toEqual(["No command is parked."]);
  await open?.close();
  open = undefined;
  rmSync(folder, { recursive: true });
});

test("nobody else can use the ids that flows give", async () => {
  const { send } = await begin([fetching]);
  expect(await send("bake", "flow:0123", { kind: "rye" })).toMatchObject({ problem: { type: "not-allowed" } });
});
