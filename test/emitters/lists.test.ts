import { beforeEach, expect, test } from "vitest";
import { anonymous, type User } from "../../runtime/protocol/user.ts";
import { LocalReadModel } from "../../runtime/read/local-read-model.ts";
import type { AnyList } from "../../runtime/read/table.ts";
import { boards } from "./golden/club/server/readModel/lists/boards.ts";
import { memberships } from "./golden/club/server/readModel/lists/memberships.ts";

/** The generated lists of the golden club at work. */
let model: LocalReadModel;
let position = 0;

beforeEach(() => {
  position = 0;
  model = new LocalReadModel(":memory:", [boards, memberships] as unknown as readonly AnyList[]);
  model.attach({ incarnation: "one", position: 0 });
});

function happens(name: string, id: string, data: object = {}): void {
  position += 1;
  const metadata = { timestamp: "2026-01-31T09:30:00.000Z", position, revision: 1, version: 1 };
  const ids = { commandId: `c${position}`, correlationId: `c${position}`, causationId: `c${position}` };
  const aggregate = { name: "board", id };
  model.apply([
    { id: `e${position}`, context: { name: "club" }, aggregate, name, data, user: { id: null }, metadata: { ...metadata, ...ids } },
  ]);
}

const keeper: User = { ...anonymous, id: "kay", roles: ["keeper"] };

function rows(list: string, user: User, question: { readonly named?: string; readonly query?: unknown } = {}): unknown {
  const answer = model.read({ list, user, query: {}, ...question });

  return answer.kind === "refused" ? answer.problem : JSON.parse(answer.rows);
}

test("rows are added and changed, in branches, and collections in them", () => {
  happens("opened", "b1", { name: "Chess", tags: ["old"] });
  happens("tagged", "b1", { tag: "games" });
  happens("tagged", "b1", { tag: "old" });
  happens("renamed", "b1", { name: "Boards" });
  expect(rows("boards", keeper)).toMatchObject([{ id: "b1", name: "Boards", tags: ["games"], points: 2, note: "boards", open: true }]);
  happens("renamed", "b1", { name: "" });
  happens("closed", "b1");
  expect(rows("boards", keeper)).toMatchObject([{ name: "Boards", note: "no name" }]);
});

test("rows are found by what the database decides, and by what only a function can say", () => {
  for (const [id, name] of [
    ["b1", "Boards"],
    ["b2", "Board"],
    ["b3", "Cards"],
  ] as const)
    happens("opened", id, { name, tags: ["games", "gone"] });
  happens("untagged", "b1", { tag: "games" });
  expect(rows("boards", keeper)).toMatchObject([{ tags: ["gone"] }, { tags: ["games", "gone"] }, { tags: ["gone"] }]);
  for (const tag of ["gone", "gone"]) happens("tagged", "b2", { tag });
  happens("scored", "b1", { points: 3 });
  expect(rows("boards", keeper)).toMatchObject([
    { id: "b1", points: 3 },
    { id: "b3", points: 3 },
  ]);
});

test("a loop makes a row for each key, once, and who may see it sees it", () => {
  happens("invited", "b1", { people: ["jane", "joe", "jane"] });
  happens("invited", "b2", { people: ["jane"] });
  const jane = { ...anonymous, id: "jane" };
  expect(rows("memberships", jane, { query: { orderBy: { board: "ascending" } } })).toMatchObject([
    { person: "jane", board: "b1", visits: 2 },
    { person: "jane", board: "b2", visits: 1 },
  ]);
  happens("closed", "b1");
  expect(rows("memberships", jane)).toMatchObject([{ board: "b2" }]);
  expect(rows("memberships", anonymous)).toMatchObject({ type: "not-allowed" });
});

test("who observes is told of a row that comes into sight, and of one that goes out of it", () => {
  const joe = model.observe({ list: "memberships", query: {}, user: { ...anonymous, id: "joe" } });
  if (joe.kind === "refused") throw new Error(joe.problem.detail);
  const told = () => model.current(joe.live, position - 1).news;
  happens("invited", "b1", { people: ["jane"] });
  expect(told()).toMatchObject({ changes: '{"removed":[],"put":[]}' });
  happens("invited", "b1", { people: ["joe"] });
  expect(told()).toMatchObject({ changes: expect.stringContaining('"person":"joe"') });
  happens("closed", "b1");
  expect(told()).toMatchObject({ changes: expect.stringMatching(/^\{"removed":\["[0-9a-f-]+"\],"put":\[\]\}$/) });
});

test("questions that have a name are asked with parameters, which are checked", () => {
  for (const [id, name, points] of [
    ["b1", "Boards", 5],
    ["b2", "Cards", 7],
    ["b3", "Dice", 9],
  ] as const) {
    happens("opened", id, { name, tags: ["games"] });
    for (let point = 0; point < points; point++) happens("tagged", id, { tag: `t${point}` });
  }
  const ask = (named: string, parameters: unknown) => rows("boards", keeper, { named, query: { parameters } });
  expect(ask("popular", { atLeast: 6 })).toMatchObject([{ id: "b3" }, { id: "b2" }]);
  expect(ask("tagged", { tag: "games", most: 1 })).toMatchObject([{ id: "b1" }]);
  expect(ask("all", {})).toHaveLength(3);
  expect(ask("popular", { atLeast: "many" })).toMatchObject({ type: "not-valid", fields: [{ field: "atLeast" }] });
  expect(ask("popular", {})).toMatchObject({ type: "not-valid", fields: [{ field: "atLeast", rule: "is missing" }] });
  expect(ask("tagged", { tag: "games", most: 0 })).toMatchObject({ type: "not-valid", fields: [{ field: "take" }] });
  expect(ask("populer", {})).toMatchObject({
    type: "not-found",
    detail: 'The list boards has no query "populer". Did you mean "popular"?',
  });
});
