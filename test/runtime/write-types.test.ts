import { expect, test } from "vitest";
import type { Fields } from "../../runtime/protocol/field.ts";
import type { AggregateDefinition } from "../../runtime/write/aggregate.ts";
import { account } from "./account.ts";
import { brief, scene } from "./write-scene.ts";

type Basket = Readonly<Record<string, unknown>>;
type Definition = AggregateDefinition<Basket, Record<string, object>, Record<string, object>>;

const fields: Fields = {
  name: { type: "text", minLength: 1, maxLength: 5 },
  count: { type: "integer", atLeast: 0 },
  average: { type: "number", optional: true },
  items: { type: "list", of: { type: "value", fields: { amount: { type: "integer", atLeast: 1 } } }, atMost: 2 },
  notes: { type: "json" },
  mood: { type: "choice", of: ["good", "bad"] },
};

const open = { json: { type: "json" } } as const;

/** Its only event sets whatever it says. */
const basket: Definition = {
  context: "shop",
  name: "shoppingBasket",
  fields,
  initialState: { count: 0, average: null, items: [], notes: null },
  commands: {
    put: {
      on: "any",
      fields: open,
      handle(aggregate, { data }, mark) {
        aggregate.events.publish("put", data);
        return mark.asDone();
      },
    },
    divide: {
      on: "any",
      fields: {},
      handle(aggregate, _command, mark) {
        aggregate.events.publish("divided", {});
        return mark.asDone();
      },
    },
  },
  events: {
    put: { version: 1, fields: open, apply: (aggregate, { data }) => aggregate.setState((data as { json: Basket }).json) },
    divided: { version: 1, fields: {}, apply: (aggregate) => aggregate.setState({ average: 0 / Number(aggregate.state["count"]) }) },
  },
  isAuthorized: { commands: { put: [{ who: "everyone" }], divide: [{ who: "everyone" }] }, events: {} },
};

const fresh = { name: "jane", mood: "good" };

test.each<[what: string, json: Basket, detail: string]>([
  ["a restriction", { count: -1 }, "count must be a whole number of at least 0"],
  ["a type", { mood: "fine" }, "mood must be good or bad"],
  ["a field that is cleared but not optional", { name: null }, "name is missing"],
  ["a deep one", { items: [{ amount: 1 }, { amount: 0 }] }, "items[1].amount must be a whole number of at least 1"],
  [
    "several at once",
    { name: "a long name", count: 0.5 },
    "name must be 1 to 5 characters long, count must be a whole number of at least 0",
  ],
])("state that would break %s is rejected, naming field and rule", async (_what, json, detail) => {
  const { send, log } = scene({ definitions: [basket] });
  await send({ name: "put", on: "b", data: { json: fresh } });
  expect(await send({ name: "put", on: "b", data: { json } })).toMatchObject({
    problem: { type: "rejected", detail: `This shopping basket would not be valid: ${detail}.` },
  });
  expect((await log.head()).position).toBe(1);
});

test("a number that is none is noticed", async () => {
  const { send } = scene({ definitions: [basket] });
  await send({ name: "put", on: "b", data: { json: fresh } });
  expect(await send({ name: "divide", on: "b" })).toMatchObject({ problem: { detail: expect.stringContaining("average must be") } });
});

test("what the first events left unset is missing", async () => {
  const { send } = scene({ definitions: [basket] });
  expect(await send({ name: "put", on: "b", data: { json: { name: "jane" } } })).toMatchObject({
    problem: { detail: "This shopping basket would not be valid: mood is missing." },
  });
  expect(brief(await send({ name: "put", on: "b", data: { json: fresh } }))).toBe("handled: put");
});

test("a field that did not fit before does not block, and may move on", async () => {
  const before = scene({ definitions: [basket] });
  await before.send({ name: "put", on: "b", data: { json: { ...fresh, count: 70, items: [{ amount: 1 }] } }, id: "c1" });
  const stricter: Fields = { ...fields, count: { type: "integer", atMost: 50 }, items: { type: "list", of: { type: "json" }, atMost: 0 } };
  const now = scene({ definitions: [{ ...basket, fields: stricter }], log: before.log, world: { newId: counting() } });
  const put = async (json: Basket) => brief(await now.send({ name: "put", on: "b", data: { json } }));

  expect(await put({ name: "joe" })).toBe("handled: put");
  expect(await put({ count: 65 })).toBe("handled: put");
  expect(await put({ count: 50 })).toBe("handled: put");
  expect(await put({ count: 51 }), "it fitted again").toBe("rejected");
});

test("comes before the model's own invariants, which may rely on it", async () => {
  const { send } = scene({ definitions: [account] });
  expect(await send({ name: "open", on: "a", data: { balance: 1_000_001 } })).toMatchObject({
    problem: { detail: "This account would not be valid: balance must be a whole number of at most 1000000." },
  });
  expect(await send({ name: "open", on: "a", data: { balance: 0, handle: "a long handle" } })).toMatchObject({
    problem: { detail: expect.stringContaining("handle must be at most 10 characters long") },
  });
});

function counting(): () => string {
  let ids = 0;
  return () => `now-${++ids}`;
}
