import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { anonymous } from "../../../runtime/protocol/user.ts";
import type { ReadModel } from "../../../runtime/read/read-model.ts";
import type { AnyList } from "../../../runtime/read/table.ts";
import { listEngines, replaceInFile } from "./list-engines.ts";
import { stock, stockEvent, type StockRow } from "./stock.ts";

const list = stock as unknown as AnyList;
const events = Array.from({ length: 6 }, (_, index) =>
  stockEvent(index + 1, "shop.item.stored", `item-${index}`, { id: `item-${index}`, name: "n", pieces: index, age: "PT0S" } as StockRow),
);

let folder: string;
const opened: ReadModel[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "wkgen-generations-"));
});

afterEach(async () => {
  await closeAll();
  rmSync(folder, { recursive: true });
});

async function closeAll(): Promise<void> {
  for (const model of opened.splice(0)) await model.close();
}

let engine = listEngines.SQLite!;

async function open(definition: AnyList = list, position = 0): Promise<ReadModel> {
  const model = await (await engine(folder))([definition]);
  opened.push(model);
  await model.attach({ incarnation: "one", position });

  return model;
}

async function pieces(model: ReadModel): Promise<unknown> {
  const answer = await model.read({ list: "stock", query: {}, user: anonymous });

  return answer.kind === "refused" ? answer.problem.detail : JSON.parse(answer.rows).map((row: StockRow) => row.pieces);
}

const statusOf = async (model: ReadModel) => (await model.apply([])).statuses[0];

/** The same fields, filled otherwise. */
const doubled: AnyList = {
  ...list,
  when: {
    ...list.when,
    "shop.item.stored"(rows, event, mark) {
      rows.add({ ...(event.data as StockRow), pieces: (event.data as StockRow).pieces * 2 });
      return mark.asDone();
    },
  },
};

describe.each(Object.entries(listEngines))("lists in %s", (_engine, of) => {
  beforeEach(() => void (engine = of));

  test("what a list was before answers while it is made anew, in steps, and is replaced at once", async () => {
    await (await open()).apply(events);
    const model = await open(doubled, 6);
    expect(await statusOf(model)).toMatchObject({ position: 6, building: { position: 0, answers: true } });
    expect(await pieces(model)).toEqual([0, 1, 2, 3, 4, 5]);
    await model.build(events.slice(0, 4), false);
    expect(await statusOf(model)).toMatchObject({ position: 6, building: { position: 4 } });
    expect(await pieces(model)).toEqual([0, 1, 2, 3, 4, 5]);
    await model.build(events.slice(4), true);
    expect(await statusOf(model)).toEqual({ list: "stock", position: 6 });
    expect(await pieces(model)).toEqual([0, 2, 4, 6, 8, 10]);
  });

  test("a making that was interrupted goes on where it stopped", async () => {
    await (await open()).apply(events);
    await (await open(doubled, 6)).build(events.slice(0, 4), false);
    await closeAll();
    const model = await open(doubled, 6);
    expect(await statusOf(model)).toMatchObject({ position: 6, building: { position: 4, answers: true } });
    await model.build(events.slice(4), true);
    expect(await pieces(model)).toEqual([0, 2, 4, 6, 8, 10]);
  });

  test("who observes is told what is different after the replacement", async () => {
    await (await open()).apply(events);
    const model = await open(doubled, 6);
    const observed = await model.observe({ list: "stock", query: { where: { pieces: { atLeast: 4 } } }, user: anonymous });
    if (observed.kind === "refused") throw new Error(observed.problem.detail);
    const { live } = await model.build([...events, stockEvent(7, "shop.item.changed", "item-0", { name: "new" })], true);
    expect(live).toMatchObject([{ live: observed.live, to: 7 }]);
    expect(JSON.parse(live[0]!.changes).put.map(({ row }: { row: StockRow }) => row.pieces)).toEqual([4, 6, 8, 10]);
  });

  test("a new field begins as it does, where nobody's rights depend on it; else nobody is answered before the list is made", async () => {
    await (await open()).apply(events);
    const fields = { ...list.fields, note: { type: "text", initialState: "it's new" } as const };
    const model = await open({ ...list, fields }, 6);
    const read = (where: object) => model.read({ list: "stock", query: { where, take: 1 }, user: anonymous });
    expect(await read({ note: "it's new" })).toMatchObject({ rows: expect.stringContaining(`"note":"it's new"`) });
    expect(await read({ note: "" })).toMatchObject({ rows: "[]" });
    const guarded = await open({ ...list, fields, isAuthorized: { read: [{ who: "everyone", rows: () => ({ note: "it's new" }) }] } }, 6);
    expect(await pieces(guarded)).toBe("The list stock is being made; so far it knows 0 events.");
  });

  test("lists that are further than a head of the log which is known no better stay as they are", async () => {
    await (await open()).apply(events);
    const model = await (await engine(folder))([list], { read: async (after) => events.slice(after) });
    opened.push(model);
    expect(await model.attach({ incarnation: "one", position: 4 })).toMatchObject([{ list: "stock", position: 6 }]);
  });

  test("a making that fails leaves nobody with old rows, and goes on when it was mended", async () => {
    await (await open()).apply(events);
    const broken: AnyList = {
      ...doubled,
      when: {
        ...doubled.when,
        "shop.item.changed"() {
          throw new Error("It is broken.");
        },
      },
    };
    const model = await open(broken, 7);
    const { statuses } = await model.build([...events, stockEvent(7, "shop.item.changed", "item-0", {})], true);
    const stopped = { event: "shop.item.changed", position: 7, reason: "It is broken." };
    expect(statuses).toMatchObject([{ stopped, building: { position: 6 } }]);
    expect(await pieces(model)).toContain("It is broken.");
    const mended = await open(doubled, 7);
    await mended.build(events, true);
    expect(await pieces(mended)).toEqual([0, 2, 4, 6, 8, 10]);
  });
});

describe("lists in one file", () => {
  beforeEach(() => void (engine = listEngines.SQLite!));

  test("two processes share a file: each goes on where the other one stopped, and tells its observers", async () => {
    const [one, other] = [await open(), await open()];
    const observed = await other.observe({ list: "stock", query: {}, user: anonymous });
    if (observed.kind === "refused") throw new Error(observed.problem.detail);
    await one.apply(events.slice(0, 3));
    expect((await other.apply(events.slice(0, 2))).live).toMatchObject([{ live: observed.live, to: 3 }]);
    expect((await other.apply(events.slice(3))).live).toMatchObject([{ live: observed.live, to: 6 }]);
    await one.apply(events.slice(3, 5));
    expect(await pieces(one)).toEqual(await pieces(other));
    expect([await statusOf(one), await statusOf(other)]).toEqual(Array(2).fill({ list: "stock", position: 6 }));
  });

  test("a list that is to be made anew by hand is, by whoever has it open, and answers meanwhile", async () => {
    const [one, other] = [await open(), await open()];
    await one.apply(events);
    await other.apply(events);
    expect(replaceInFile(folder, "stock")).toBe(true);
    expect(replaceInFile(folder, "stocks")).toBe(false);
    expect([await statusOf(one), await statusOf(other)]).toMatchObject(Array(2).fill({ position: 6, building: { position: 0, answers: true } }));
    expect(await pieces(one)).toEqual([0, 1, 2, 3, 4, 5]);
    await one.build(events.slice(0, 3), false);
    await other.build(events.slice(0, 5), false);
    await one.build(events.slice(3), true);
    await other.build([], true);
    expect([await statusOf(one), await statusOf(other)]).toEqual(Array(2).fill({ list: "stock", position: 6 }));
    expect(await pieces(other)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test("what happens while a list is to be made anew waits until the list has what came before", async () => {
    const one = await open();
    await one.apply(events.slice(0, 4));
    replaceInFile(folder, "stock");
    await one.apply(events.slice(4));
    expect(await statusOf(one)).toMatchObject({ building: { position: 0, answers: true } });
    expect(await pieces(one)).toEqual([0, 1, 2, 3]);
    await one.build(events, true);
    expect(await statusOf(one)).toEqual({ list: "stock", position: 6 });
    expect(await pieces(one)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test("a version of the application goes on with its own list until another one has started without it; then it stops, and says so", async () => {
    const before = await open();
    await before.apply(events.slice(0, 5));
    await (await open(doubled, 5)).build(events.slice(0, 5), true);
    await before.apply(events);
    expect(await pieces(before)).toEqual([0, 1, 2, 3, 4, 5]);
    await open(doubled, 5);
    expect(await statusOf(before)).toMatchObject({ stopped: { reason: expect.stringContaining("another version of the application") } });
    expect(await pieces(before)).toContain("The list stock stopped at position 6: another version");
  });
});
