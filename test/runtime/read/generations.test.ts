import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { anonymous } from "../../../runtime/protocol/user.ts";
import { ListsFile } from "../../../runtime/read/lists-file.ts";
import { LocalReadModel } from "../../../runtime/read/local-read-model.ts";
import type { AnyList } from "../../../runtime/read/table.ts";
import { stock, stockEvent, type StockRow } from "./stock.ts";

const list = stock as unknown as AnyList;
const events = Array.from({ length: 6 }, (_, index) =>
  stockEvent(index + 1, "shop.item.stored", `item-${index}`, { id: `item-${index}`, name: "n", pieces: index, age: "PT0S" } as StockRow),
);

let folder: string;
let file: string;
const opened: LocalReadModel[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "wkgen-generations-"));
  file = join(folder, "lists.db");
});

afterEach(() => {
  for (const model of opened.splice(0)) model.close();
  rmSync(folder, { recursive: true });
});

function open(definition: AnyList = list, position = 0): LocalReadModel {
  const model = new LocalReadModel(file, [definition]);
  opened.push(model);
  model.attach({ incarnation: "one", position });

  return model;
}

function pieces(model: LocalReadModel): unknown {
  const answer = model.read({ list: "stock", query: {}, user: anonymous });

  return answer.kind === "refused" ? answer.problem.detail : JSON.parse(answer.rows).map((row: StockRow) => row.pieces);
}

const statusOf = (model: LocalReadModel) => model.apply([]).statuses[0];

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

test("what a list was before answers while it is made anew, in steps, and is replaced at once", () => {
  open().apply(events);
  const model = open(doubled, 6);
  expect(statusOf(model)).toMatchObject({ position: 6, building: { position: 0, answers: true } });
  expect(pieces(model)).toEqual([0, 1, 2, 3, 4, 5]);
  model.build(events.slice(0, 4), false);
  expect(statusOf(model)).toMatchObject({ position: 6, building: { position: 4 } });
  expect(pieces(model)).toEqual([0, 1, 2, 3, 4, 5]);
  model.build(events.slice(4), true);
  expect(statusOf(model)).toEqual({ list: "stock", position: 6 });
  expect(pieces(model)).toEqual([0, 2, 4, 6, 8, 10]);
});

test("a making that was interrupted goes on where it stopped", () => {
  open().apply(events);
  open(doubled, 6).build(events.slice(0, 4), false);
  const model = open(doubled, 6);
  expect(statusOf(model)).toMatchObject({ position: 6, building: { position: 4, answers: true } });
  model.build(events.slice(4), true);
  expect(pieces(model)).toEqual([0, 2, 4, 6, 8, 10]);
});

test("who observes is told what is different after the replacement", () => {
  open().apply(events);
  const model = open(doubled, 6);
  const observed = model.observe({ list: "stock", query: { where: { pieces: { atLeast: 4 } } }, user: anonymous });
  if (observed.kind === "refused") throw new Error(observed.problem.detail);
  const { live } = model.build([...events, stockEvent(7, "shop.item.changed", "item-0", { name: "new" })], true);
  expect(live).toMatchObject([{ live: observed.live, to: 7 }]);
  expect(JSON.parse(live[0]!.changes).put.map(({ row }: { row: StockRow }) => row.pieces)).toEqual([4, 6, 8, 10]);
});

test("a new field begins as it does, where nobody's rights depend on it; else nobody is answered before the list is made", () => {
  open().apply(events);
  const fields = { ...list.fields, note: { type: "text", initialState: "it's new" } as const };
  const model = open({ ...list, fields }, 6);
  const read = (where: object) => model.read({ list: "stock", query: { where, take: 1 }, user: anonymous });
  expect(read({ note: "it's new" })).toMatchObject({ rows: expect.stringContaining(`"note":"it's new"`) });
  expect(read({ note: "" })).toMatchObject({ rows: "[]" });
  const guarded = open({ ...list, fields, isAuthorized: { read: [{ who: "everyone", rows: () => ({ note: "it's new" }) }] } }, 6);
  expect(pieces(guarded)).toBe("The list stock is being made; so far it knows 0 events.");
});

test("two processes share a file: each goes on where the other one stopped, and tells its observers", () => {
  const [one, other] = [open(), open()];
  const observed = other.observe({ list: "stock", query: {}, user: anonymous });
  if (observed.kind === "refused") throw new Error(observed.problem.detail);
  one.apply(events.slice(0, 3));
  expect(other.apply(events.slice(0, 2)).live).toMatchObject([{ live: observed.live, to: 3 }]);
  expect(other.apply(events.slice(3)).live).toMatchObject([{ live: observed.live, to: 6 }]);
  one.apply(events.slice(3, 5));
  expect(pieces(one)).toEqual(pieces(other));
  expect([statusOf(one), statusOf(other)]).toEqual(Array(2).fill({ list: "stock", position: 6 }));
});

test("a list that is to be made anew by hand is, by whoever has it open, and answers meanwhile", () => {
  const [one, other] = [open(), open()];
  one.apply(events);
  other.apply(events);
  const asked = new ListsFile(file);
  expect(asked.replace("stock")).toBe(true);
  expect(asked.replace("stocks")).toBe(false);
  asked.close();
  expect([statusOf(one), statusOf(other)]).toMatchObject(Array(2).fill({ position: 6, building: { position: 0, answers: true } }));
  expect(pieces(one)).toEqual([0, 1, 2, 3, 4, 5]);
  one.build(events.slice(0, 3), false);
  other.build(events.slice(0, 5), false);
  one.build(events.slice(3), true);
  other.build([], true);
  expect([statusOf(one), statusOf(other)]).toEqual(Array(2).fill({ list: "stock", position: 6 }));
  expect(pieces(other)).toEqual([0, 1, 2, 3, 4, 5]);
});

test("what happens while a list is to be made anew waits until the list has what came before", () => {
  const one = open();
  one.apply(events.slice(0, 4));
  const asked = new ListsFile(file);
  asked.replace("stock");
  asked.close();
  one.apply(events.slice(4));
  expect(statusOf(one)).toMatchObject({ building: { position: 0, answers: true } });
  expect(pieces(one)).toEqual([0, 1, 2, 3]);
  one.build(events, true);
  expect(statusOf(one)).toEqual({ list: "stock", position: 6 });
  expect(pieces(one)).toEqual([0, 1, 2, 3, 4, 5]);
});

test("lists that are further than a head of the log which is known no better stay as they are", () => {
  open().apply(events);
  const model = new LocalReadModel(file, [list]);
  expect(model.attachWithin({ incarnation: "one", position: 4 })).toBe(6);
  expect(model.attachWithin({ incarnation: "one", position: 6 })).toEqual([{ list: "stock", position: 6 }]);
  model.close();
});

test("a version of the application goes on with its own list until another one has started without it; then it stops, and says so", () => {
  const before = open();
  before.apply(events.slice(0, 5));
  open(doubled, 5).build(events.slice(0, 5), true);
  before.apply(events);
  expect(pieces(before)).toEqual([0, 1, 2, 3, 4, 5]);
  open(doubled, 5);
  expect(statusOf(before)).toMatchObject({ stopped: { reason: expect.stringContaining("another version of the application") } });
  expect(pieces(before)).toContain("The list stock stopped at position 6: another version");
});

test("a making that fails leaves nobody with old rows, and goes on when it was mended", () => {
  open().apply(events);
  const broken: AnyList = {
    ...doubled,
    when: {
      ...doubled.when,
      "shop.item.changed"() {
        throw new Error("It is broken.");
      },
    },
  };
  const model = open(broken, 7);
  const { statuses } = model.build([...events, stockEvent(7, "shop.item.changed", "item-0", {})], true);
  const stopped = { event: "shop.item.changed", position: 7, reason: "It is broken." };
  expect(statuses).toMatchObject([{ stopped, building: { position: 6 } }]);
  expect(pieces(model)).toContain("It is broken.");
  const mended = open(doubled, 7);
  mended.build(events, true);
  expect(pieces(mended)).toEqual([0, 2, 4, 6, 8, 10]);
});
