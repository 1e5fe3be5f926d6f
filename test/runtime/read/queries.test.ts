import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Query, Row } from "../../../runtime/protocol/query.ts";
import { anonymous, type User } from "../../../runtime/protocol/user.ts";
import type { ReadModel } from "../../../runtime/read/read-model.ts";
import type { AnyList } from "../../../runtime/read/table.ts";
import { beginAgain, happened, library } from "./library.ts";
import { listEngines } from "./list-engines.ts";

const jane: User = { id: "jane", roles: [] };
const librarian: User = { id: "lib", roles: ["librarian"] };

describe.each(Object.entries(listEngines))("lists in %s", (_engine, begin) => {
  let folder: string;
  let model: ReadModel;

  beforeAll(async () => {
    beginAgain();
    folder = mkdtempSync(join(tmpdir(), "wkgen-queries-"));
    model = await (await begin(folder))(library.lists as unknown as readonly AnyList[]);
    await model.attach({ incarnation: "one", position: 0 });
    await model.apply([
      happened("library.book.added", "a", { title: "Emma", pages: 400, price: 9.5, tags: ["novel"] }),
      happened("library.book.added", "b", { title: "Ulysses", pages: 700, price: null, owner: "jane" }),
      happened("library.book.added", "c", { title: "100% sure", pages: 100, price: 1, lent: true, owner: "joe" }),
      happened("library.book.added", "d", { title: "émile", pages: 400, tags: ["novel", "French"], owner: "jane" }),
      happened("library.book.added", "e", { title: "it's", pages: 50, price: 2, lent: true, added: "2020-05-05T00:00:00.000Z" }),
    ]);
  });

  afterAll(async () => {
    await model.close();
    rmSync(folder, { recursive: true });
  });

  async function ids(query: Query, list = "books", user = anonymous): Promise<readonly string[]> {
    const answer = await model.read({ list, query, user });
    if (answer.kind === "refused") throw new Error(answer.problem.detail);

    return JSON.parse(answer.rows).map(({ id }: Row) => id);
  }

  test.each<[Query["where"], string]>([
    [{}, "abcde"],
    [{ id: "a" }, "a"],
    [{ title: "it's" }, "e"],
    [{ pages: 400, title: "Emma" }, "a"],
    [{ pages: { atLeast: 400 } }, "abd"],
    [{ pages: { moreThan: 400 } }, "b"],
    [{ pages: { atLeast: 100, lessThan: 700 } }, "acd"],
    [{ pages: { atMost: 100 } }, "ce"],
    [{ pages: { in: [50, 700] } }, "be"],
    [{ pages: { in: [] } }, ""],
    [{ price: null }, "bd"],
    [{ price: { isNot: null } }, "ace"],
    [{ price: { isNot: 1 } }, "abde"],
    [{ price: { in: [null, 1] } }, "bcd"],
    [{ not: { price: { lessThan: 5 } } }, "abd"],
    [{ lent: true }, "ce"],
    [{ lent: { isNot: true } }, "abd"],
    [{ title: { contains: "%" } }, "c"],
    [{ title: { contains: "s" } }, "bce"],
    [{ title: { startsWith: "É" } }, ""],
    [{ title: { startsWith: "é" } }, "d"],
    [{ tags: { contains: "novel" } }, "ad"],
    [{ added: { lessThan: "2026-01-01T00:59:59+01:00" } }, "e"],
    [{ added: "2026-01-01T01:00:01+01:00" }, "a"],
    [{ or: [{ pages: 50 }, { and: [{ pages: 400 }, { not: { title: "Emma" } }] }] }, "de"],
    [{ title: "'; DROP TABLE list_books; --" }, ""],
  ])("%j finds %s", async (where, expected) => {
    expect((await ids({ where: where! })).join("")).toBe(expected);
  });

  test("the order is total: what is equal is ordered by id", async () => {
    expect(await ids({ orderBy: { pages: "descending" } })).toEqual(["b", "a", "d", "c", "e"]);
    expect(await ids({ orderBy: { lent: "ascending", pages: "ascending" } })).toEqual(["a", "d", "b", "e", "c"]);
    expect(await ids({ orderBy: { id: "descending" }, take: 2, skip: 1 })).toEqual(["d", "c"]);
    expect(await ids({ orderBy: { added: "ascending" }, take: 1 })).toEqual(["e"]);
  });

  test("who may see only some rows gets pages of those", async () => {
    expect(await ids({}, "mine", jane)).toEqual(["b", "d"]);
    expect(await ids({ take: 1, skip: 1 }, "mine", jane)).toEqual(["d"]);
    expect(await ids({ where: { owner: "joe" } }, "mine", jane)).toEqual([]);
    expect(await ids({}, "mine", { id: "joe", roles: ["librarian"] })).toHaveLength(5);
  });

  test.each([
    ["shelves", anonymous],
    ["mine", anonymous],
    ["secrets", librarian],
  ])("what is not allowed is refused: %s", async (list, user) => {
    const refusal = { kind: "refused", problem: { type: "not-allowed", status: 403 } };

    expect(await model.read({ list, query: {}, user })).toMatchObject(refusal);
    expect(await model.observe({ list, query: {}, user })).toMatchObject(refusal);
  });

  test.each<[string, unknown, string, string]>([
    ["an unknown list", {}, "unknown-list", 'There is no list "bokks". Did you mean "books"?'],
    ["an unknown field", { where: { titel: "x" } }, "where.titel", 'is not a field of the list. Did you mean "title"?'],
    ["a field of nobody", { where: { xyzzyx: "x" } }, "where.xyzzyx", "There are: id, title, pages, price, lent, added, tags, owner."],
    ["a field under its former name", { where: { cost: 1 } }, "where.cost", 'is called "price" now'],
    ["an order by a former name", { orderBy: { cost: "ascending" } }, "orderBy.cost", 'is called "price" now'],
    ["a wrong type", { where: { pages: "many" } }, "where.pages", "must be an integer"],
    ["a fraction", { where: { pages: { lessThan: 1.5 } } }, "where.pages.lessThan", "must be an integer"],
    ["text for a number", { where: { price: { in: [1, "2"] } } }, "where.price.in", "must be a number"],
    ["text for a boolean", { where: { lent: "yes" } }, "where.lent", "must be true or false"],
    ["no time", { where: { added: { moreThan: "soon" } } }, "where.added.moreThan", "must be a moment with its offset"],
    ["more than nothing", { where: { pages: { moreThan: null } } }, "where.pages.moreThan", "must not be null"],
    ["an unknown comparison", { where: { pages: { atleast: 1 } } }, "where.pages.atleast", 'Did you mean "atLeast"?'],
    ["text in a number", { where: { pages: { contains: "1" } } }, "where.pages.contains", "is not text"],
    ["a condition that is a list", { where: [] }, "where", "must be an object"],
    ["or without a list", { where: { or: { pages: 1 } } }, "where.or", "must be a list of conditions"],
    ["a prototype", { where: JSON.parse('{"__proto__":{"pages":1}}') }, "where.__proto__", "is not a field"],
    ["a constructor", { where: { constructor: 1 } }, "where.constructor", "is not a field"],
    ["a direction", { orderBy: { pages: "up" } }, "orderBy.pages", 'must be "ascending" or "descending"'],
    ["an order by parts", { orderBy: { tags: "ascending" } }, "orderBy.tags", "nothing can be sorted by it"],
    ["an order by nothing", { orderBy: { page: "ascending" } }, "orderBy.page", 'Did you mean "pages"?'],
    ["too many rows", { take: 1001 }, "take", "must be an integer from 1 to 1000"],
    ["no rows", { take: 0 }, "take", "must be an integer from 1 to 1000"],
    ["a negative skip", { skip: -1 }, "skip", "must be an integer from 0"],
    ["an unknown member", { were: {} }, "were", 'Did you mean "where"?'],
    ["text", "everything", "query", "must be an object"],
  ])("%s is refused", async (what, query, field, rule) => {
    const list = what === "an unknown list" ? "bokks" : "books";
    const answer = await model.read({ list, query, user: anonymous });

    if (list === "bokks") expect(answer).toMatchObject({ kind: "refused", problem: { type: field, detail: rule } });
    else
      expect(answer).toMatchObject({
        problem: { type: "not-valid", status: 400, fields: [{ field, rule: expect.stringContaining(rule) }] },
      });
  });

  test.each([
    ["NUL", { where: { title: "a\0b" } }],
    ["NUL at the beginning", { where: { title: { startsWith: "\0" } } }],
    ["half a character", { where: { title: { contains: "\ud83d" } } }],
  ])("a text that no row has is not found, and does no harm: %s", async (_, query) => {
    const answer = await model.read({ list: "books", query, user: anonymous });

    expect(answer.kind === "refused" ? answer.problem.type : answer.rows).toBeOneOf(["[]", "not-valid"]);
  });

  test("conditions that are too deep or too many are refused, not answered", async () => {
    let deep: object = { pages: 1 };
    for (let depth = 0; depth < 1000; depth++) deep = { not: deep };
    const many = { or: Array.from({ length: 100_000 }, () => ({ pages: 1 })) };

    for (const where of [deep, many])
      expect(await model.read({ list: "books", query: { where }, user: anonymous })).toMatchObject({ kind: "refused" });
  });
});
