import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { applyChanges, type RowChanges } from "../../../runtime/client/changes.ts";
import { anonymous } from "../../../runtime/protocol/user.ts";
import { Generations } from "../../../runtime/read/postgres/generations.ts";
import { ListAtWork } from "../../../runtime/read/postgres/list-at-work.ts";
import { openPostgresReadModel } from "../../../runtime/read/postgres/read-model.ts";
import type { Applied, News } from "../../../runtime/read/read-model.ts";
import type { AnyList } from "../../../runtime/read/table.ts";
import type { PostgresAddress } from "../../../runtime/store/postgres/address.ts";
import { Connections } from "../../../runtime/store/postgres/connections.ts";
import { logBeside } from "../store-engines.ts";
import { stock, stockEvent, type StockRow } from "./stock.ts";

type Model = Awaited<ReturnType<typeof openPostgresReadModel>>;

const list = stock as unknown as AnyList;
const events = Array.from({ length: 6 }, (_, index) => stored(index + 1, { pieces: index }));

let folder: string;
let address: PostgresAddress;
const opened: Model[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "wkgen-shared-"));
  address = await logBeside(folder);
});

afterEach(async () => {
  for (const model of opened.splice(0)) await model.close();
  rmSync(folder, { recursive: true });
});

function stored(position: number, row: Partial<StockRow> = {}) {
  const id = `item-${position}`;

  return stockEvent(position, "shop.item.stored", id, { id, name: "n", pieces: 0, age: "PT0S", ...row } as StockRow);
}

/** As another process would. */
async function open(definition: AnyList = list, position = 0): Promise<Model> {
  const model = await openPostgresReadModel(address, [definition], { read: async () => [] });
  opened.push(model);
  await model.attach({ incarnation: "one", position });

  return model;
}

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

async function pieces(model: Model): Promise<unknown> {
  const answer = await model.read({ list: "stock", query: {}, user: anonymous });

  return answer.kind === "refused" ? answer.problem.detail : JSON.parse(answer.rows).map((row: StockRow) => row.pieces);
}

/** What an observer makes of what it is told. */
class Picture {
  rows: readonly StockRow[] = [];
  readonly #live: number;

  private constructor(live: number, news: News) {
    this.#live = live;
    if ("rows" in news) this.rows = JSON.parse(news.rows);
  }

  static async of(model: Model, query: object = {}): Promise<Picture> {
    const observed = await model.observe({ list: "stock", query, user: anonymous });
    if (observed.kind === "refused") throw new Error(observed.problem.detail);

    return new Picture(observed.live, observed.news);
  }

  take({ live }: Applied): void {
    for (const { live: number, changes } of live) {
      if (number === this.#live) this.rows = applyChanges(this.rows, JSON.parse(changes) as RowChanges<StockRow>);
    }
  }
}

test("one applies the events; the other answers the same, and its observers are told", async () => {
  const [leading, other] = [await open(), await open()];
  let hints = 0;
  other.onMoved(() => hints++);
  const picture = await Picture.of(other, { where: { pieces: { moreThan: 0 } }, take: 3 });
  expect(await other.apply(events)).toMatchObject({ statuses: [{ position: 0 }] });

  await leading.apply(events.slice(0, 4));
  // Be it because it begins to listen only now.
  await expect.poll(() => hints).toBeGreaterThan(0);
  const told = await other.follow(0, 100);
  expect(told).toMatchObject({ to: 4, statuses: [{ position: 4 }] });
  picture.take(told);
  expect(picture.rows.map((row) => row.pieces)).toEqual([1, 2, 3]);
  expect(await pieces(other)).toEqual(await pieces(leading));

  const heard = hints;
  await leading.apply([stockEvent(5, "shop.item.cleared", "x", { tag: "none" }), stockEvent(6, "shop.item.changed", "item-2", { pieces: 0 })]);
  await expect.poll(() => hints).toBeGreaterThan(heard);
  picture.take(await other.follow(0, 100));
  expect(picture.rows.map((row) => row.pieces)).toEqual([2, 3]);
});

test("where the one that applies the events goes, the other goes on within a second", async () => {
  const [leading, other] = [await open(), await open()];
  const picture = await Picture.of(other);
  await leading.apply(events.slice(0, 3));
  await opened.shift()!.close();
  await expect
    .poll(async () => {
      const applied = await other.apply(events);
      picture.take(applied);

      return applied.statuses[0]?.position;
    })
    .toBe(6);
  expect(picture.rows.map((row) => row.pieces)).toEqual([0, 1, 2, 3, 4, 5]);
});

test("two that both believe to lead apply each event once", async () => {
  const connections = new Connections(address, 5_000);
  await (await open()).close();
  const careless = { take: async () => true, holds: () => true };
  const world = { connections, generations: new Generations(connections, address), locks: careless, rightTo: String };
  const counting: AnyList = {
    ...list,
    when: {
      ...list.when,
      "shop.item.stored"(rows, _event, mark) {
        rows.addOrUpdate({ key: { name: "all" }, set: (row) => ({ pieces: (row.pieces as number) + 1 }) });
        return mark.asDone();
      },
    },
  };
  const both = [new ListAtWork(counting, world), new ListAtWork(counting, world)] as const;
  for (const one of both) await one.open({ incarnation: "two", position: 0 });
  const many = Array.from({ length: 60 }, (_, index) => stored(index + 1));
  for (let from = 0; from < many.length; from += 3) await Promise.all(both.map((one, index) => one.advance(many.slice(from, from + 3 + index))));
  for (const one of both) await one.advance(many);

  const found = await Promise.all(
    both.map(({ answering }) => answering!.table.matching((statement) => connections.read(statement), { kind: "all", of: [] })),
  );
  expect(found.map((rows) => rows.map(({ row }) => row.pieces))).toEqual([[60], [60]]);
  expect(both.map(({ position }) => position)).toEqual([60, 60]);
  await connections.close();
});

test("a list that is to be made anew by hand is, by whoever leads it, and both answer meanwhile", async () => {
  const [leading, other] = [await open(), await open()];
  await leading.apply(events);
  await other.apply([]);
  const picture = await Picture.of(other);
  await leading.replace("stock");
  const statusOf = async (model: Model) => (await model.build([], false)).statuses[0];
  for (const model of [leading, other]) {
    await expect.poll(() => statusOf(model)).toMatchObject({ position: 6, building: { position: 0, answers: true } });
    expect(await pieces(model)).toEqual([0, 1, 2, 3, 4, 5]);
  }
  // Whichever of them it is.
  const both = async () => {
    const applied = [await leading.build(events, true), await other.build(events, true)] as const;
    picture.take(applied[1]);
    return applied.map(({ statuses: [status] }) => ({ ...status, standsBy: undefined }));
  };
  await expect.poll(both, { timeout: 5_000 }).toEqual(Array(2).fill({ list: "stock", position: 6 }));
  expect(await pieces(other)).toEqual([0, 1, 2, 3, 4, 5]);
  expect(picture.rows).toHaveLength(6);
});

test("versions of the application keep their own lists as long as somebody brings them up to date", async () => {
  const before = await open();
  await before.apply(events.slice(0, 5));
  const after = await open(doubled, 5);
  await after.build(events, true);
  await before.apply(events);
  await open(doubled, 6);
  expect([await pieces(before), await pieces(after)]).toEqual([
    [0, 1, 2, 3, 4, 5],
    [0, 2, 4, 6, 8, 10],
  ]);

  const tables = async () => {
    const client = new pg.Client(address.connectionString);
    await client.connect();
    const { rows } = await client.query(`SELECT tablename FROM pg_tables WHERE schemaname = '${address.schema}' AND tablename LIKE '%_stock'`);
    await client.end();
    return rows.length;
  };
  expect(await tables()).toBe(2);
  await opened.shift()!.close();
  await open(doubled, 6);
  expect(await tables()).toBe(1);
});

test("a value that the database refuses stops its list at that event, alone, and the others see why", async () => {
  const long = Array.from({ length: 40_000 }, (_, index) => String.fromCodePoint(0x4e00 + ((index * 7919) % 20_000))).join("");
  const [leading, other] = [await open(), await open()];
  await leading.apply([...events, stored(7, { name: long }), stored(8)]);
  await other.apply([]);
  for (const model of [leading, other]) {
    const { statuses } = await model.apply([]);
    expect(statuses).toMatchObject([
      { position: 6, stopped: { event: "shop.item.stored", position: 7, reason: expect.stringContaining("index row") } },
    ]);
    expect(await pieces(model)).toContain("The list stock stopped at position 6, before shop.item.stored at 7");
  }
});

test("an observer that heard of nothing for a long time is brought up to date", async () => {
  const [leading, other] = [await open(), await open()];
  const picture = await Picture.of(other, { take: 500 });
  for (let position = 1; position <= 450; position++) await leading.apply([stored(position, { pieces: position })]);
  picture.take(await other.follow(0, 1));
  expect(new Set(picture.rows.map((row) => row.pieces))).toEqual(new Set(Array.from({ length: 450 }, (_, index) => index + 1)));
});

test("a question that reads through a large list is told once; one that an index serves is not", async () => {
  const model = await open();
  const many = Array.from({ length: 10_001 }, (_, index) => stored(index + 1, { pieces: index, name: `n${index}`, weight: index }));
  await model.apply(many);
  const adviceOf = async (query: object) => {
    const answer = await model.read({ list: "stock", query, user: anonymous });
    return answer.kind === "answer" ? answer.advice : answer.problem.detail;
  };
  expect(await adviceOf({ where: { weight: { atLeast: 10_000 } } })).toMatch(/a question about weight: add "index by weight" to it/);
  expect(await adviceOf({ where: { weight: { atLeast: 9_000 } } })).toBeUndefined();
  expect(await adviceOf({ orderBy: { sold: "descending", weight: "ascending" } })).toContain('"index by sold, weight"');
  for (const served of [{}, { where: { id: "item-7" } }, { where: { pieces: 3 } }, { orderBy: { pieces: "ascending" } }])
    expect(await adviceOf(served)).toBeUndefined();
});

test("people who look into the database find the list by its name, with a column of the right kind for each field", async () => {
  const model = await open();
  await model.apply([stored(1, { price: "12.50", sold: true, tags: ["red"], age: "P1D" })]);
  const client = new pg.Client(address.connectionString);
  await client.connect();
  const { rows: tables } = await client.query(`SELECT tablename FROM pg_tables WHERE schemaname = '${address.schema}' AND tablename LIKE 'list%stock'`);
  const { rows } = await client.query(`SELECT id, pieces, price, sold, tags, pg_typeof(price) AS kind FROM "${address.schema}"."${tables[0].tablename}"`);
  await client.end();
  expect(rows).toEqual([{ id: "item-1", pieces: "0", price: "12.5", sold: true, tags: '["red"]', kind: "numeric" }]);
});
