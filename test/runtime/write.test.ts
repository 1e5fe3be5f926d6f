import { expect, test } from "vitest";
import { message } from "../../examples/chat/server/writeModel/communication/message.ts";
import { anonymous, type User } from "../../runtime/protocol/user.ts";
import type { Append, EventLog } from "../../runtime/store/event-log.ts";
import { openMemoryLog } from "../../runtime/store/memory/log.ts";
import { StoreFailure } from "../../runtime/store/store-failure.ts";
import type { AggregateDefinition, Rule, SomeAggregateDefinition } from "../../runtime/write/aggregate.ts";
import { timestamp } from "../../runtime/protocol/calculation/timestamp.ts";
import { createWriteModel } from "../../runtime/write/write-model.ts";
import { brief, scene } from "./write-scene.ts";

const jane: User = { id: "jane", roles: [] };
const joe: User = { id: "joe", roles: ["clerk"] };

test("a command is answered with its events, their position and revision", async () => {
  const { send, log } = scene();
  expect(await send({ name: "send", on: "m", data: { text: "hey" } })).toEqual({
    kind: "handled",
    handled: { position: 1, revision: 1, events: ["sent"] },
  });
  expect(await send({ name: "like", on: "m" })).toMatchObject({ handled: { position: 2, revision: 2 } });
  expect((await log.read(0, 9)).map(({ name, data }) => [name, data])).toEqual([
    ["sent", { text: "hey" }],
    ["liked", { likes: 1 }],
  ]);
});

test("an event carries its command, its user and the time of the command", async () => {
  const { send, log } = scene({ world: { now: () => Date.UTC(2026, 0, 31, 9, 30) } });
  await send({ name: "send", on: "m", data: { text: "hey" }, as: jane, id: "c" });
  const metadata = { timestamp: "2026-01-31T09:30:00.000Z", commandId: "c", correlationId: "c", causationId: "c", version: 1 };
  expect((await log.read(0, 1))[0]).toMatchObject({ user: { id: "jane" }, metadata });
});

test("a rejection has the model's words, and stores no event", async () => {
  const { send, log } = scene();
  expect(await send({ name: "send", on: "m", data: { text: "" } })).toMatchObject({
    problem: { type: "rejected", status: 422, detail: "Text is missing." },
  });
  expect((await log.head()).position).toBe(0);
});

test("a command that is not valid learns all that is wrong, in words", async () => {
  const { send } = scene();
  expect(await send({ name: "send", on: "m", data: { txt: "hey" } })).toMatchObject({
    problem: {
      type: "not-valid",
      status: 400,
      fields: [
        { field: "text", rule: "is missing" },
        { field: "txt", rule: "is not a field of send; did you mean text?" },
      ],
    },
  });
});

test.each(["", "a\u0000b", "line\nbreak", "x".repeat(201), "\ud800"])(
  "the id %j is refused for an aggregate and for a command",
  async (id) => {
    const { send } = scene();
    expect(await send({ name: "like", on: id })).toMatchObject({
      problem: { type: "not-valid", fields: [{ field: "id of the aggregate" }] },
    });
    expect(await send({ name: "like", on: "m", id })).toMatchObject({
      problem: { type: "not-valid", fields: [{ field: "id of the command" }] },
    });
  },
);

test.each(["snd", "constructor", "__proto__", "toString"])("the unknown command %s is refused", async (name) => {
  expect(brief(await scene().send({ name, on: "m" }))).toBe("unknown-command");
});

test("an unknown command hears of the nearest one", async () => {
  expect(await scene().send({ name: "snd", on: "m" })).toMatchObject({
    problem: { detail: expect.stringContaining("did you mean communication.message.send?") },
  });
});

test("what exists is told from what does not", async () => {
  const { send } = scene();
  expect(brief(await send({ name: "like", on: "m" }))).toBe("does-not-exist");
  expect(brief(await send({ name: "send", on: "m", data: { text: "hey" } }))).toBe("handled: sent");
  expect(brief(await send({ name: "send", on: "m", data: { text: "hey" } }))).toBe("exists-already");
});

test("a new aggregate that another process began is found to exist", async () => {
  const log = openMemoryLog({ newId: () => "incarnation" });
  const [here, there] = [scene({ log }), scene({ log, world: { newId: () => "theirs" } })];
  await there.send({ name: "send", on: "m", data: { text: "hey" }, id: "their command" });
  expect(brief(await here.send({ name: "send", on: "m", data: { text: "" }, id: "c1" }))).toBe("exists-already");
  expect(brief(await here.send({ name: "like", on: "m", id: "c2" }))).toBe("handled: liked");
  expect(await there.send({ name: "like", on: "m", id: "c3" })).toMatchObject({ handled: { revision: 3 } });
});

test("what memory does not know yet is looked up before it is denied", async () => {
  const log = openMemoryLog({ newId: () => "incarnation" });
  const [here, there] = [scene({ log }), scene({ log })];
  expect(brief(await here.send({ name: "send", on: "m", data: { text: "" }, id: "c1" }))).toBe("rejected");
  expect(brief(await there.send({ name: "send", on: "m", data: { text: "hey" }, id: "c2" }))).toBe("handled: sent");
  expect(brief(await here.send({ name: "like", on: "m", id: "c3" }))).toBe("handled: liked");
});

test("the same id has one effect and one answer, however often and however it ended", async () => {
  const log = openMemoryLog({ newId: () => "incarnation" });
  const { send } = scene({ log });
  const hey = { name: "send", on: "m", data: { text: "hey" }, id: "c1" };
  const empty = { name: "send", on: "n", data: { text: "" }, id: "c2" };

  const [first, second] = await Promise.all([send(hey), send(hey)]);
  expect(brief(first)).toBe("handled: sent");
  expect(second).toEqual(first);
  expect(await send(hey)).toEqual(first);
  const rejected = await send(empty);
  expect(await send(empty)).toEqual(rejected);

  const restarted = scene({ log });
  expect(await restarted.send(hey)).toEqual(first);
  expect(await restarted.send(empty)).toEqual(rejected);
  expect((await log.head()).position).toBe(1);
});

test("the same id with other content, of another user or for another aggregate is refused", async () => {
  const { send } = scene();
  const hey = { name: "send", on: "m", data: { text: "hey" }, id: "c", as: jane };
  const others = [
    { ...hey, data: { text: "ho" } },
    { ...hey, on: "n" },
    { ...hey, as: joe },
    { ...hey, name: "like", data: {} },
  ];

  const [, while1] = await Promise.all([send(hey), send(others[0]!)]);
  expect(brief(while1)).toBe("command-id-reused");
  for (const other of others) expect(brief(await send(other))).toBe("command-id-reused");
});

test("a command is still the same after it and a field of its data were renamed", async () => {
  const log = openMemoryLog({ newId: () => "incarnation" });
  const hey = { name: "send", on: "m", data: { text: "hey" }, id: "c1" };
  const empty = { name: "send", on: "n", data: { text: "" }, id: "c2" };
  const before = scene({ log });
  const [handled, rejected] = [await before.send(hey), await before.send(empty)];

  const { send, ...others } = message.commands;
  const post = { ...send, was: ["publish", "send"], fields: { body: { ...send.fields.text!, was: ["words", "text"] } } };
  const after = scene({
    log,
    definitions: [{ ...message, commands: { ...others, post } } as unknown as SomeAggregateDefinition],
  });
  for (const name of ["send", "publish", "post"]) {
    for (const field of ["text", "words", "body"]) {
      expect(await after.send({ ...hey, name, data: { [field]: "hey" } })).toEqual(handled);
      expect(await after.send({ ...empty, name, data: { [field]: "" } })).toEqual(rejected);
      expect(brief(await after.send({ ...hey, name, data: { [field]: "ho" } }))).toBe("command-id-reused");
    }
  }
  expect((await log.head()).position).toBe(1);
});

test("a repetition while others hurry on leaves nothing behind", async () => {
  const { send, log } = scene();
  await send({ name: "send", on: "m", data: { text: "hey" } });
  await send({ name: "like", on: "m", id: "l" });
  const again = Array.from({ length: 10 }, (_, index) => send({ name: "like", on: "m", id: index % 2 === 0 ? "l" : `l${index}` }));
  expect((await Promise.all(again)).map(brief)).toEqual(Array.from({ length: 10 }, () => "handled: liked"));
  const likes = (await log.read(1, 99)).map(({ data }) => (data as { likes: number }).likes);
  expect(likes).toEqual([1, 2, 3, 4, 5, 6]);
});

interface TaskState {
  readonly isPrivate: boolean;
  readonly assignee: string | null;
}

type Anything = AggregateDefinition<TaskState, Record<string, object>, Record<string, object>>;

/** A task that several kinds of people may do several things with. */
const task: Anything = {
  context: "work",
  name: "task",
  fields: { isPrivate: { type: "boolean" }, assignee: { type: "id", optional: true } },
  initialState: { isPrivate: false, assignee: null },
  commands: {
    begin: { on: "new", fields: {}, handle: publish("begun") },
    hide: { on: "existing", fields: {}, handle: publish("hidden") },
    finish: { on: "existing", fields: {}, handle: publish("finished") },
    touch: { on: "any", fields: {}, handle: publish("touched") },
    close: { on: "existing", fields: {}, handle: publish("closed") },
    nobodys: { on: "any", fields: {}, handle: publish("touched") },
    breakDown: {
      on: "any",
      fields: {},
      handle() {
        throw new Error("a secret of the programmer");
      },
    },
    forgetTheEnd: { on: "any", fields: {}, handle: () => undefined as never },
    endLater: { on: "any", fields: {}, handle: () => Promise.resolve({ kind: "done" }) as never },
    lie: {
      on: "any",
      fields: {},
      handle(aggregate, _command, mark) {
        aggregate.events.publish("measured", { size: "wide" });
        return mark.asDone();
      },
    },
    denyTheLie: {
      on: "any",
      fields: {},
      handle(aggregate, _command, mark) {
        try {
          aggregate.events.publish("measured", { size: "wide" });
        } catch {
          // As if nothing had happened.
        }
        return mark.asDone();
      },
    },
    postpone: {
      on: "any",
      fields: {},
      handle(_aggregate, _command, mark) {
        return mark.asRejected(timestamp.add("9999-12-31T23:59:59.999Z", "P1D"));
      },
    },
    half: {
      on: "any",
      fields: {},
      handle(aggregate, _command, mark) {
        aggregate.events.publish("touched", {});
        return mark.asRejected("Only half of it works.");
      },
    },
  },
  events: {
    begun: { version: 1, fields: {}, apply() {} },
    hidden: { version: 1, fields: {}, apply: (aggregate) => aggregate.setState({ isPrivate: true }) },
    finished: { version: 1, fields: {}, apply: (aggregate) => aggregate.end() },
    touched: { version: 1, fields: {}, apply() {} },
    closed: { version: 1, fields: {}, apply() {} },
    measured: { version: 1, fields: { size: { type: "integer" } }, apply() {} },
  },
  isAuthorized: {
    commands: {
      begin: [{ who: "authenticated" }],
      hide: [{ who: "owner" }],
      finish: [{ who: "authenticated", where: ({ state }) => !state.isPrivate }, { who: { role: "clerk" } }],
      touch: [{ who: "owner" }],
      close: [{ who: "authenticated", where: ({ id }, user) => id === user.id }],
      breakDown: [{ who: "everyone" }],
      forgetTheEnd: [{ who: "everyone" }],
      endLater: [{ who: "everyone" }],
      lie: [{ who: "everyone" }],
      denyTheLie: [{ who: "everyone" }],
      postpone: [{ who: "everyone" }],
      half: [{ who: "everyone" }],
    } satisfies Record<string, readonly Rule<TaskState>[]>,
    events: {},
  },
};

function publish(event: string): Anything["commands"][string]["handle"] {
  return (aggregate, _command, mark) => {
    aggregate.events.publish(event, {});
    return mark.asDone();
  };
}

test.each<[what: string, name: string, as: User, answer: string]>([
  ["nobody may what no rule allows", "nobodys", jane, "not-allowed"],
  ["the owner may", "hide", jane, "handled: hidden"],
  ["somebody else is not the owner", "hide", joe, "not-allowed"],
  ["an anonymous user is never the owner", "hide", anonymous, "not-allowed"],
  ["whoever is authenticated may, where the condition holds", "finish", jane, "handled: finished"],
  ["an anonymous user is not authenticated", "finish", anonymous, "not-allowed"],
  ["a condition may speak of the user", "close", jane, "not-allowed"],
])("%s", async (_what, name, as, answer) => {
  const { send } = scene({ definitions: [task] });
  await send({ name: "begin", on: "t", as: jane });
  expect(brief(await send({ name, on: "t", as }))).toBe(answer);
});

test("one rule that allows is enough, and roles do", async () => {
  const { send } = scene({ definitions: [task] });
  await send({ name: "begin", on: "t", as: jane });
  await send({ name: "hide", on: "t", as: jane });
  expect(brief(await send({ name: "finish", on: "t", as: jane }))).toBe("not-allowed");
  expect(brief(await send({ name: "finish", on: "t", as: joe }))).toBe("handled: finished");
});

test("whoever begins an aggregate counts as its owner", async () => {
  const { send } = scene({ definitions: [task] });
  expect(brief(await send({ name: "touch", on: "t", as: anonymous }))).toBe("not-allowed");
  expect(brief(await send({ name: "touch", on: "t", as: jane }))).toBe("handled: touched");
  expect(brief(await send({ name: "touch", on: "t", as: joe }))).toBe("not-allowed");
});

test("the runtime's own answers come in their order: validity, existence, permission, the model", async () => {
  const { send } = scene({ definitions: [task] });
  expect(brief(await send({ name: "hide", on: "t", data: { x: 1 }, as: anonymous }))).toBe("not-valid");
  expect(brief(await send({ name: "hide", on: "t", as: anonymous }))).toBe("does-not-exist");
  await send({ name: "begin", on: "t", as: jane });
  expect(brief(await send({ name: "begin", on: "t", as: anonymous }))).toBe("exists-already");
  await send({ name: "finish", on: "t", as: jane });
  expect(brief(await send({ name: "hide", on: "t", as: joe }))).toBe("has-ended");
  expect(brief(await send({ name: "begin", on: "t", as: jane }))).toBe("exists-already");
});

test("a rejection stores nothing of what was published before it", async () => {
  const { send, log } = scene({ definitions: [task] });
  expect(brief(await send({ name: "half", on: "t" }))).toBe("rejected");
  expect((await log.head()).position).toBe(0);
});

test("what does not fit an event is not published: the command is rejected, and the field named", async () => {
  const { send, reported, log } = scene({ definitions: [task] });
  const detail = 'The event "measured" would not be valid: size must be a whole number.';
  for (const name of ["lie", "denyTheLie"]) expect(await send({ name, on: "t" })).toMatchObject({ problem: { type: "rejected", detail } });
  expect(reported).toEqual([]);
  expect((await log.head()).position).toBe(0);
});

test("a time that cannot be told rejects the command that leads to it", async () => {
  const { send, log } = scene({ definitions: [task] });
  const detail = "A moment cannot be before the year 0 or after the year 9999.";
  expect(await send({ name: "postpone", on: "t" })).toMatchObject({ problem: { type: "rejected", detail } });
  expect((await log.head()).position).toBe(0);
});

test("a fault of the program is reported, and nothing of it is told to the sender", async () => {
  const { send, reported, log } = scene({ definitions: [task] });
  const answer = await send({ name: "breakDown", on: "t" });
  expect(brief(answer)).toBe("internal");
  expect(JSON.stringify(answer)).not.toMatch(/secret|size|Error|\.ts/);
  expect(reported).toHaveLength(1);
  expect((await log.head()).position).toBe(0);
});

test.each(["forgetTheEnd", "endLater"])(
  "a command whose code does not say how it ends, past its types, is named to the operator: %s",
  async (name) => {
    const { send, reported, log } = scene({ definitions: [task] });
    expect(brief(await send({ name, on: "t" }))).toBe("internal");
    expect(reported).toEqual([
      new Error(`work.task.${name} did not say how it ends: it has to return mark.asDone() or mark.asRejected(…), and no promise.`),
    ]);
    expect((await log.head()).position).toBe(0);
  },
);

test("an aborted signal keeps a command from beginning", async () => {
  const { log } = scene();
  const model = createWriteModel([task], log, { now: () => 0, newId: () => "id", report() {} });
  const request = { id: "c", context: "work", aggregate: "task", aggregateId: "t", name: "begin", data: {} };
  await expect(model.handle(request, jane, AbortSignal.abort())).rejects.toThrow("aborted");
});

test("after a commit that failed, everything decided on it is decided again", async () => {
  const inner = openMemoryLog({ newId: () => "incarnation" });
  const failing = failingOnce(inner, 2);
  const { send, reported } = scene({ log: failing });
  await send({ name: "send", on: "m", data: { text: "hey" } });

  const [lost, ...kept] = await Promise.all(["a", "b", "c"].map((id) => send({ name: "like", on: "m", id })));
  expect(brief(lost!)).toBe("unavailable");
  expect(kept.map(brief)).toEqual(["handled: liked", "handled: liked"]);
  expect(reported).toHaveLength(1);
  expect((await inner.read(1, 9)).map(({ data, metadata }) => [metadata.commandId, data])).toEqual([
    ["b", { likes: 1 }],
    ["c", { likes: 2 }],
  ]);
  expect(await send({ name: "like", on: "m", id: "a" })).toMatchObject({ handled: { revision: 4 } });
});

test("a refusal that rests on what is in flight waits for it, and is decided again where it fails", async () => {
  const inner = openMemoryLog({ newId: () => "incarnation" });
  const { send } = scene({ log: failingOnce(inner, 1) });
  const [first, second] = await Promise.all([
    send({ name: "send", on: "m", data: { text: "hey" }, id: "a" }),
    send({ name: "send", on: "m", data: { text: "ho" }, id: "b" }),
  ]);
  expect(brief(first!)).toBe("unavailable");
  expect(brief(second!)).toBe("handled: sent");
});

test("memory is bounded: what is pushed out is read from the log again", async () => {
  const inner = openMemoryLog({ newId: () => "incarnation" });
  let reads = 0;
  const log: EventLog = { ...inner, recall: (...asked) => (reads++, inner.recall(...asked)) };
  const { send } = scene({ log, world: { mostBytes: 10_000 } });

  for (let index = 0; index < 100; index++) await send({ name: "send", on: `m${index}`, data: { text: "hey".repeat(30) } });
  expect(reads).toBe(0);
  for (let index = 90; index < 100; index++) await send({ name: "like", on: `m${index}` });
  expect(reads).toBe(0);
  expect(await send({ name: "like", on: "m0" })).toMatchObject({ handled: { revision: 2 } });
  expect(reads).toBe(1);
});

/** The n-th append finds the disk full. */
function failingOnce(log: EventLog, failing: number): EventLog {
  let appends = 0;
  const append = (batch: readonly Append[]) =>
    ++appends === failing ? Promise.reject(new StoreFailure("full", "There is no space left.", "Free some.")) : log.append(batch);
  return { ...log, append };
}
