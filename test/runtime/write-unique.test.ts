import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Event } from "../../runtime/protocol/event.ts";
import type { EventLog } from "../../runtime/store/event-log.ts";
import { openMemoryLog } from "../../runtime/store/memory/log.ts";
import { openSqliteLog } from "../../runtime/store/sqlite/log.ts";
import { mayDecide } from "../../runtime/write/claim-rules.ts";
import type { Answer } from "../../runtime/write/answer.ts";
import { openWriteModel } from "../../runtime/write/write-model.ts";
import { account, uniqueAccount } from "./account.ts";
import { engines } from "./store-engines.ts";
import { brief, scene } from "./write-scene.ts";

const detail = (answer: Answer) => (answer.kind === "refused" ? answer.problem.detail : brief(answer));
const bank = (log?: EventLog) => scene({ definitions: [uniqueAccount], ...(log && { log }) });

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "wkgen-unique-"))));
afterEach(() => rmSync(folder, { recursive: true }));

describe("a unique field", () => {
  test("turns down whoever wants what somebody else has, in the model's words", async () => {
    const { send, log } = bank();
    expect(brief(await send({ name: "open", on: "a", data: { handle: "jane", balance: 0 } }))).toBe("handled: opened");
    expect(detail(await send({ name: "open", on: "b", data: { handle: "jane", balance: 0 } }))).toBe("jane is taken.");
    expect((await log.head()).position).toBe(1);
    expect(brief(await send({ name: "open", on: "b", data: { handle: "joe", balance: 0 } }))).toBe("handled: opened");
  });

  test("is free again when it changes and when its holder ends; none never collides", async () => {
    const { send } = bank();
    for (const on of ["a", "b", "c"]) expect(brief(await send({ name: "open", on, data: { balance: 0 } }))).toBe("handled: opened");
    const rename = async (on: string, handle: string | null) => detail(await send({ name: "rename", on, data: { handle } }));

    expect(await rename("a", "x")).toBe("handled: renamed");
    expect(await rename("b", "x")).toBe("x is taken.");
    expect(await rename("a", "y")).toBe("handled: renamed");
    expect(await rename("b", "x")).toBe("handled: renamed");
    expect(await rename("c", "y")).toBe("y is taken.");
    await send({ name: "close", on: "a" });
    expect(await rename("c", "y")).toBe("handled: renamed");
    expect(await rename("b", null)).toBe("handled: renamed");
    expect(await rename("c", "x")).toBe("handled: renamed");
  });

  test("comes last: first the command's own words, then the invariants", async () => {
    const { send } = bank();
    await send({ name: "open", on: "a", data: { handle: "jane", balance: 0 } });
    const below = { handle: "jane", balance: -1 };
    expect(detail(await send({ name: "open", on: "b", data: below }))).toBe("The balance never goes below zero.");
    expect(brief(await send({ name: "open", on: "a", data: below }))).toBe("exists-already");
  });

  test("is decided in the order of arrival, and whatever was decided on a wish that failed is decided again", async () => {
    const { send } = bank();
    await send({ name: "open", on: "a", data: { handle: "jane", balance: 0 } });
    await send({ name: "open", on: "b", data: { balance: 0 } });
    const answers = await Promise.all([
      send({ name: "rename", on: "b", data: { handle: "jane" } }),
      send({ name: "move", on: "b", data: { amounts: [1] } }),
      send({ name: "rename", on: "a", data: { handle: "joan" } }),
      send({ name: "rename", on: "b", data: { handle: "jane" } }),
    ]);
    expect(answers.map(detail)).toEqual(["jane is taken.", "handled: moved", "handled: renamed", "handled: renamed"]);
  });
});

describe.each(Object.entries(engines))("a field that becomes unique, on %s", (_engine, open) => {
  let log: EventLog;
  beforeEach(async () => (log = await open(folder)));
  afterEach(() => log.close());

  const world = { now: () => 0, newId: () => "id", report() {} };

  async function withHandles(handles: readonly (string | null)[]) {
    const { send } = scene({ definitions: [account], log });
    for (const [index, handle] of handles.entries()) await send({ name: "open", on: `a${index}`, data: { handle, balance: 0 } });
    return send;
  }

  test("holds for what was there before", async () => {
    const send = await withHandles(["jane", null, null, "joe", "jim"]);
    await send({ name: "close", on: "a3" });
    await send({ name: "rename", on: "a4", data: { handle: "jon" } });
    await openWriteModel([uniqueAccount], log, world);

    const now = scene({ definitions: [uniqueAccount], log, world: { newId: counting("now") } });
    const rename = async (handle: string) => detail(await now.send({ name: "rename", on: "a1", data: { handle } }));
    expect(await rename("jane")).toBe("jane is taken.");
    expect(await rename("jon")).toBe("jon is taken.");
    expect(await rename("joe")).toBe("handled: renamed");
    expect(await rename("jim")).toBe("handled: renamed");
  });

  test("keeps the application from starting where values are shared, and lists them", async () => {
    const send = await withHandles(["jane", "joe", "jane", "joe", "joe", "x"]);
    await send({ name: "rename", on: "a5", data: { handle: "joe" } });
    await expect(openWriteModel([uniqueAccount], log, world)).rejects.toMatchObject({
      name: "NotUnique",
      message:
        'The handle "jane" is not unique: each account of a0 and a2 has it. The handle "joe" is not unique: each account of a1, a5 and 2 more has it.',
      cure: expect.stringMatching(/^Start the application with the model as it was/),
    });

    for (const [on, handle] of [
      ["a2", "j2"],
      ["a3", "j3"],
      ["a4", "j4"],
      ["a5", "j5"],
    ] as const)
      await send({ name: "rename", on, data: { handle } });
    await openWriteModel([uniqueAccount], log, world);
  });

  test("is made of histories of any length, in pieces", async () => {
    const send = await withHandles(["jane", "joe"]);
    const likes = Array.from({ length: 2500 }, (_, index) => send({ name: "rename", on: "a0", data: { handle: `h${index}` } }));
    await Promise.all(likes);
    await openWriteModel([uniqueAccount], log, world);
    const now = scene({ definitions: [uniqueAccount], log, world: { newId: counting("now") } });
    expect(detail(await now.send({ name: "rename", on: "a1", data: { handle: "h2499" } }))).toBe("h2499 is taken.");
    expect(detail(await now.send({ name: "rename", on: "a1", data: { handle: "h2498" } }))).toBe("handled: renamed");
  });

  test("is made once, and again when what its events mean has changed", async () => {
    await withHandles(["jane"]);
    let made = 0;
    const watched: EventLog = { ...log, claims: { ...log.claims, replace: (...asked) => (made++, log.claims.replace(...asked)) } };
    await openWriteModel([account], watched, world);
    expect(made, "without unique fields").toBe(0);
    await openWriteModel([uniqueAccount], watched, world);
    await openWriteModel([uniqueAccount], watched, world);
    expect(made).toBe(1);

    const { moved, renamed } = uniqueAccount.events;
    const praised = { ...moved, apply() {} };
    await openWriteModel([{ ...uniqueAccount, invariants: [], events: { ...uniqueAccount.events, praised } }], watched, world);
    expect(made, "whatever else has changed").toBe(1);
    const events = { ...uniqueAccount.events, renamed: { ...renamed, version: 2 } };
    await openWriteModel([{ ...uniqueAccount, events }], watched, world);
    expect(made).toBe(2);
  });
});

test.each([
  ["apply(account, event) { account.setState({ handle: event.data.handle }); }", true],
  ["apply(account, event) { account.setState({ balance: account.state.balance - event.data.amount }); }", false],
  ["apply(account) { account.end(); }", true],
  ["apply() {}", false],
  ["apply(account, event) { changed(account, event); }", true],
  ["(account, event) => account.setState({ ...event.data })", true],
  ["(account, event) => account.setState({ [event.data.field]: 1 })", true],
  ["(account, { data }) => account.setState(data)", true],
  ["({ setState }) => setState({ balance: 1 })", true],
  ["account => account.setState({ balance: 1 })", true],
])("whether an event decides who holds a value is told by its code, and in doubt it does: %s", (code, does) => {
  expect(mayDecide(code, "handle")).toBe(does);
});

/** What is wrong with the handles of a log: two living accounts that share one. */
function sharedHandles(events: readonly Event[]): readonly string[] {
  const holders = new Map<unknown, string>();
  const wrong: string[] = [];
  for (const { aggregate, name, data, metadata } of events) {
    if (name === "moved" || name === "limited") continue;
    for (const [handle, holder] of holders) if (holder === aggregate.id) holders.delete(handle);
    const { handle = null } = data as { handle?: string | null };
    if (handle === null) continue;
    if (holders.has(handle)) wrong.push(`${handle} at ${metadata.position}`);
    holders.set(handle, aggregate.id);
  }
  return wrong;
}

/** Two processes that want the same few handles, over and over. */
async function compete(file: string, honesty: "honest" | "without claims") {
  const child = new URL("./write-unique-child.ts", import.meta.url).pathname;
  const processes = ["left", "right"].map((name) => spawn(process.execPath, [child, file, name, honesty], { stdio: "inherit" }));
  for (const { exited } of processes.map((one) => ({ exited: once(one, "exit") }))) expect(await exited).toEqual([0, null]);

  const log = await openSqliteLog(file, { newId: () => "id" });
  const events = await log.read(0, 1_000_000);
  await log.close();
  return events;
}

test("two processes never give a handle away twice", async () => {
  const events = await compete(join(folder, "log.db"), "honest");
  expect(new Set(events.map(({ metadata }) => metadata.commandId.split("-")[0]))).toEqual(new Set(["left", "right"]));
  expect(events.length).toBeGreaterThan(200);
  expect(sharedHandles(events)).toEqual([]);
});

test("without claims they would, and it would be noticed", async () => {
  expect(sharedHandles(await compete(join(folder, "log.db"), "without claims"))).not.toEqual([]);
});

test("claims that are made while another process appends are not made by halves", async () => {
  const log = openMemoryLog({ newId: () => "incarnation" });
  const { send } = scene({ definitions: [account], log });
  await send({ name: "open", on: "a", data: { handle: "jane", balance: 0 } });
  let reads = 0;
  const busy: EventLog = {
    ...log,
    async histories(...asked) {
      const found = await log.histories(...asked);
      if (reads++ < 2) await send({ name: "open", on: `b${reads}`, data: { handle: `h${reads}`, balance: 0 } });
      return found;
    },
  };
  await openWriteModel([uniqueAccount], busy, { now: () => 0, newId: () => "id", report() {} });
  expect(reads).toBe(3);
  const now = scene({ definitions: [uniqueAccount], log, world: { newId: counting("now") } });
  expect(detail(await now.send({ name: "rename", on: "a", data: { handle: "h2" } }))).toBe("h2 is taken.");
});

test("where another process appends all the time, the start is given up and explained", async () => {
  const log = openMemoryLog({ newId: () => "incarnation" });
  const overtaken: EventLog = { ...log, claims: { ...log.claims, replace: async () => ({ kind: "overtaken" }) } };
  await expect(openWriteModel([uniqueAccount], overtaken, { now: () => 0, newId: () => "id", report() {} })).rejects.toMatchObject({
    trouble: "locked",
  });
});

function counting(process: string): () => string {
  let ids = 0;
  return () => `${process}-${++ids}`;
}
