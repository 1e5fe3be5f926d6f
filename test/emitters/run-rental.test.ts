import { beforeEach, expect, test, vi } from "vitest";
import { brief, scene, type Scene } from "../runtime/write-scene.ts";
import { rental } from "./golden/rental/server/writeModel/renting/rental.ts";
import { thing } from "./golden/odd/server/writeModel/things/thing.ts";

/** What a person has written where the model says nothing but the type. */
vi.mock("./golden/rental/server/functions.code.ts", () => ({
  distance: (from: { latitude: number }, to: { latitude: number }) => Math.abs(from.latitude - to.latitude) * 111,
  surcharge: (kilometres: number) => String(kilometres),
}));

const jane = { id: "jane", roles: [] };
const noon = Date.parse("2026-03-28T23:30:00.000Z");
let now = noon;
let shop: Scene;
beforeEach(() => {
  now = noon;
  shop = scene({ definitions: [rental], world: { now: () => now } });
});

const send = async (name: string, data: object = {}) => {
  const answer = await shop.send({ name, on: "r", data, as: jane });
  return answer.kind === "handled" ? brief(answer) : answer.problem.detail;
};
const begin = (data: object = {}) => send("begin", { customer: { name: "Ann" }, days: 2, deposit: { amount: "50.00" }, ...data });
const lastEvent = async () => (await shop.log.read(0, 99)).at(-1)?.data;

const drill = { article: "drill", pieces: 2, price: { amount: "10.10" }, tags: ["loud"] };

test("values are completed, checked in depth and compared by content", async () => {
  expect(await begin({ deposit: { amount: "-1" } })).toMatch(/deposit\.amount must be a decimal number of at least 0/);
  expect(await begin({ customer: { phone: "1" } })).toMatch(/customer\.name is missing/);
  expect(await begin()).toBe("handled: begun");
  expect(await lastEvent()).toMatchObject({ customer: { name: "Ann", phone: null }, deposit: { amount: "50", currency: "EUR" } });
  expect(await send("addPosition", { position: drill })).toBe("handled: added");
  expect(await send("addPosition", { position: { ...drill, price: { currency: "EUR", amount: "10.1" } } })).toBe(
    "That is in the list already.",
  );
  expect(await send("addPosition", { position: { ...drill, price: { amount: "1", currency: "USD" } } })).toBe("The currencies differ.");
  expect(await send("addPosition", { position: { ...drill, discount: { reason: "friend", percent: "5" } } })).toBe(
    "There is no more than one reason.",
  );
  expect(await send("addPosition", { position: { ...drill, discount: { reason: "loyal", percent: "5" } } })).toBe("handled: added");
  expect(await send("changePieces", { article: "saw", pieces: 1 })).toBe("There is no saw.");
  expect(await send("changePieces", { article: "drill", pieces: 3 })).toBe("handled: changed");
  const changed = { ...drill, pieces: 3, tags: ["drill", "changed"] };
  expect(await send("addPosition", { position: changed })).toBe("That is in the list already.");
  expect(await send("remove", { position: changed })).toBe("handled: removed");
  expect(await send("addPosition", { position: changed })).toBe("handled: added");
});

test("decimals are calculated exactly, and times in the domain's time zone", async () => {
  expect(await begin()).toBe("handled: begun");
  // Half past midnight in Berlin, on the day when the clocks go forward.
  expect(await lastEvent()).toMatchObject({ dueAt: "2026-03-30T23:30:00.000Z", lastDay: "2026-03-31" });
  await send("addPosition", { position: drill });
  await send("addPosition", { position: { ...drill, article: "saw", pieces: 1, price: { amount: "0.005" } } });
  now += 3 * 24 * 60 * 60 * 1000;
  expect(await send("giveBack")).toBe("handled: returned");
  expect(await lastEvent()).toEqual({
    at: "2026-03-31T23:30:00.000Z",
    // 20.205 is 20.2 where halves go to the even digit, and the last fee is 10.
    total: "30.2",
    dearest: "10.1",
    average: "5.0525",
    pieces: 3,
    share: 0.3,
    rest: "0",
  });
  expect(await send("giveBack")).toBe("It is settled.");
});

test("a moment within a sentence is what the clocks of the domain show", async () => {
  now = Date.parse("2026-12-21T23:30:00.000Z");
  expect(await begin()).toBe("Nobody works at 2026-12-24 00:30 (Europe/Berlin).");
});

test("functions are called, invariants know decimals, and what is too large is a rejection that names the field", async () => {
  expect(await begin({ place: { latitude: 53.5, longitude: 13.4 } })).toBe("111 km are too many.");
  expect(await begin({ place: { latitude: 53, longitude: 13.4 } })).toBe("handled: movedTo, begun");
  const dear = { article: "crane", pieces: 10, price: { amount: "1999" }, tags: [] };
  expect(await send("addPosition", { position: dear })).toBe("handled: added");
  expect(await send("giveBack")).toBe("Nobody rents for more than 1000.");
  expect(await send("addPosition", { position: { ...dear, price: { amount: "1".padEnd(90, "0") } } })).toBe("Too dear.");
});

test("fields are called what all objects have, and nobody is confused", async () => {
  const things = scene({ definitions: [thing] });
  const act = async (name: string, on: string, data: object) => {
    const answer = await things.send({ name, on, data });
    return answer.kind === "handled" ? brief(answer) : answer.problem.detail;
  };
  expect(await act("constructor", "a", { constructor: "x", toString: 6, hasOwnProperty: [] })).toBe("No 6 in {nobody}, \\6.");
  expect(await act("constructor", "a", { hasOwnProperty: [] })).toMatch(/constructor is missing/);
  const inner = { toString: "t", hasOwnProperty: ["h"] };
  expect(await act("constructor", "a", { constructor: "x", hasOwnProperty: [inner] })).toBe("handled: toString");
  expect(await act("constructor", "b", { constructor: "x", hasOwnProperty: [] })).toBe("Taken x.");
  expect(await act("valueOf", "a", {})).toBe("handled: valueOf");
  expect(await act("hasOwnProperty", "a", {})).toMatch(/There is no command/);
});
