import fc from "fast-check";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { anonymous } from "../../runtime/protocol/user.ts";
import type { EventLog } from "../../runtime/store/event-log.ts";
import { openMemoryLog } from "../../runtime/store/memory/log.ts";
import { openSqliteLog } from "../../runtime/store/sqlite/log.ts";
import { StoreFailure } from "../../runtime/store/store-failure.ts";
import type { AggregateDefinition } from "../../runtime/write/aggregate.ts";
import { createWriteModel } from "../../runtime/write/write-model.ts";
import { audit, type Acknowledged } from "./write-audit.ts";

interface Chain {
  readonly likes: number;
  /** The command that published the last event. */
  readonly last: string;
}

interface ChainEvents {
  readonly sent: { readonly text: string };
  readonly liked: { readonly likes: number; readonly after: string };
}

/** The chat's message, whose events also say what they were decided after: a wrong guess about the state to come shows. */
const chained: AggregateDefinition<Chain, { send: { text: string }; like: {} }, ChainEvents> = {
  context: "communication",
  name: "message",
  fields: { likes: { type: "integer" }, last: { type: "id" } },
  initialState: { likes: 0, last: "" },
  commands: {
    send: {
      on: "new",
      fields: { text: { type: "text" } },
      handle(aggregate, { data }, mark) {
        if (data.text === "") return mark.asRejected("Text is missing.");
        aggregate.events.publish("sent", data);
        return mark.asDone();
      },
    },
    like: {
      on: "existing",
      fields: {},
      handle(aggregate, _command, mark) {
        aggregate.events.publish("liked", { likes: aggregate.state.likes + 1, after: aggregate.state.last });
        return mark.asDone();
      },
    },
  },
  events: {
    sent: {
      version: 1,
      fields: { text: { type: "text" } },
      apply: (aggregate, { metadata }) => aggregate.setState({ last: metadata.commandId }),
    },
    liked: {
      version: 1,
      fields: { likes: { type: "integer" }, after: { type: "id" } },
      apply: (aggregate, { data, metadata }) => aggregate.setState({ likes: data.likes, last: metadata.commandId }),
    },
  },
  isAuthorized: { commands: { send: [{ who: "everyone" }], like: [{ who: "everyone" }] }, events: {} },
};

/** A command of a story: `id` and `process` are few, so that ids repeat and processes meet on the same aggregates. */
interface Step {
  readonly process: number;
  readonly id: number;
  readonly on: number;
  readonly name: "send" | "like";
  readonly text: string;
  /** How many turns of the event loop pass before the next one. */
  readonly pause: number;
}

const steps = fc.array(
  fc.record<Step>({
    process: fc.nat(1),
    id: fc.nat(60),
    on: fc.nat(2),
    name: fc.constantFrom("send", "like", "like", "like"),
    text: fc.constantFrom("", "hey", "ho"),
    pause: fc.constantFrom(0, 0, 0, 1, 2),
  }),
  { minLength: 1, maxLength: 80 },
);

/** The steps in the order of the story, without waiting for the answers; with how each was answered. */
async function play(story: readonly Step[], logs: readonly EventLog[]): Promise<readonly Acknowledged[]> {
  let ids = 0;
  const world = { now: () => 0, newId: () => `event-${++ids}`, report() {}, mostBytes: 1200, eventsPerSnapshot: 2 };
  const models = logs.map((log) => createWriteModel([chained], log, world));
  const answers: Promise<Acknowledged>[] = [];

  for (const { process, id, on, name, text, pause } of story) {
    const data = name === "send" ? { text } : {};
    const request = { id: `c${id}`, context: "communication", aggregate: "message", aggregateId: `m${on}`, name, data };
    const model = models[process % models.length]!;
    answers.push(model.handle(request, anonymous).then((answer) => ({ commandId: request.id, answer })));
    for (let turn = 0; turn < pause; turn++) await new Promise(setImmediate);
  }
  return Promise.all(answers);
}

async function lawsHold(story: readonly Step[], logs: readonly EventLog[], inner = logs[0]!): Promise<void> {
  const acknowledged = await play(story, logs);
  const events = await inner.read(0, 1000);
  expect(audit(events, acknowledged)).toEqual([]);

  for (const [commandId, answers] of Map.groupBy(acknowledged, (one) => one.commandId)) {
    const different = new Set(answers.map(({ answer }) => JSON.stringify(answer)).filter((answer) => /"handled"|"rejected"/.test(answer)));
    expect(different.size, `${commandId} was answered in ${different.size} ways`).toBeLessThan(2);
  }
}

test("in memory, one process: whatever is sent, the log keeps what was promised", async () => {
  await fc.assert(
    fc.asyncProperty(steps, (story) => lawsHold(story, [openMemoryLog({ newId: () => "incarnation" })])),
    { numRuns: 300 },
  );
});

test("in memory, two processes that do not know of each other", async () => {
  const property = fc.asyncProperty(steps, (story) => {
    const log = delayed(openMemoryLog({ newId: () => "incarnation" }));
    return lawsHold(story, [log, log]);
  });
  await fc.assert(property, { numRuns: 300 });
});

test("with a store whose commits fail now and then, before or after they were stored", async () => {
  const failures = fc.array(fc.constantFrom("no", "no", "before", "after"), { minLength: 1, maxLength: 10 });
  const property = fc.asyncProperty(steps, failures, async (story, plan) => {
    const inner = openMemoryLog({ newId: () => "incarnation" });
    const acknowledged = await play(story, [failing(inner, plan)]);
    const told = acknowledged.filter(({ answer }) => answer.kind === "handled" || answer.problem.type !== "unavailable");
    expect(audit(await inner.read(0, 1000), told)).toEqual([]);
  });
  await fc.assert(property, { numRuns: 300 });
});

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), "wkgen-laws-"))));
afterAll(() => rmSync(folder, { recursive: true }));

test("on SQLite, two connections to one file", async () => {
  let files = 0;
  const property = fc.asyncProperty(steps, async (story) => {
    const file = join(folder, `${++files}.db`);
    const logs = [await openSqliteLog(file, { newId: () => "here" }), await openSqliteLog(file, { newId: () => "there" })];
    await lawsHold(story, logs);
    await Promise.all(logs.map((log) => log.close()));
  });
  await fc.assert(property, { numRuns: 10 });
});

/** A log that takes its time, so that decisions are made while others are in flight. */
function delayed(log: EventLog): EventLog {
  return {
    ...log,
    async append(batch) {
      await new Promise(setImmediate);
      const appended = await log.append(batch);
      await new Promise(setImmediate);
      return appended;
    },
  };
}

/** A log that follows a plan of failures, over and over. What it stored before it failed, nobody was told. */
function failing(log: EventLog, plan: readonly string[]): EventLog {
  let appends = 0;
  return {
    ...log,
    async append(batch) {
      const now = plan[appends++ % plan.length];
      await new Promise(setImmediate);
      if (now === "before") throw new StoreFailure("full", "There is no space left.", "Free some.");
      const appended = await log.append(batch);
      if (now === "after") throw new StoreFailure("unreadable", "The disk failed.", "Check it.");
      return appended;
    },
  };
}
