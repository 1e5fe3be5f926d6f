import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Query, Row } from "../../../runtime/protocol/query.ts";
import { anonymous, type User } from "../../../runtime/protocol/user.ts";
import { openReadModel } from "../../../runtime/read/open-read-model.ts";
import { openPostgresReadModel } from "../../../runtime/read/postgres/read-model.ts";
import type { News, ReadModel } from "../../../runtime/read/read-model.ts";
import type { AnyList } from "../../../runtime/read/table.ts";
import type { EventLog } from "../../../runtime/store/event-log.ts";
import { openSqliteLog } from "../../../runtime/store/sqlite/log.ts";
import { append, event } from "../store-append.ts";
import { logBeside, postgresAddress } from "../store-engines.ts";
import { beginAgain, happened, library } from "./library.ts";

const lists = library.lists as unknown as readonly AnyList[];
const jane: User = { id: "jane", roles: [] };
const librarian: User = { id: "lib", roles: ["librarian"] };
const source = { module: new URL("./library.ts", import.meta.url).href, application: library.name };

let folder: string;
let file: string;
let model: ReadModel;
let log: EventLog;
const nothing: Pick<EventLog, "read"> = { read: async () => [] };

function rowsIn(news: News): string {
  if (!("rows" in news)) throw new Error("Changes came where rows were expected.");

  return news.rows;
}

const kinds = [
  { kind: "in this thread", open: () => openReadModel({ file, lists, log }) },
  {
    kind: "in a thread of its own",
    open: () => openReadModel({ file, lists, log: nothing, source: { ...source, log: join(folder, "log.db") } }),
  },
  {
    kind: "in PostgreSQL",
    async open() {
      await logBeside(folder);
      return openPostgresReadModel(postgresAddress(folder), lists, log);
    },
  },
];

describe.each(kinds)("lists $kind", ({ open }) => {
  beforeEach(async () => {
    beginAgain();
    folder = mkdtempSync(join(tmpdir(), "wkgen-lists-"));
    file = join(folder, "lists.db");
    log = await openSqliteLog(join(folder, "log.db"), { newId: () => "one" });
    model = await open();
    await model.attach({ incarnation: "one", position: 0 });
  });

  afterEach(async () => {
    await model.close();
    await log.close();
    rmSync(folder, { recursive: true });
  });

  async function rows(query: Query = {}, list = "books", user = anonymous): Promise<readonly Row[]> {
    const answer = await model.read({ list, query, user });
    if (answer.kind === "refused") throw new Error(answer.problem.detail);

    return JSON.parse(answer.rows);
  }

  const ids = async (query: Query, list?: string, user?: User) => (await rows(query, list, user)).map(({ id }) => id);

  test("a later event of a batch sees what earlier ones did", async () => {
    await model.apply([
      happened("library.book.added", "b1", { title: "Emma", pages: 100 }),
      happened("library.book.grew", "b1", { by: 5 }),
      happened("library.book.grew", "b1", { by: 2 }),
      happened("library.book.lent", "b1", {}),
      happened("library.book.lent", "nobody", {}),
    ]);

    expect(await rows()).toEqual([
      { id: "b1", title: "Emma", pages: 107, price: null, lent: true, added: "2026-01-01T00:00:01.000Z", tags: [], owner: null },
    ]);
  });

  test("the log is followed, so many events at once, until there are no more", async () => {
    const added = (id: string, title: string) =>
      append(id, 0, { context: "library", aggregate: "book", events: [event("added", { title })] });
    await log.append([added("b1", "Emma"), added("b2", "Ulysses"), added("b3", "Momo")]);

    expect(await model.follow(0, 2)).toMatchObject({ to: 2 });
    expect(await ids({})).toEqual(["b1", "b2"]);
    expect(await model.follow(2, 2)).toMatchObject({ to: 3 });
    expect(await model.follow(3, 2)).toMatchObject({ to: 0, live: [] });
    expect(await rows({ where: { id: "b3" } })).toMatchObject([{ title: "Momo", added: "2026-01-31T09:30:00.000Z" }]);
  });

  test("a row is added or updated by its key, and the same key has the same id", async () => {
    for (const shelf of ["A", "B", "A"]) await model.apply([happened("library.book.added", `on-${shelf}`, { shelf })]);
    const before = await rows({ orderBy: { shelf: "ascending" } }, "shelves", librarian);

    expect(before).toMatchObject([
      { shelf: "A", books: 2 },
      { shelf: "B", books: 1 },
    ]);
    beginAgain();
    await model.attach({ incarnation: "another", position: 0 });
    await model.apply([happened("library.book.added", "b", { shelf: "A" })]);
    expect(await rows({}, "shelves", librarian)).toEqual([{ ...before[0], books: 1 }]);
  });

  test("rows are removed by id and by condition", async () => {
    await model.apply([
      happened("library.book.added", "a", { tags: ["old", "red"] }),
      happened("library.book.added", "b", { tags: ["new"] }),
      happened("library.book.added", "c", { tags: ["older"] }),
      happened("library.book.removed", "b", {}),
      happened("library.book.cleared", "b", { tag: "old" }),
    ]);

    expect(await ids({})).toEqual(["c"]);
  });

  describe("that hold five books", () => {
    beforeEach(() =>
      model.apply([
        happened("library.book.added", "a", { title: "Emma", pages: 400, price: 9.5, tags: ["novel"] }),
        happened("library.book.added", "b", { title: "Ulysses", pages: 700, price: null, owner: "jane" }),
        happened("library.book.added", "c", { title: "100% sure", pages: 100, price: 1, lent: true, owner: "joe" }),
        happened("library.book.added", "d", { title: "émile", pages: 400, tags: ["novel", "French"], owner: "jane" }),
        happened("library.book.added", "e", { title: "it's", pages: 50, price: 2, lent: true, added: "2020-05-05T00:00:00.000Z" }),
      ]),
    );

    test("observing tells what leads from one answer to the next, and is computed once for equal questions", async () => {
      const query = { where: { pages: { atLeast: 100 } }, orderBy: { pages: "descending" as const }, take: 3 };
      const first = await model.observe({ list: "books", query, user: anonymous });
      const second = await model.observe({ list: "books", query, user: jane });
      const other = await model.observe({ list: "books", query: { ...query, take: 2 }, user: jane });
      if (first.kind === "refused" || second.kind === "refused" || other.kind === "refused") throw new Error("refused");
      expect(JSON.parse(rowsIn(first.news)).map(({ id }: Row) => id)).toEqual(["b", "a", "d"]);
      expect(second).toEqual(first);
      expect(other.live).not.toBe(first.live);

      const { live } = await model.apply([happened("library.book.grew", "c", { by: 500 }), happened("library.book.lent", "e", {})]);
      expect(live.map(({ changes, ...rest }) => ({ ...rest, changes: JSON.parse(changes) }))).toEqual([
        {
          live: first.live,
          to: 7,
          changes: { removed: ["d"], put: [{ index: 1, row: expect.objectContaining({ id: "c", pages: 600 }) }] },
        },
        { live: other.live, to: 7, changes: { removed: ["a"], put: [{ index: 1, row: expect.objectContaining({ id: "c" }) }] } },
      ]);

      await model.forget(first.live);
      expect((await model.apply([happened("library.book.grew", "b", { by: 1 })])).live).toHaveLength(2);
      await model.forget(second.live);
      await model.forget(other.live);
      expect((await model.apply([happened("library.book.grew", "b", { by: 1 })])).live).toEqual([]);
    });

    test("users who see different rows observe different answers", async () => {
      const [janes, joes] = await Promise.all(
        [jane, { id: "joe", roles: [] }].map((user) => model.observe({ list: "mine", query: {}, user })),
      );
      if (janes!.kind === "refused" || joes!.kind === "refused") throw new Error("refused");
      const { live } = await model.apply([happened("library.book.grew", "c", { by: 1 })]);

      expect(live.map(({ live: number }) => number)).toEqual([joes!.live]);
      expect(rowsIn((await model.current(joes!.live, 0)).news)).toContain('"pages":101');
    });

    test("what was applied is there after opening again, and is not applied twice", async () => {
      await model.close();
      model = await open();
      expect(await model.attach({ incarnation: "one", position: 5 })).toEqual(
        library.lists.map(({ name }) => ({ list: name, position: 5 })),
      );
      expect(await ids({})).toHaveLength(5);

      const again = {
        ...happened("library.book.grew", "a", { by: 1 }),
        metadata: { ...happened("library.book.lent", "a", {}).metadata, position: 5 },
      };
      await model.apply([again]);
      expect(await rows({ where: { id: "a" } })).toMatchObject([{ pages: 400 }]);
    });

    test.each([
      ["another log", { incarnation: "two", position: 5 }],
      ["a log that ends earlier", { incarnation: "one", position: 4 }],
    ])("lists of %s begin anew", async (_, log) => {
      expect((await model.attach(log)).map(({ position }) => position)).toEqual([0, 0, 0, 0]);
      expect(await model.read({ list: "books", query: {}, user: jane })).toMatchObject({ problem: { type: "unavailable" } });
      await model.buildOn(0, 100);
      expect(await ids({})).toEqual([]);
    });

    test("a projection that throws stops its own list only, after the last event it could take", async () => {
      const { statuses } = await model.apply([
        happened("library.book.grew", "a", { by: 1 }),
        happened("library.book.burnt", "a", {}),
        happened("library.book.added", "f", { shelf: "A" }),
      ]);

      const stopped = { event: "library.book.burnt", position: 7, reason: "Nobody burns books here." };
      expect(statuses).toMatchObject([{ list: "books", position: 6, stopped }, { list: "shelves", position: 8 }, { stopped }, { stopped }]);
      const detail = "The list books stopped at position 6, before library.book.burnt at 7: Nobody burns books here.";
      expect(await model.read({ list: "books", query: {}, user: jane })).toMatchObject({ problem: { type: "unavailable", detail } });
      expect(await rows({}, "shelves", librarian)).toHaveLength(2);
      expect((await model.apply([happened("library.book.added", "g", {})])).statuses).toMatchObject([
        { position: 6 },
        { position: 9 },
        {},
        {},
      ]);
      await model.attach({ incarnation: "one", position: 9 });
      expect(await rows({ where: { id: "a" } })).toMatchObject([{ pages: 401 }]);
    });
  });
});

test("lists that the other thread does not find stay in this one", async () => {
  model = await openReadModel({ file: ":memory:", lists, log: nothing, source: { ...source, log: "none.db", application: "other" } });

  expect(await model.attach({ incarnation: "one", position: 0 })).toHaveLength(4);
  await model.close();
});
