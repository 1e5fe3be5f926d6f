import { beforeEach, expect, test } from "vitest";
import { brief, scene, type Scene } from "../runtime/write-scene.ts";
import { basket } from "./golden/orders/server/writeModel/sales/basket.ts";

/** The generated code at work. That it is what the emitters write today is what the golden files say. */
let shop: Scene;
beforeEach(() => {
  shop = scene({ definitions: [basket] });
});

test("invariants and unique values are kept, in the words of the model", async () => {
  await shop.send({ name: "open", on: "a", data: { label: "Mine" } });
  expect(await shop.send({ name: "put", on: "a", data: { pieces: -1 } })).toMatchObject({
    problem: { type: "rejected", detail: "A basket is never less than empty." },
  });
  expect(await shop.send({ name: "put", on: "a", data: { pieces: 12 } })).toMatchObject({
    problem: { detail: "Only 10 fit into a basket, not 12." },
  });
  expect(brief(await shop.send({ name: "put", on: "a", data: { pieces: 10 } }))).toBe("handled: filled");
  expect(await shop.send({ name: "open", on: "b", data: { label: "Mine" } })).toMatchObject({
    problem: { detail: "There is a basket Mine already." },
  });
  await shop.send({ name: "close", on: "a" });
  expect(brief(await shop.send({ name: "open", on: "b", data: { label: "Mine" } }))).toBe("handled: opened");
});

test("choices are checked, compared and changed, and a type keeps its restrictions", async () => {
  const order = (data: object) => shop.send({ name: "order", on: "a", data: { customer: "c", tag: "fast", ...data } });
  await shop.send({ name: "open", on: "a", data: { label: "Mine" } });
  expect(await order({ payment: "cash" })).toMatchObject({ problem: { type: "not-valid" } });
  expect(await order({ tag: "SLOW" })).toMatchObject({ problem: { type: "not-valid" } });
  expect(brief(await order({ payment: "card" }))).toBe("handled: packed, sent");
  expect(await order({})).toMatchObject({ problem: { detail: "It is on its way." } });
  expect(await shop.send({ name: "put", on: "a", data: { pieces: 1 } })).toMatchObject({ problem: { detail: "It is sent already." } });
});

test("lists are asked and changed", async () => {
  const send = async (name: string, data: object) => {
    const answer = await shop.send({ name, on: "a", data });
    return answer.kind === "handled" ? brief(answer) : answer.problem.detail;
  };
  await send("open", { label: "Mine" });
  expect(await send("forget", { text: "a" })).toBe("Nothing is noted.");
  expect(await send("note", { text: "  " })).toBe("Notes have words.");
  expect(await send("note", { text: "TODO" })).toBe("Write it down.");
  for (const text of ["one", "two", "three "]) expect(await send("note", { text })).toBe("handled: noted");
  expect(await send("note", { text: "two" })).toBe("It is noted already.");
  expect(await send("note", { text: "four" })).toBe("Three notes are enough.");
  expect(await send("forgetSome", { start: "t" })).toBe("The last one stays.");
  expect(await send("forget", { text: "three" })).toBe("handled: forgotten");
  expect(await send("forgetSome", { start: "o" })).toBe("handled: someForgotten");
  expect(await send("note", { text: "one" })).toBe("handled: noted");
});
