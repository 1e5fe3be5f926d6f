import fc from "fast-check";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { applyChanges, type RowChanges } from "../../../runtime/client/changes.ts";
import type { Event } from "../../../runtime/protocol/event.ts";
import type { Query } from "../../../runtime/protocol/query.ts";
import { anonymous, type User } from "../../../runtime/protocol/user.ts";
import type { News, ReadModel, Refused } from "../../../runtime/read/read-model.ts";
import type { AnyList } from "../../../runtime/read/table.ts";
import { writeToken } from "../../../runtime/read/token.ts";
import { listEngines } from "./list-engines.ts";
import { askStock, foldStock } from "./naive-stock.ts";
import { ownStock, stock, stockEvent, type StockEvents, type StockRow } from "./stock.ts";

const lists = [stock, ownStock] as unknown as readonly AnyList[];
const ids = fc.constantFrom("a", "b", "c", "d", "e", "f", "g", "h");
const names = fc.constantFrom("", "Ä", "ab", "abc", "z", "\u{1F600}", "\uFFFD", "e\u0301", "it's");
const prices = fc.constantFrom("0", "-0.5", "7.5", "7.50000000000000000001", "10", "9", "-10", "100", "99.99", "-0.05");
const ages = fc.constantFrom("PT0S", "P1D", "PT23H", "P2D", "PT10S", "PT9S", "-PT5S");
const tags = fc.constantFrom("red", "re", "old");
const weights = fc.constantFrom(0, -1.5, 2, 2.25, 1e10);
const owners = fc.constantFrom(null, "jane", "joe");

const values = {
  name: names,
  pieces: fc.integer({ min: -2, max: 5 }),
  weight: fc.option(weights),
  price: fc.option(prices),
  age: ages,
  sold: fc.boolean(),
  tags: fc.array(tags, { maxLength: 2 }),
  owner: owners,
};

const stories = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant("stored" as const), id: ids, data: fc.record(values) }) },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant("changed" as const), id: ids, data: fc.record(values, { requiredKeys: [] }) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("cleared" as const), id: ids, data: fc.record({ tag: tags }) }) },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant("repriced" as const), id: ids, data: fc.record({ below: prices, price: prices }) }),
    },
  ),
  { minLength: 1, maxLength: 60 },
);

const compared = <T>(value: fc.Arbitrary<T>, of: readonly string[]) =>
  fc.tuple(fc.constantFrom(...of), value).map(([operator, given]) => ({ [operator]: given }));
const equality = ["is", "isNot"];
const order = [...equality, "lessThan", "atMost", "moreThan", "atLeast"];
const tests = fc.oneof(
  fc.record({
    name: fc.oneof(compared(names, [...order, "contains", "startsWith"]), fc.record({ in: fc.array(names, { maxLength: 3 }) })),
  }),
  fc.record({ pieces: compared(values.pieces, order) }),
  fc.record({ weight: fc.oneof(compared(weights, order), compared(fc.constant(null), equality)) }),
  fc.record({ price: fc.oneof(compared(prices, order), fc.record({ in: fc.array(fc.option(prices), { maxLength: 3 }) })) }),
  fc.record({ age: compared(ages, order) }),
  fc.record({ sold: fc.boolean() }),
  fc.record({ tags: fc.record({ contains: tags }) }),
  fc.record({ owner: owners }),
);
const { conditions } = fc.letrec<{ conditions: object }>((tie) => ({
  conditions: fc.oneof(
    { maxDepth: 2 },
    tests,
    fc.record({ not: tie("conditions") }),
    fc.record({ or: fc.array(tie("conditions"), { maxLength: 3 }) }),
    fc.record({ and: fc.array(tie("conditions"), { maxLength: 3 }) }),
  ),
}));
const orders = fc.uniqueArray(
  fc.tuple(
    fc.constantFrom("name", "pieces", "weight", "price", "age", "sold", "owner", "id"),
    fc.constantFrom("ascending" as const, "descending" as const),
  ),
  { selector: ([field]) => field, maxLength: 3 },
);
const queries = fc.record({
  where: fc.oneof(fc.constant({}), conditions),
  orderBy: orders.map((terms) => Object.fromEntries(terms)),
  take: fc.integer({ min: 1, max: 5 }),
  skip: fc.integer({ min: 0, max: 3 }),
}) as fc.Arbitrary<Required<Pick<Query, "where" | "orderBy" | "take" | "skip">>>;

const users: readonly User[] = [anonymous, { ...anonymous, id: "jane" }, { ...anonymous, id: "joe" }];
const views = fc.record({ list: fc.constantFrom("stock", "ownStock"), user: fc.constantFrom(...users), query: queries });

type Step = { readonly kind: string; readonly id: string; readonly data: object };

function eventsOf(story: readonly Step[]): readonly Event[] {
  return story.map(({ kind, id, data }, index) =>
    stockEvent(
      index + 1,
      `shop.item.${kind}` as keyof StockEvents,
      id,
      (kind === "stored" ? { id, ...data } : data) as StockEvents[keyof StockEvents],
    ),
  );
}

/** The rows that a user may see. */
function seen(rows: readonly StockRow[], list: string, { id }: User): readonly StockRow[] {
  return list === "stock" ? rows : rows.filter((row) => row.sold || (id !== null && row.owner === id));
}

function certain<Answer extends { readonly kind: string }>(answer: Answer | Refused): Answer {
  if (answer.kind === "refused") throw new Error(JSON.stringify((answer as Refused).problem));

  return answer as Answer;
}

function batchesOf(events: readonly Event[], size: number): readonly (readonly Event[])[] {
  return Array.from({ length: Math.ceil(events.length / size) }, (_, index) => events.slice(index * size, (index + 1) * size));
}

let folder: string;
let engine = listEngines.SQLite!;
let begun = 0;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "wkgen-laws-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** Lists of a log that nobody has seen before. */
async function opened(): Promise<ReadModel> {
  const model = await (await engine(folder))(lists);
  await model.attach({ incarnation: `log ${++begun}`, position: 0 });

  return model;
}

const changed = (rows: readonly StockRow[], changes: string) => applyChanges(rows, JSON.parse(changes) as RowChanges<StockRow>);
const become = (rows: readonly StockRow[], news: News) =>
  "rows" in news ? (JSON.parse(news.rows) as readonly StockRow[]) : changed(rows, news.changes);

describe.each([
  ["SQLite", 150],
  ["PostgreSQL", 30],
] as const)("lists in %s", (name, runs) => {
  beforeEach(() => void (engine = listEngines[name]!));

  describe("whatever happens, and whatever is asked", () => {
    test("an answer is what a fold of all events says, and so is a count, and so are all pages together", async () => {
      await fc.assert(
        fc.asyncProperty(stories, fc.array(views, { minLength: 1, maxLength: 4 }), async (story, asked) => {
          const model = await opened();
          const events = eventsOf(story);
          await model.apply(events);
          const rows = foldStock(events);
          for (const { list, user, query } of asked) {
            const all = askStock(seen(rows, list, user), query);
            const { where, orderBy, take, skip } = query;
            const read = async (more: object) => certain(await model.read({ list, user, query: { where, orderBy, take, ...more } }));
            expect(JSON.parse((await read({ skip })).rows)).toEqual(all.slice(skip, skip + take));
            expect(certain(await model.count({ list, user, query: { where } })).count).toBe(all.length);
            const pages: StockRow[] = [];
            let page = await read({});
            for (pages.push(...JSON.parse(page.rows)); page.cursor !== undefined; pages.push(...JSON.parse(page.rows)))
              page = await read({ cursor: page.cursor });
            expect(pages).toEqual(all);
          }
          await model.close();
        }),
        { numRuns: runs },
      );
    });

    test("an observer who takes in all changes has what would be answered now; one that was away takes them in at once", async () => {
      await fc.assert(
        fc.asyncProperty(stories, fc.array(views, { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 7 }), async (story, asked, size) => {
          const model = await opened();
          const observers = [];
          for (const question of asked) {
            const { live, news, position, mark } = certain(await model.observe(question));
            observers.push({ question, live, mark, rows: become([], news), away: { rows: become([], news), position } });
          }
          for (const batch of batchesOf(eventsOf(story), size)) {
            const { live } = await model.apply(batch);
            for (const observer of observers) {
              for (const change of live) if (change.live === observer.live) observer.rows = changed(observer.rows, change.changes);
              expect(observer.rows).toEqual(JSON.parse(certain(await model.read(observer.question)).rows));
            }
          }
          for (const { question, mark, away, rows } of observers) {
            const { news } = certain(await model.observe(question, writeToken(away.position, mark)));
            expect("changes" in news && news.from).toBe(away.position);
            expect(become(away.rows, news)).toEqual(rows);
          }
          await model.close();
        }),
        { numRuns: runs },
      );
    });
  });

  test("a window that runs empty is filled from the database again", async () => {
    const model = await opened();
    const rows = Array.from({ length: 300 }, (_, index) => ({ id: `r${String(index).padStart(3, "0")}`, name: "n", age: "PT0S" }));
    await model.apply(rows.map((row, index) => stockEvent(index + 1, "shop.item.stored", row.id, row as unknown as StockRow)));
    const question = { list: "stock", user: anonymous, query: { where: { pieces: 0 }, take: 10 } };
    const { live, news } = certain(await model.observe(question));
    let picture = become([], news);
    for (let index = 0; index < 290; index++) {
      const applied = await model.apply([stockEvent(301 + index, "shop.item.changed", rows[index]!.id, { pieces: 1 })]);
      for (const change of applied.live) if (change.live === live) picture = changed(picture, change.changes);
      expect(picture.map(({ id }) => id)).toEqual(rows.slice(index + 1, index + 11).map(({ id }) => id));
    }
    await model.close();
  });

  test("a token of something else, or of a future or too old position, begins with the whole answer", async () => {
    const model = await opened();
    const question = { list: "stock", user: anonymous, query: { take: 1 } };
    const { mark } = certain(await model.observe(question));
    for (let position = 1; position <= 300; position++)
      await model.apply([stockEvent(position, "shop.item.stored", "a", { pieces: position } as StockRow)]);
    const newsFor = async (token: string) => certain(await model.observe(question, token)).news;

    expect(await newsFor(writeToken(299, mark))).toMatchObject({ from: 299 });
    for (const token of [writeToken(0, mark), writeToken(301, mark), writeToken(299, "else"), "", "299", "x.y"])
      expect(await newsFor(token)).toMatchObject({ rows: expect.stringContaining('"pieces":300') });
    await model.close();
  });
});
