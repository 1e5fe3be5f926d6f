import { beforeEach, expect, test } from "vitest";
import type { SomeAggregateDefinition } from "../../runtime/write/aggregate.ts";
import { account } from "./account.ts";
import { brief, scene, type Scene } from "./write-scene.ts";

let bank: Scene;
beforeEach(async () => {
  bank = scene({ definitions: [account] });
  await bank.send({ name: "open", on: "a", data: { balance: 50 } });
});

const move = (...amounts: readonly number[]) => bank.send({ name: "move", on: "a", data: { amounts } });

test("a command that would break an invariant is rejected in its words, and stores nothing", async () => {
  expect(await move(-51)).toMatchObject({ problem: { type: "rejected", detail: "The balance never goes below zero." } });
  expect((await bank.log.head()).position).toBe(1);
  expect(brief(await move(-50))).toBe("handled: moved");
});

test("the reason may hold values of the state that the command would have led to", async () => {
  expect(await move(75)).toMatchObject({ problem: { detail: "Only 100 are allowed, not 125." } });
});

test("only the state at the end of the command counts", async () => {
  expect(brief(await move(-80, +60))).toBe("handled: moved, moved");
});

test("a rejection for an invariant is the command's answer for good", async () => {
  const below = { name: "move", on: "a", data: { amounts: [-60] }, id: "c" };
  const rejected = await bank.send(below);
  await move(+50);
  expect(await bank.send(below)).toEqual(rejected);
});

test("an invariant that was broken before does not block a command, the others do", async () => {
  await bank.send({ name: "limitTo", on: "a", data: { limit: 100 } });
  const old = scene({ definitions: [{ ...account, invariants: [] }], log: bank.log, world: { newId: counting() } });
  await old.send({ name: "limitTo", on: "a", data: { limit: 10 } });

  const now = scene({ definitions: [account], log: bank.log, world: { newId: counting() } });
  const moveNow = (...amounts: readonly number[]) => now.send({ name: "move", on: "a", data: { amounts } });
  expect(brief(await moveNow(+5))).toBe("handled: moved");
  expect(await moveNow(-60)).toMatchObject({ problem: { detail: "The balance never goes below zero." } });
  expect(brief(await moveNow(-50))).toBe("handled: moved");
  expect(await moveNow(+50), "it held again").toMatchObject({ problem: { detail: "Only 10 are allowed, not 55." } });
});

test("an aggregate that did not exist cannot have been broken before", async () => {
  const strict: SomeAggregateDefinition = { ...account, initialState: { balance: -1, limit: 100, handle: null } };
  const { send } = scene({ definitions: [strict] });
  expect(brief(await send({ name: "open", on: "a", data: { balance: -1 } }))).toBe("rejected");
});

test("a command that publishes nothing, or that was rejected, is not asked about them", async () => {
  let asked = 0;
  const invariants = [{ reason: "never", holds: () => (asked++, false) }];
  const { send } = scene({ definitions: [{ ...account, invariants }], log: bank.log, world: { newId: counting() } });
  expect(brief(await send({ name: "look", on: "a" }))).toBe("handled: ");
  expect(asked).toBe(0);
});

test("an invariant that throws is a fault of the program", async () => {
  const invariants = [
    {
      reason: "never",
      holds() {
        throw new Error("a secret of the programmer");
      },
    },
  ];
  const { send, reported } = scene({ definitions: [{ ...account, invariants }] });
  expect(brief(await send({ name: "open", on: "a", data: { balance: 1 } }))).toBe("internal");
  expect(reported).toHaveLength(1);
});

/** Ids of a second process on the same log. */
function counting(): () => string {
  let ids = 0;
  const process = Math.random().toString(36);
  return () => `${process}-${++ids}`;
}
